import { describe, it } from 'mocha';
import type { LineCommand, LineState } from '../../src/commands/claim-table.ts';
import { approveClaim, rejectClaim, revokeApproval } from '../../src/commands/decide-claim.ts';
import { lodgeAppeal, openReview } from '../../src/commands/review.ts';
import type { AnyNewFact } from '../../src/events/registry.ts';
import { type Comes, check, entries } from '../support/pairs.ts';
import {
  APPROVAL,
  approved,
  approvedLine,
  CLAIM,
  claimed,
  decision,
  line,
  ONE,
  REJECTION,
  rejected,
  returned,
  revoked,
  SECOND,
  saying,
  society,
  TWO,
  withdrawn,
} from '../support/past.ts';
import { given, type Outcome, type Told } from '../support/specification.ts';

const path = { claim: CLAIM };

/** What brings line one into each of its states. */
const lines: Record<LineState, readonly Told[]> = {
  none: [claimed([line(TWO)])],
  submitted: [claimed()],
  returned: [claimed(), returned()],
  withdrawn: [claimed(), withdrawn()],
  approved: [claimed(), approved([ONE])],
  rejected: [claimed(), rejected([ONE])],
  revoked: [claimed(), approved([ONE]), revoked([ONE])],
  ended: [claimed(), approved([ONE]), revoked([ONE], { kind: 'ended', from: '2026-03-01' })],
};

/** What becomes of a line in a state, by command. What names a decision is refused before where none stands. */
const lifeOfLine: Record<LineState, Record<LineCommand, Comes>> = {
  none: {
    approve: 'line-unknown',
    reject: 'line-unknown',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'line-not-rejected',
  },
  submitted: {
    approve: 'facts',
    reject: 'facts',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'line-not-rejected',
  },
  returned: {
    approve: 'claim-returned',
    reject: 'claim-returned',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'line-not-rejected',
  },
  withdrawn: {
    approve: 'claim-withdrawn',
    reject: 'claim-withdrawn',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'line-not-rejected',
  },
  approved: {
    approve: 'line-approved',
    reject: 'line-approved',
    revoke: 'facts',
    review: 'facts',
    appeal: 'line-not-rejected',
  },
  rejected: {
    approve: 'line-rejected',
    reject: 'line-rejected',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'facts',
  },
  revoked: {
    approve: 'facts',
    reject: 'facts',
    revoke: 'line-revoked',
    review: 'line-revoked',
    appeal: 'line-not-rejected',
  },
  ended: {
    approve: 'line-ended',
    reject: 'line-ended',
    revoke: 'facts',
    review: 'line-ended',
    appeal: 'line-not-rejected',
  },
};

const by = { path, by: SECOND };
const void_ = { approval: APPROVAL, effect: { kind: 'void' as const }, reason: 'Not theirs.' };

const onLine: Record<
  LineCommand,
  { ask: (past: readonly Told[]) => Outcome; facts: AnyNewFact[] }
> = {
  approve: {
    ask: (past) => given(...past).when(approveClaim, { lines: [{ lineId: ONE }] }, by),
    facts: [
      {
        type: 'ClaimApproved',
        data: { claimId: CLAIM, decision: decision(SECOND), lines: [approvedLine(ONE)] },
      },
    ],
  },
  reject: {
    ask: (past) => given(...past).when(rejectClaim, { lines: [ONE], reason: 'Too old.' }, by),
    facts: [
      {
        type: 'ClaimRejected',
        data: { claimId: CLAIM, lines: [ONE], decision: decision(SECOND) },
        texts: saying('Too old.'),
      },
    ],
  },
  revoke: {
    ask: (past) => given(...past).when(revokeApproval, void_, by),
    facts: [
      {
        type: 'ApprovalRevoked',
        data: {
          claimId: CLAIM,
          approval: APPROVAL,
          lines: [ONE],
          effect: { kind: 'void' },
          decision: decision(SECOND),
        },
        texts: saying('Not theirs.'),
      },
    ],
  },
  review: {
    ask: (past) => given(...past).when(openReview, { approval: APPROVAL, reason: 'Sample.' }, by),
    facts: [
      {
        type: 'ReviewOpened',
        data: { claimId: CLAIM, approval: APPROVAL, decision: decision(SECOND) },
        texts: saying('Sample.'),
      },
    ],
  },
  appeal: {
    ask: (past) =>
      given(...past).when(lodgeAppeal, { rejection: REJECTION, reason: 'It was.' }, { path }),
    facts: [
      {
        type: 'AppealLodged',
        data: { claimId: CLAIM, decision: REJECTION },
        texts: saying('It was.'),
      },
    ],
  },
};

describe('the life of a line', () => {
  for (const [state, comes] of entries(lifeOfLine)) {
    for (const [command, verdict] of entries(comes)) {
      it(`${state}: to ${command} is ${verdict}`, () =>
        check(verdict, onLine[command].ask([...society, ...lines[state]]), onLine[command].facts));
    }
  }

  it('is of a claim: where nobody made one, nothing is decided', async () => {
    for (const { ask } of Object.values(onLine)) await ask(society).thenRefused('claim-unknown');
  });
});
