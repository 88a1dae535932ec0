import { describe, it } from 'mocha';
import {
  amendClaim,
  assignClaim,
  attachEvidence,
  claimActivity,
  withdrawClaim,
} from '../../src/commands/claim.ts';
import type { ClaimCommand, ClaimState } from '../../src/commands/claim-table.ts';
import { returnClaim } from '../../src/commands/decide-claim.ts';
import { newIdOf } from '../../src/events/ids.ts';
import type { AnyNewFact } from '../../src/events/registry.ts';
import { type Comes, check, entries } from '../support/pairs.ts';
import {
  ASSESSOR,
  approved,
  CLAIM,
  claimed,
  decision,
  line,
  ONE,
  rejected,
  returned,
  saying,
  society,
  TWO,
  withdrawn,
} from '../support/past.ts';
import { COMMAND, FRESH, given, kidOf, type Outcome, type Told } from '../support/specification.ts';

const EVIDENCE = newIdOf(COMMAND, 'evidence');
const path = { claim: CLAIM };

/** What brings a claim of two lines into each of its states. */
const claims: Record<ClaimState, readonly Told[]> = {
  none: [],
  submitted: [claimed()],
  returned: [claimed(), returned()],
  'partly-decided': [claimed(), approved([ONE])],
  decided: [claimed(), approved([ONE]), rejected([TWO])],
  withdrawn: [claimed(), withdrawn()],
};

/** What becomes of a claim in a state, by command: a missing pair does not compile. */
const lifeOfClaim: Record<ClaimState, Record<Exclude<ClaimCommand, 'claim'>, Comes>> = {
  none: {
    amend: 'claim-unknown',
    attach: 'claim-unknown',
    withdraw: 'claim-unknown',
    assign: 'claim-unknown',
    return: 'claim-unknown',
  },
  submitted: {
    amend: 'facts',
    attach: 'facts',
    withdraw: 'facts',
    assign: 'facts',
    return: 'facts',
  },
  returned: {
    amend: 'facts',
    attach: 'facts',
    withdraw: 'facts',
    assign: 'facts',
    return: 'claim-returned',
  },
  'partly-decided': {
    amend: 'claim-decided',
    attach: 'facts',
    withdraw: 'claim-decided',
    assign: 'facts',
    return: 'claim-decided',
  },
  decided: {
    amend: 'claim-decided',
    attach: 'facts',
    withdraw: 'claim-decided',
    assign: 'claim-decided',
    return: 'claim-decided',
  },
  withdrawn: {
    amend: 'claim-withdrawn',
    attach: 'claim-withdrawn',
    withdraw: 'claim-withdrawn',
    assign: 'claim-withdrawn',
    return: 'claim-withdrawn',
  },
};

const anew = newIdOf(COMMAND, 'line/0');
const typed = { kind: 'course', quantity: { amount: 60, unit: 'minute' }, from: '2026-02-02' };
const asked = { lines: [{ ...typed, title: 'Data ethics' }] };

/** Each command on a claim, as it is asked, and the facts that follow where it is allowed. */
const onClaim: Record<
  Exclude<ClaimCommand, 'claim'>,
  { ask: (past: readonly Told[]) => Outcome; facts: AnyNewFact[] }
> = {
  amend: {
    ask: (past) => given(...past).when(amendClaim, asked, { path }),
    facts: [
      {
        type: 'ClaimAmended',
        data: {
          claimId: CLAIM,
          lines: [
            line(anew, {
              quantity: { amount: 60, unit: 'minute' },
              from: '2026-02-02',
              until: '2026-02-03',
            }),
          ],
        },
        texts: [{ kid: kidOf('claim'), fields: { 'lines/0/title': 'Data ethics' } }],
      },
    ],
  },
  attach: {
    ask: (past) => given(...past).when(attachEvidence, { link: 'https://example.org/a' }, { path }),
    facts: [
      {
        type: 'EvidenceAttached',
        data: { claimId: CLAIM, evidenceId: EVIDENCE, kid: FRESH },
        texts: [{ kid: FRESH, fields: { link: 'https://example.org/a' } }],
      },
    ],
  },
  withdraw: {
    ask: (past) => given(...past).when(withdrawClaim, {}, { path }),
    facts: [{ type: 'ClaimWithdrawn', data: { claimId: CLAIM } }],
  },
  assign: {
    ask: (past) => given(...past).when(assignClaim, { assessor: ASSESSOR }, { path }),
    facts: [{ type: 'ClaimAssigned', data: { claimId: CLAIM, assessor: ASSESSOR } }],
  },
  return: {
    ask: (past) =>
      given(...past).when(returnClaim, { reason: 'Which day?' }, { path, by: ASSESSOR }),
    facts: [
      {
        type: 'ClaimReturned',
        data: { claimId: CLAIM, decision: decision(ASSESSOR) },
        texts: saying('Which day?'),
      },
    ],
  },
};

describe('the life of a claim', () => {
  for (const [state, comes] of entries(lifeOfClaim)) {
    for (const [command, verdict] of entries(comes)) {
      it(`${state}: to ${command} is ${verdict}`, () =>
        check(
          verdict,
          onClaim[command].ask([...society, ...claims[state]]),
          onClaim[command].facts,
        ));
    }
  }

  it('begins with a claim, whose id comes of its command: it cannot begin twice', async () => {
    const claimId = newIdOf(COMMAND, 'claim');
    const [told] = [claimed()];
    const same = {
      ...told,
      fact: { ...told?.fact, data: { ...told?.fact.data, claimId } },
    } as Told;
    await given(...society, same)
      .when(claimActivity, asked)
      .thenRefused('claim-exists');
  });
});
