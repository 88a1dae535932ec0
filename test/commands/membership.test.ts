import { describe, it } from 'mocha';
import { correctNumber } from '../../src/commands/correct-number.ts';
import {
  changeDetails,
  changeGrade,
  endMembership,
  joinScheme,
  leaveScheme,
  registerMember,
  resumeMembership,
} from '../../src/commands/membership.ts';
import { bringInPoints } from '../../src/commands/points.ts';
import { abandonRegistration } from '../../src/commands/register.ts';
import { joined, published, registered, SCHEME, society } from '../support/past.ts';
import { FRESH, fact, given, idOf, kidOf, MEMBER, type Told } from '../support/specification.ts';

const details = { name: 'Ada Marsh', email: 'ada@example.org', number: 'A-1', grade: 'full' };
const identity = kidOf(`identity of ${MEMBER}`);
const lapsed = fact('Lapsed', { effectiveOn: '2026-01-01' });

describe('registering a member', () => {
  it('seals what names them under a key of their own', () =>
    given()
      .when(registerMember, { ...details, on: '2026-01-01' })
      .then({
        type: 'Registered',
        data: { person: MEMBER, kid: FRESH, grade: 'full', on: '2026-01-01' },
        texts: [
          { kid: FRESH, fields: { name: 'Ada Marsh', email: 'ada@example.org', number: 'A-1' } },
        ],
      }));

  it('is refused twice, ahead of its day, and after it was abandoned', async () => {
    await given(registered()).when(registerMember, details).thenRefused('member-exists');
    await given()
      .when(registerMember, { ...details, on: '2026-03-11' })
      .thenRefused('date-wrong');
    const abandoned = fact('RegistrationAbandoned', { person: MEMBER });
    await given(abandoned).when(registerMember, details).thenRefused('member-exists');
  });

  it('may be abandoned where it was not made', async () => {
    await given()
      .when(abandonRegistration, {})
      .then({ type: 'RegistrationAbandoned', data: { person: MEMBER } });
    await given(registered()).when(abandonRegistration, {}).thenRefused('member-exists');
  });
});

describe('a membership', () => {
  it('has its details stated anew, under the same key', () =>
    given(registered())
      .when(changeDetails, { name: 'Ada Fell' })
      .then({
        type: 'DetailsChanged',
        data: { on: '2026-03-10' },
        texts: [{ kid: identity, fields: { name: 'Ada Fell' } }],
      }));

  it('has its number corrected, and only where there is one', async () => {
    await given(registered())
      .when(correctNumber, { number: 'A-2' })
      .then({
        type: 'NumberCorrected',
        data: {},
        texts: [{ kid: identity, fields: { number: 'A-2' } }],
      });
    await given().when(correctNumber, { number: 'A-2' }).thenRefused('member-unknown');
  });

  it('moves to another grade, from a day on which it runs', async () => {
    const to = (grade: string, effectiveOn: string) =>
      given(registered()).when(changeGrade, { grade, effectiveOn });
    const data = { grade: 'fellow', effectiveOn: '2024-01-01' };
    await to('fellow', '2024-01-01').then({ type: 'GradeChanged', data });
    await to('full', '2025-01-01').thenRefused('grade-same');
    await to('fellow', '2023-12-31').thenRefused('date-wrong');
  });

  it('ends in one of three ways, and not before it began', async () => {
    for (const how of ['Resigned', 'Lapsed', 'Died'] as const) {
      const effectiveOn = '2026-01-01';
      await given(registered())
        .when(endMembership, { how, effectiveOn })
        .then({ type: how, data: { effectiveOn } });
    }
    const early = { how: 'Lapsed' as const, effectiveOn: '2023-12-31' };
    await given(registered()).when(endMembership, early).thenRefused('date-wrong');
  });

  it('does nothing once it has ended, and there is none before it begins', async () => {
    const name = { name: 'Ada' };
    await given(registered(), lapsed).when(changeDetails, name).thenRefused('membership-ended');
    await given().when(changeDetails, name).thenRefused('member-unknown');
  });

  it('runs until the day of an end that was said ahead, and no longer', async () => {
    const ahead = [registered(), fact('Resigned', { effectiveOn: '2026-04-01' })];
    const on = (today: string, ...more: Told[]) =>
      given(...ahead, ...more).when(changeDetails, { name: 'Ada' }, { today });
    const changed = (day: string) => ({
      type: 'DetailsChanged' as const,
      data: { on: day },
      texts: [{ kid: identity, fields: { name: 'Ada' } }],
    });
    await on('2026-03-31').then(changed('2026-03-31'));
    await on('2026-04-01').thenRefused('membership-ended');
    const back = fact('Reinstated', { effectiveOn: '2026-06-01' });
    await on('2026-03-31', back).then(changed('2026-03-31'));
    await on('2026-05-31', back).thenRefused('membership-ended');
    await on('2026-06-01', back).then(changed('2026-06-01'));
  });

  it('moves to another grade while its end is ahead', () =>
    given(registered(), fact('Resigned', { effectiveOn: '2026-04-01' }))
      .when(changeGrade, { grade: 'fellow', effectiveOn: '2026-03-10' })
      .then({ type: 'GradeChanged', data: { grade: 'fellow', effectiveOn: '2026-03-10' } }));

  it('ends once where an end is ahead, but that a death may come before it', async () => {
    const end = (how: 'Lapsed' | 'Died', effectiveOn: string) =>
      given(registered(), fact('Resigned', { effectiveOn: '2026-04-01' })).when(endMembership, {
        how,
        effectiveOn,
      });
    await end('Lapsed', '2026-03-20').thenRefused('membership-ended');
    await end('Died', '2026-04-01').thenRefused('membership-ended');
    const effectiveOn = '2026-03-09';
    await end('Died', effectiveOn).then({ type: 'Died', data: { effectiveOn } });
    await given(
      registered(),
      fact('Resigned', { effectiveOn: '2026-04-01' }),
      fact('Died', { effectiveOn }),
    )
      .when(resumeMembership, { how: 'Reinstated', effectiveOn: '2026-04-01' })
      .thenRefused('member-unknown');
  });

  it('goes on as if a lapse never was, when the lapse is retracted', async () => {
    const data = {
      eventId: lapsed.fact.id,
      reasons: ['administrative-error'],
      correction: idOf('correction'),
    };
    await given(registered(), lapsed, fact('FactRetracted', data))
      .when(changeDetails, { name: 'Ada' })
      .then({
        type: 'DetailsChanged',
        data: { on: '2026-03-10' },
        texts: [{ kid: identity, fields: { name: 'Ada' } }],
      });
  });

  it('is reinstated or joined again after its end, and not before that, nor after death', async () => {
    const reinstated = { how: 'Reinstated' as const, effectiveOn: '2026-02-01' };
    await given(registered(), lapsed)
      .when(resumeMembership, reinstated)
      .then({ type: 'Reinstated', data: { effectiveOn: '2026-02-01' } });
    const again = { effectiveOn: '2026-02-01', grade: 'associate', continuity: 'new' as const };
    await given(registered(), lapsed)
      .when(resumeMembership, { how: 'Rejoined', ...again })
      .then({ type: 'Rejoined', data: again });
    await given(registered()).when(resumeMembership, reinstated).thenRefused('membership-running');
    await given(registered(), lapsed)
      .when(resumeMembership, { ...reinstated, effectiveOn: '2025-12-31' })
      .thenRefused('date-wrong');
    await given(registered(), fact('Died', { effectiveOn: '2026-01-01' }))
      .when(resumeMembership, reinstated)
      .thenRefused('member-unknown');
  });
});

