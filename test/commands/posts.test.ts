import { describe, it } from 'mocha';
import {
  changeEmployment,
  endEmployment,
  endPlacement,
  startEmployment,
  startPlacement,
} from '../../src/commands/employment.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { registered } from '../support/past.ts';
import { COMMAND, fact, given, idOf, kidOf, MEMBER, type Told } from '../support/specification.ts';

const identity = kidOf(`identity of ${MEMBER}`);
const [COUNCIL, HOST] = [idOf('council'), idOf('host')];
const body = (of: string) =>
  fact(
    'OrganisationRegistered',
    { name: 'Netherby', type: 'district', from: '2020-04-01', identifiers: [] },
    { of },
  );
const POST = idOf('post');
const full = { num: 1, den: 1 };
const employed = (until?: string) =>
  fact('EmploymentStarted', {
    employmentId: POST,
    organisation: COUNCIL,
    share: full,
    from: '2024-01-01',
    ...(until === undefined ? {} : { until }),
  });
const past = [registered(), body(COUNCIL), body(HOST)];
const path = { employment: POST };

describe('an employment', () => {
  const start = { organisation: COUNCIL, from: '2025-01-01' };
  const employmentId = newIdOf(COMMAND, 'employment');

  it('is for all of the time unless it says less, its title sealed', () =>
    given(...past)
      .when(startEmployment, { ...start, jobTitle: 'Data lead' })
      .then({
        type: 'EmploymentStarted',
        data: { ...start, share: full, employmentId },
        texts: [{ kid: identity, fields: { jobTitle: 'Data lead' } }],
      }));

  it('may be one of several at once, at other bodies', () =>
    given(...past, employed())
      .when(startEmployment, { ...start, organisation: HOST, share: { num: 1, den: 5 } })
      .then({
        type: 'EmploymentStarted',
        data: { ...start, organisation: HOST, share: { num: 1, den: 5 }, employmentId },
      }));

  it('is one at a time at one body: after its end it may begin again', async () => {
    await given(...past, employed())
      .when(startEmployment, start)
      .thenRefused('already-employed');
    await given(...past, employed('2025-01-01'))
      .when(startEmployment, start)
      .then({ type: 'EmploymentStarted', data: { ...start, share: full, employmentId } });
  });

  it('is at a body that is there on its first day, by a running membership, in order', async () => {
    const at = (more: object) => given(...past).when(startEmployment, { ...start, ...more });
    await at({ organisation: idOf('nobody') }).thenRefused('organisation-unknown');
    await at({ from: '2020-03-31' }).thenRefused('date-wrong');
    await at({ until: '2025-01-01' }).thenRefused('date-wrong');
    await given(...past, fact('OrganisationEnded', { until: '2025-01-01' }, { of: COUNCIL }))
      .when(startEmployment, start)
      .thenRefused('organisation-ended');
    await given(body(COUNCIL)).when(startEmployment, start).thenRefused('member-unknown');
  });

  it('changes its share while it runs', async () => {
    const change = (from: string) =>
      given(...past, employed('2025-06-01')).when(
        changeEmployment,
        { share: { num: 3, den: 5 }, from },
        { path },
      );
    const data = { employmentId: POST, share: { num: 3, den: 5 }, from: '2025-05-31' };
    await change('2025-05-31').then({ type: 'EmploymentChanged', data });
    await change('2025-06-01').thenRefused('employment-over');
    await given(...past)
      .when(changeEmployment, { share: full, from: '2025-01-01' }, { path })
      .thenRefused('employment-unknown');
  });

  it('ends after it began, and never later than it had ended', async () => {
    const end = (until: string, ends?: string) =>
      given(...past, employed(ends)).when(endEmployment, { until }, { path });
    const data = { employmentId: POST, until: '2024-01-02' };
    await end('2024-01-02').then({ type: 'EmploymentEnded', data });
    await end('2024-01-01').thenRefused('date-wrong');
    await end('2025-06-01', '2025-06-01').thenRefused('employment-over');
    await given(...past)
      .when(endEmployment, { until: '2025-01-01' }, { path })
      .thenRefused('employment-unknown');
  });
});

