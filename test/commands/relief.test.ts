import { describe, it } from 'mocha';
import { changeRelief, endRelief, extendDeadline, grantRelief } from '../../src/commands/relief.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { registered, SCHEME, society } from '../support/past.ts';
import { COMMAND, FRESH, fact, given, idOf, kidOf, MEMBER } from '../support/specification.ts';

const identity = kidOf(`identity of ${MEMBER}`);

describe('a relief', () => {
  const RELIEF = idOf('relief');
  const granted = (until?: string) =>
    fact('ReliefGranted', {
      reliefId: RELIEF,
      kid: kidOf('relief'),
      class: 'class-a',
      from: '2026-01-01',
      ...(until === undefined ? {} : { until }),
    });
  const relief = { class: 'class-b' as const, from: '2026-01-01' };
  const of = { path: { relief: RELIEF } };

  it('is granted with its reason under a key of its own', () =>
    given(registered())
      .when(grantRelief, { ...relief, minutesPerWeek: 600, reason: 'Said in confidence.' })
      .then({
        type: 'ReliefGranted',
        data: { reliefId: newIdOf(COMMAND, 'relief'), kid: FRESH, minutesPerWeek: 600, ...relief },
        texts: [{ kid: FRESH, fields: { reason: 'Said in confidence.' } }],
      }));

  it('is stated anew as a whole, under the same key', () =>
    given(registered(), granted())
      .when(changeRelief, { ...relief, reason: 'More.' }, of)
      .then({
        type: 'ReliefChanged',
        data: { reliefId: RELIEF, ...relief },
        texts: [{ kid: kidOf('relief'), fields: { reason: 'More.' } }],
      }));

  it('ends after it began, and never later than it had ended', async () => {
    const end = (until: string, ends?: string) =>
      given(registered(), granted(ends)).when(endRelief, { until }, of);
    const data = { reliefId: RELIEF, until: '2026-02-01' };
    await end('2026-02-01').then({ type: 'ReliefEnded', data });
    await end('2026-01-01').thenRefused('date-wrong');
    await end('2026-02-01', '2026-02-01').thenRefused('relief-over');
  });

  it('is of members, in order, and there before it is changed or ended', async () => {
    await given().when(grantRelief, relief).thenRefused('member-unknown');
    await given(registered())
      .when(grantRelief, { ...relief, until: '2026-01-01' })
      .thenRefused('date-wrong');
    await given(registered()).when(changeRelief, relief, of).thenRefused('relief-unknown');
    await given(registered())
      .when(endRelief, { until: '2026-02-01' }, of)
      .thenRefused('relief-unknown');
  });

  it('may be a later deadline, which only moves on, in a scheme of the member’s', async () => {
    const extended = { scheme: SCHEME, cycle: '2025', until: '2026-03-31' };
    const before = fact('DeadlineExtended', extended);
    await given(...society)
      .when(extendDeadline, { ...extended, reason: 'Asked for.' })
      .then({
        type: 'DeadlineExtended',
        data: extended,
        texts: [{ kid: identity, fields: { reason: 'Asked for.' } }],
      });
    await given(...society, before)
      .when(extendDeadline, extended)
      .thenRefused('deadline-earlier');
    await given(...society, before)
      .when(extendDeadline, { ...extended, cycle: '2026' })
      .then({ type: 'DeadlineExtended', data: { ...extended, cycle: '2026' } });
    await given(registered()).when(extendDeadline, extended).thenRefused('scheme-not-joined');
    // A calendar year may be named by its first day: in the ledger it has one name.
    await given(...society)
      .when(extendDeadline, { ...extended, cycle: '2025-01-01' })
      .then({ type: 'DeadlineExtended', data: extended });
    for (const cycle of ['2025-26', 'spring', '2025-02-01', '20255']) {
      await given(...society)
        .when(extendDeadline, { ...extended, cycle })
        .thenRefused('cycle-wrong');
    }
  });
});
