import { expect } from 'chai';
import { describe, it } from 'mocha';
import { grantSharing, sharedOn, withdrawSharing } from '../../src/commands/sharing.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { registered } from '../support/past.ts';
import { COMMAND, fact, given, idOf, MEMBER, stateOf } from '../support/specification.ts';

const past = [registered()];

describe('sharing', () => {
  const SHARING = idOf('sharing');
  const to = { kind: 'organisation' as const, id: idOf('council') };
  const shared = (until?: string) =>
    fact('SharingGranted', {
      sharingId: SHARING,
      to,
      what: 'standing',
      from: '2026-01-01',
      ...(until === undefined ? {} : { until }),
    });
  const path = { sharing: SHARING };

  it('is of one thing with one other, from today unless another day is said', async () => {
    const sharingId = newIdOf(COMMAND, 'sharing');
    await given(...past)
      .when(grantSharing, { to, what: 'standing' })
      .then({
        type: 'SharingGranted',
        data: { sharingId, to, what: 'standing', from: '2026-03-10' },
      });
    await given(...past, shared())
      .when(grantSharing, { to, what: 'standing' })
      .thenRefused('already-shared');
    await given(...past, shared())
      .when(grantSharing, { to, what: 'skills' })
      .then({
        type: 'SharingGranted',
        data: { sharingId, to, what: 'skills', from: '2026-03-10' },
      });
    await given(...past)
      .when(grantSharing, { to, what: 'standing', until: '2026-03-10' })
      .thenRefused('date-wrong');
    await given().when(grantSharing, { to, what: 'standing' }).thenRefused('member-unknown');
  });

  it('is withdrawn from today on or later, never back in time, and never prolonged', async () => {
    const until = (day: string | undefined, ends?: string) =>
      given(...past, shared(ends)).when(withdrawSharing, day === undefined ? {} : { until: day }, {
        path,
      });
    const data = { sharingId: SHARING, until: '2026-03-10' };
    await until(undefined).then({ type: 'SharingWithdrawn', data });
    await until('2026-03-09').thenRefused('date-wrong');
    await until('2026-05-01', '2026-04-01').thenRefused('sharing-over');
    await given(...past)
      .when(withdrawSharing, {}, { path })
      .thenRefused('sharing-unknown');
  });

  it('lets those see it with whom it is shared, on its days', () => {
    const { sharings } = stateOf([...past, shared('2026-04-01')], 'member', MEMBER);
    expect(sharedOn(sharings, to, 'standing', '2026-03-31')).to.equal(true);
    expect(sharedOn(sharings, to, 'standing', '2026-04-01')).to.equal(false);
    expect(sharedOn(sharings, to, 'contact', '2026-03-31')).to.equal(false);
    const person = { kind: 'person' as const, id: to.id };
    expect(sharedOn(sharings, person, 'standing', '2026-03-31')).to.equal(false);
  });
});
