import { describe, it } from 'mocha';
import { approveClaim, revokeApproval } from '../../src/commands/decide-claim.ts';
import {
  APPROVAL,
  ASSESSOR,
  approved,
  approvedLine,
  award,
  CLAIM,
  claimed,
  decision,
  ONE,
  revoked,
  SECOND,
  saying,
  society,
  TWO,
} from '../support/past.ts';
import { given, idOf, kidOf } from '../support/specification.ts';

const path = { claim: CLAIM };
const past = [...society, claimed()];

describe('what is accepted', () => {
  it('may be less than was claimed, with a reason, and awards accordingly', () =>
    given(...past)
      .when(
        approveClaim,
        {
          lines: [
            { lineId: ONE, accepted: { amount: 50, unit: 'minute' }, reason: 'The break.' },
            { lineId: TWO },
          ],
        },
        { path, by: ASSESSOR },
      )
      .then({
        type: 'ClaimApproved',
        data: {
          claimId: CLAIM,
          decision: decision(ASSESSOR),
          // 50 minutes at a point an hour: 83.33 hundredths.
          lines: [{ ...approvedLine(ONE, 50), awards: [award(83)] }, approvedLine(TWO)],
        },
        texts: [{ kid: kidOf('claim'), fields: { 'lines/0/reason': 'The break.' } }],
      }));

  it('may not differ without a reason', () =>
    given(...past)
      .when(
        approveClaim,
        { lines: [{ lineId: ONE, accepted: { amount: 50, unit: 'minute' } }] },
        { path, by: ASSESSOR },
      )
      .thenRefused('reason-missing'));
});

describe('revoking an approval', () => {
  const ended = { kind: 'ended' as const, from: '2026-03-01' };
  const by = { path, by: SECOND };
  it('takes every line that stands under it, or those that are named', () =>
    given(...past, approved([ONE, TWO]))
      .when(revokeApproval, { approval: APPROVAL, effect: ended, reason: 'Struck off.' }, by)
      .then({
        type: 'ApprovalRevoked',
        data: {
          claimId: CLAIM,
          approval: APPROVAL,
          lines: [ONE, TWO],
          effect: ended,
          decision: decision(SECOND),
        },
        texts: saying('Struck off.'),
      }));

  it('ends a line once: ended already it may only be found void', () =>
    given(...past, approved([ONE]), revoked([ONE], ended))
      .when(revokeApproval, { approval: APPROVAL, effect: ended, reason: 'Again.' }, by)
      .thenRefused('line-ended'));

  it('does not take a line of another approval', () =>
    given(...past, approved([ONE]), approved([TWO], idOf('another approval')))
      .when(
        revokeApproval,
        { approval: APPROVAL, lines: [TWO], effect: ended, reason: 'Wrong one.' },
        by,
      )
      .thenRefused('line-not-approved'));

  it('does not name a line twice', () =>
    given(...past, approved([ONE]))
      .when(
        revokeApproval,
        { approval: APPROVAL, lines: [ONE, ONE], effect: ended, reason: 'Twice.' },
        by,
      )
      .thenRefused('line-unknown'));
});