describe('a placement', () => {
  const PLACEMENT = idOf('placement');
  const placed = fact('PlacementStarted', {
    placementId: PLACEMENT,
    employmentId: POST,
    host: HOST,
    from: '2025-01-01',
    until: '2025-06-01',
  });
  const start = { host: HOST, from: '2025-06-01' };

  it('is from a post that runs, at a host that is there, one at a time', async () => {
    const placementId = newIdOf(COMMAND, 'placement');
    await given(...past, employed(), placed)
      .when(startPlacement, start, { path })
      .then({ type: 'PlacementStarted', data: { placementId, employmentId: POST, ...start } });
    await given(...past, employed(), placed)
      .when(startPlacement, { ...start, from: '2025-05-31' }, { path })
      .thenRefused('placed-already');
    await given(...past, employed('2025-06-01'))
      .when(startPlacement, start, { path })
      .thenRefused('employment-over');
    await given(...past)
      .when(startPlacement, start, { path })
      .thenRefused('employment-unknown');
    await given(...past, employed())
      .when(startPlacement, { ...start, host: idOf('nobody') }, { path })
      .thenRefused('organisation-unknown');
  });

  it('is no longer than the post that it is from', async () => {
    const place = (until?: string) =>
      given(...past, employed('2026-01-01')).when(
        startPlacement,
        { ...start, ...(until === undefined ? {} : { until }) },
        { path },
      );
    const data = { placementId: newIdOf(COMMAND, 'placement'), employmentId: POST, ...start };
    await place('2026-01-01').then({
      type: 'PlacementStarted',
      data: { ...data, until: '2026-01-01' },
    });
    await place('2026-01-02').thenRefused('employment-over');
    await place().thenRefused('employment-over');
  });

  it('ends with its post; one that had ended stays as it was, one still ahead never begins', async () => {
    const [running, ahead, elsewhere] = [idOf('running'), idOf('ahead'), idOf('elsewhere')];
    const from = (placementId: string, day: string, employmentId = POST) =>
      fact('PlacementStarted', { placementId, employmentId, host: HOST, from: day });
    const all = [placed, from(running, '2025-06-01'), from(elsewhere, '2025-06-01', idOf('other'))];
    const end = (...posts: Told[]) =>
      given(...past, employed(), ...posts).when(endEmployment, { until: '2025-09-01' }, { path });
    const over = {
      type: 'EmploymentEnded' as const,
      data: { employmentId: POST, until: '2025-09-01' },
    };
    const ended = (placementId: string, until: string) => ({
      type: 'PlacementEnded' as const,
      data: { placementId, until },
    });
    await end(...all).then(over, ended(running, '2025-09-01'));
    await end(placed, from(ahead, '2026-01-01')).then(over, ended(ahead, '2026-01-01'));
  });

  it('that never began is in the way of no other', async () => {
    const placementId = newIdOf(COMMAND, 'placement');
    const ahead = fact('PlacementStarted', {
      placementId: PLACEMENT,
      employmentId: POST,
      host: HOST,
      from: '2026-01-01',
    });
    const never = fact('PlacementEnded', { placementId: PLACEMENT, until: '2026-01-01' });
    await given(...past, employed(), ahead, never)
      .when(startPlacement, start, { path })
      .then({ type: 'PlacementStarted', data: { placementId, employmentId: POST, ...start } });
    await given(...past, employed(), ahead)
      .when(startPlacement, start, { path })
      .thenRefused('placed-already');
  });

  it('ends like a post', async () => {
    const end = (until: string) =>
      given(...past, employed(), placed).when(
        endPlacement,
        { until },
        { path: { placement: PLACEMENT } },
      );
    const data = { placementId: PLACEMENT, until: '2025-02-01' };
    await end('2025-02-01').then({ type: 'PlacementEnded', data });
    await end('2025-06-01').thenRefused('placement-over');
    await end('2025-01-01').thenRefused('date-wrong');
    await given(...past)
      .when(endPlacement, { until: '2025-02-01' }, { path: { placement: PLACEMENT } })
      .thenRefused('placement-unknown');
  });
});
