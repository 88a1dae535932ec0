import { describe, it } from 'mocha';
import { amendClaim, claimActivity } from '../../src/commands/claim.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { CLAIM, claimed, line, society } from '../support/past.ts';
import { COMMAND, FRESH, fact, given, kidOf, type Told } from '../support/specification.ts';

const hour = { kind: 'course', quantity: { amount: 60, unit: 'minute' }, from: '2026-02-02' };
const course = { ...hour, title: 'Data ethics' };
const claimId = newIdOf(COMMAND, 'claim');
const first = newIdOf(COMMAND, 'line/0');
const done = {
  quantity: { amount: 60, unit: 'minute' as const },
  from: '2026-02-02',
  until: '2026-02-03',
};

describe('a claim after a membership', () => {
  it('may be made of what was done while it ran, but not after a death', async () => {
    const claiming = (how: 'Resigned' | 'Died', effectiveOn: string, ...more: Told[]) =>
      given(...society, fact(how, { effectiveOn }), ...more).when(claimActivity, {
        lines: [course],
      });
    const made = {
      type: 'Claimed' as const,
      data: { claimId, kid: FRESH, lines: [line(first, done)] },
      texts: [{ kid: FRESH, fields: { 'lines/0/title': 'Data ethics' } }],
    };
    await claiming('Resigned', '2026-04-01').then(made);
    await claiming('Resigned', '2026-02-03').then(made);
    await claiming('Resigned', '2026-02-02').thenRefused('membership-ended');
    await claiming('Died', '2026-02-03').thenRefused('membership-ended');
    const back = fact('Reinstated', { effectiveOn: '2026-03-11' });
    await claiming('Resigned', '2026-02-02', back).thenRefused('membership-ended');
  });

  it('may be amended to what was done while it ran', async () => {
    const amending = (effectiveOn: string) =>
      given(...society, claimed(), fact('Resigned', { effectiveOn })).when(
        amendClaim,
        { lines: [course] },
        { path: { claim: CLAIM } },
      );
    await amending('2026-02-03').then({
      type: 'ClaimAmended',
      data: { claimId: CLAIM, lines: [line(first, done)] },
      texts: [{ kid: kidOf('claim'), fields: { 'lines/0/title': 'Data ethics' } }],
    });
    await amending('2026-02-02').thenRefused('membership-ended');
  });
});
