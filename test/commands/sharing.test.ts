import { expect } from 'chai';
import { describe, it } from 'mocha';
import { grantSharing, sharedOn, withdrawSharing } from '../../src/commands/sharing.ts';
import { creditSkill, endSkill, reassessSkill } from '../../src/commands/skill.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { ADMIN, admin, registered } from '../support/past.ts';
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

describe('a credited skill', () => {
  const CREDIT = idOf('credit');
  const what = { framework: { id: idOf('framework'), version: 1 }, skill: idOf('skill') };
  const seen = { ...what, level: 'expert', observedOn: '2026-02-01' };
  const credited = fact('SkillCredited', { ...seen, creditId: CREDIT, source: 'peer', by: ADMIN });
  const ended = fact('SkillEnded', { creditId: CREDIT, until: '2026-03-01' });
  const path = { credit: CREDIT };

  it('says who observed it; of oneself it is self, and of nobody else', async () => {
    const creditId = newIdOf(COMMAND, 'credit');
    await given(...past)
      .when(creditSkill, { ...seen, source: 'manager' }, { by: admin })
      .then({
        type: 'SkillCredited',
        data: { ...seen, creditId, source: 'manager', by: ADMIN },
      });
    await given(...past)
      .when(creditSkill, { ...seen, source: 'self' })
      .then({ type: 'SkillCredited', data: { ...seen, creditId, source: 'self', by: MEMBER } });
    await given(...past)
      .when(creditSkill, { ...seen, source: 'peer' })
      .thenRefused('own-skill');
    await given(...past)
      .when(creditSkill, { ...seen, source: 'self' }, { by: admin })
      .thenRefused('own-skill');
    await given(...past)
      .when(creditSkill, { ...seen, source: 'peer' }, { by: admin, also: [MEMBER] })
      .thenRefused('own-skill');
  });

  it('is held once, was observed by today, and is valid for some time', async () => {
    const credit = (more: object) =>
      given(...past, credited).when(creditSkill, { ...seen, source: 'self', ...more });
    await credit({}).thenRefused('already-credited');
    await credit({ skill: idOf('other'), observedOn: '2026-03-11' }).thenRefused('date-wrong');
    await credit({ skill: idOf('other'), validUntil: '2026-02-01' }).thenRefused('date-wrong');
  });

  it('is reassessed on a later day, or the same', async () => {
    const again = { level: 'novice', source: 'external' as const, observedOn: '2026-02-01' };
    await given(...past, credited)
      .when(reassessSkill, again, { by: admin, path })
      .then({ type: 'SkillReassessed', data: { creditId: CREDIT, ...again, by: ADMIN } });
    await given(...past, credited)
      .when(reassessSkill, { ...again, observedOn: '2026-01-31' }, { by: admin, path })
      .thenRefused('date-wrong');
    await given(...past)
      .when(reassessSkill, again, { by: admin, path })
      .thenRefused('credit-unknown');
    await given(...past, credited, ended)
      .when(reassessSkill, again, { by: admin, path })
      .thenRefused('credit-over');
  });

  it('ends once, after it was observed', async () => {
    const end = (until: string) =>
      given(...past, credited).when(endSkill, { until }, { by: admin, path });
    await end('2026-02-02').then({
      type: 'SkillEnded',
      data: { creditId: CREDIT, until: '2026-02-02' },
    });
    await end('2026-02-01').thenRefused('date-wrong');
    await given(...past, credited, ended)
      .when(endSkill, { until: '2026-03-05' }, { by: admin, path })
      .thenRefused('credit-over');
  });
});
