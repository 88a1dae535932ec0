import { describe, it } from 'mocha';
import { endAuthority, grantAuthority } from '../../src/commands/authority.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { ADMIN, admin } from '../support/past.ts';
import { COMMAND, fact, given, idOf, MEMBER } from '../support/specification.ts';

describe('authority', () => {
  const GRANT = idOf('grant');
  const granted = (until?: string) =>
    fact(
      'AuthorityGranted',
      {
        grantId: GRANT,
        role: 'admin',
        from: '2026-01-01',
        by: ADMIN,
        ...(until === undefined ? {} : { until }),
      },
      { of: MEMBER, by: ADMIN },
    );
  const asked = { by: admin, path: { grant: GRANT } };

  it('is granted from today, or another day, and once at a time', async () => {
    await given()
      .when(grantAuthority, { role: 'admin' }, { by: admin })
      .then({
        type: 'AuthorityGranted',
        data: { role: 'admin', from: '2026-03-10', grantId: newIdOf(COMMAND, 'grant'), by: ADMIN },
      });
    await given(granted())
      .when(grantAuthority, { role: 'admin' }, { by: admin })
      .thenRefused('already-granted');
    const empty = { role: 'admin' as const, from: '2026-03-10', until: '2026-03-10' };
    await given().when(grantAuthority, empty, { by: admin }).thenRefused('date-wrong');
  });

  it('ends today or later, and an end never prolongs it', async () => {
    await given(granted())
      .when(endAuthority, { until: '2026-03-10' }, asked)
      .then({ type: 'AuthorityEnded', data: { grantId: GRANT, until: '2026-03-10' } });
    await given(granted())
      .when(endAuthority, { until: '2026-03-09' }, asked)
      .thenRefused('date-wrong');
    await given(granted('2026-06-01'))
      .when(endAuthority, { until: '2027-01-01' }, asked)
      .thenRefused('grant-over');
    await given(granted('2026-02-01'))
      .when(endAuthority, { until: '2026-03-10' }, asked)
      .thenRefused('grant-over');
    await given().when(endAuthority, { until: '2026-03-10' }, asked).thenRefused('grant-unknown');
  });

  it('may be ended while it is ahead: on its first day, so that it never is in force', async () => {
    const data = { grantId: GRANT, role: 'admin' as const, from: '2026-04-01', by: ADMIN };
    const ahead = fact('AuthorityGranted', data, { of: MEMBER, by: ADMIN });
    const never = fact('AuthorityEnded', { grantId: GRANT, until: '2026-04-01' }, { of: MEMBER });
    await given(ahead)
      .when(endAuthority, { until: '2026-04-01' }, asked)
      .then({ type: 'AuthorityEnded', data: { grantId: GRANT, until: '2026-04-01' } });
    await given(ahead).when(endAuthority, { until: '2026-03-31' }, asked).thenRefused('date-wrong');
    await given(ahead, never)
      .when(endAuthority, { until: '2026-04-01' }, asked)
      .thenRefused('grant-over');
    await given(ahead, never)
      .when(grantAuthority, { role: 'admin', from: '2026-04-01' }, { by: admin })
      .then({
        type: 'AuthorityGranted',
        data: { ...data, grantId: newIdOf(COMMAND, 'grant') },
      });
  });
});
