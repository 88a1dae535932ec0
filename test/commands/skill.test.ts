import { describe, it } from 'mocha';
import { creditSkill, endSkill, reassessSkill } from '../../src/commands/skill.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { ADMIN, admin, registered } from '../support/past.ts';
import { CHAIRING, framed, inVersion, LAW, levels } from '../support/skills.ts';
import { COMMAND, fact, given, idOf, MEMBER } from '../support/specification.ts';

const past = [registered(), ...framed()];

describe('a credited skill', () => {
  const CREDIT = idOf('credit');
  const seen = { ...inVersion(1), level: 'expert', observedOn: '2026-02-01' };
  const credited = fact('SkillCredited', { ...seen, creditId: CREDIT, source: 'peer', by: ADMIN });
  const ended = fact('SkillEnded', { creditId: CREDIT, until: '2026-03-01' });
  const path = { credit: CREDIT };
  const creditId = newIdOf(COMMAND, 'credit');

  it('says who observed it; of oneself it is self, and of nobody else', async () => {
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

  it('is of a version of a framework that is there, at a level that the skill has', async () => {
    const credit = (more: object) =>
      given(...past).when(creditSkill, { ...seen, ...more, source: 'self' });
    await credit({ framework: { id: idOf('elsewhere'), version: 1 } }).thenRefused(
      'framework-unknown',
    );
    await credit(inVersion(2)).thenRefused('framework-unknown');
    await credit({ skill: idOf('elsewhere') }).thenRefused('skill-unknown');
    await credit({ level: 'wizard' }).thenRefused('level-wrong');
    await credit({ level: 'held' }).thenRefused('level-wrong');
    await credit({ skill: CHAIRING }).thenRefused('level-wrong');
    const held = { ...seen, skill: CHAIRING, level: 'held', source: 'self' as const };
    await credit(held).then({ type: 'SkillCredited', data: { ...held, creditId, by: MEMBER } });
  });

  it('is held or not in a framework without levels', async () => {
    const flat = framed(1, [{ skill: LAW, name: 'Law' }], []);
    const credit = (level: string) =>
      given(registered(), ...flat).when(creditSkill, {
        ...seen,
        skill: LAW,
        level,
        source: 'self',
      });
    await credit('expert').thenRefused('level-wrong');
    await credit('held').then({
      type: 'SkillCredited',
      data: { ...seen, skill: LAW, level: 'held', source: 'self', creditId, by: MEMBER },
    });
  });

  it('is held once, was observed by today, and is valid for some time', async () => {
    const credit = (more: object) =>
      given(...past, ...framed(2), credited).when(creditSkill, {
        ...seen,
        source: 'self',
        ...more,
      });
    await credit({}).thenRefused('already-credited');
    await credit(inVersion(2)).thenRefused('already-credited');
    await credit({ skill: LAW, observedOn: '2026-03-11' }).thenRefused('date-wrong');
    await credit({ skill: LAW, validUntil: '2026-02-01' }).thenRefused('date-wrong');
  });

  it('is reassessed on a later day, or the same: at a lower level, too, and what was stays told', async () => {
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

  it('is reassessed at a level of the version in which it was credited', async () => {
    const master = [...levels, { code: 'master', name: 'Master' }];
    const again = { level: 'master', source: 'peer' as const, observedOn: '2026-03-01' };
    await given(...past, ...framed(2, undefined, master), credited)
      .when(reassessSkill, again, { by: admin, path })
      .thenRefused('level-wrong');
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
