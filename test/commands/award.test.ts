import { describe, it } from 'mocha';
import { claimActivity } from '../../src/commands/claim.ts';
import { approveClaim } from '../../src/commands/decide-claim.ts';
import {
  ASSESSOR,
  approvedLine,
  award,
  CLAIM,
  claimed,
  decision,
  line,
  ONE,
  RULES,
  rulebook,
  SCHEME,
  society,
} from '../support/past.ts';
import { plainKind } from '../support/plain-rulebook.ts';
import { fact, given } from '../support/specification.ts';

/** An hour earns 60 points, so that a minute earns one. */
const dear = (accept: 'approval' | 'recording') => {
  const kinds = [plainKind('course', { category: 'training', points: 6_000, accept })];
  const data = { version: 2, effectiveFrom: '2026-01-01', rulebook: { ...rulebook, kinds } };
  return fact('RulebookPublished', data, { of: SCHEME, id: RULES });
};
const minutes = (amount: number) => ({ amount, unit: 'minute' as const });

describe('one award is of a million points at most', () => {
  it('where the rule would approve more: the claim is refused', () => {
    const one = { kind: 'course', from: '2026-02-02', title: 'A slip' };
    return given(...society, dear('recording'))
      .when(claimActivity, { lines: [{ ...one, quantity: minutes(1_000_001) }] })
      .thenRefused('points-beyond');
  });

  it('where an assessor would approve more: the approval is refused, and one of less is not', async () => {
    const approving = (amount: number) => {
      const lines = [line(ONE, { quantity: minutes(amount) })];
      return given(...society, dear('approval'), claimed(lines)).when(
        approveClaim,
        { lines: [{ lineId: ONE }] },
        { path: { claim: CLAIM }, by: ASSESSOR },
      );
    };
    await approving(1_000_001).thenRefused('points-beyond');
    const most = { ...award(100_000_000), rulebook: { version: 2, eventId: RULES } };
    const approved = { ...approvedLine(ONE), accepted: minutes(1_000_000), awards: [most] };
    await approving(1_000_000).then({
      type: 'ClaimApproved',
      data: { claimId: CLAIM, decision: decision(ASSESSOR), lines: [approved] },
    });
  });
});