describe('taking part in a scheme', () => {
  const join = { scheme: SCHEME, on: '2025-01-01' };
  const left = fact('SchemeLeft', { scheme: SCHEME, on: '2025-06-01' });

  it('runs its cycles from the day of joining, unless another is said', async () => {
    await given(published(), registered())
      .when(joinScheme, join)
      .then({ type: 'SchemeJoined', data: { ...join, anchor: '2025-01-01' } });
    await given(published(), registered())
      .when(joinScheme, { ...join, anchor: '2024-07-01' })
      .then({ type: 'SchemeJoined', data: { ...join, anchor: '2024-07-01' } });
  });

  it('needs a scheme with rules, and is not begun twice', async () => {
    await given(registered()).when(joinScheme, join).thenRefused('rulebook-unknown');
    await given(...society)
      .when(joinScheme, join)
      .thenRefused('already-joined');
  });

  it('is refused beside ten others that run on that day', async () => {
    const others = Array.from({ length: 10 }, (_, n) =>
      fact('SchemeJoined', { scheme: idOf(`scheme ${n}`), on: '2024-01-01', anchor: '2024-01-01' }),
    );
    await given(published(), registered(), ...others)
      .when(joinScheme, join)
      .thenRefused('too-many');
    const left = (on: string) => fact('SchemeLeft', { scheme: idOf('scheme 4'), on });
    await given(published(), registered(), ...others, left('2025-01-01'))
      .when(joinScheme, join)
      .then({ type: 'SchemeJoined', data: { ...join, anchor: '2025-01-01' } });
    await given(published(), registered(), ...others, left('2025-01-02'))
      .when(joinScheme, join)
      .thenRefused('too-many');
  });

  it('may be left, and joined again, but not for a time in which it ran', async () => {
    await given(...society)
      .when(leaveScheme, { scheme: SCHEME, on: '2025-06-01' })
      .then({ type: 'SchemeLeft', data: { scheme: SCHEME, on: '2025-06-01' } });
    await given(...society, left)
      .when(joinScheme, { ...join, on: '2025-05-31' })
      .thenRefused('date-wrong');
    await given(...society, left)
      .when(joinScheme, { ...join, on: '2025-06-01' })
      .then({
        type: 'SchemeJoined',
        data: { scheme: SCHEME, on: '2025-06-01', anchor: '2025-06-01' },
      });
  });

  it('is not left where it does not run, nor on its first day', async () => {
    const leave = (on: string) => ({ scheme: SCHEME, on });
    await given(registered())
      .when(leaveScheme, leave('2025-01-01'))
      .thenRefused('scheme-not-joined');
    await given(...society, left)
      .when(leaveScheme, leave('2025-07-01'))
      .thenRefused('scheme-not-joined');
    await given(...society)
      .when(leaveScheme, leave('2024-01-01'))
      .thenRefused('date-wrong');
  });

  it('brings in points from before this ledger', async () => {
    const points = { scheme: SCHEME, cycle: '2023', category: 'training', points: 500 };
    await given(registered(), joined())
      .when(bringInPoints, points)
      .then({ type: 'PointsBroughtIn', data: points });
    await given(registered()).when(bringInPoints, points).thenRefused('scheme-not-joined');
    await given(...society)
      .when(bringInPoints, { ...points, cycle: '2023-24' })
      .thenRefused('cycle-wrong');
  });
});
