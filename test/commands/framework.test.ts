import { describe, it } from 'mocha';
import { mapFramework, publishFramework } from '../../src/commands/framework.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { admin } from '../support/past.ts';
import { CHAIRING, DATA, FRAMEWORK, framed, LAW, levels } from '../support/skills.ts';
import { COMMAND, type DataOf, fact, given, idOf } from '../support/specification.ts';

const of = { by: admin, of: FRAMEWORK };
const first = {
  version: 1,
  name: 'Invented skills',
  levels,
  skills: [{ name: 'Data' }, { name: 'Law', skill: LAW }],
};

describe('a framework', () => {
  it('gives ids to skills that are new, and publishes one version after the other', async () => {
    const { skills: _, ...said } = first;
    const skills = [
      { name: 'Data', skill: newIdOf(COMMAND, 'skill/0') },
      { name: 'Law', skill: LAW },
    ];
    await given()
      .when(publishFramework, first, of)
      .then(
        { type: 'FrameworkPublished', data: { ...said, skills: 2, parts: 1 } },
        { type: 'FrameworkSkillsListed', data: { version: 1, part: 1, skills } },
      );
    await given()
      .when(publishFramework, { ...first, version: 2 }, of)
      .thenRefused('version-wrong');
  });

  it('says what each level of a skill means, who needs it, and when it goes stale', async () => {
    const skill = {
      skill: DATA,
      name: 'Data',
      code: 'DAT.1',
      description: 'Doubts figures rightly.',
      levels: [{ level: 'novice', text: 'You can:\n- read a chart' }],
      roles: ['Analyst'],
    };
    const held = { skill: CHAIRING, name: 'Chairing', held: true as const };
    const said = { ...first, staleAfterMonths: 36, effectiveFrom: '2026-04-01' };
    await given()
      .when(publishFramework, { ...said, skills: [skill, held] }, of)
      .then(
        { type: 'FrameworkPublished', data: { ...said, skills: 2, parts: 1 } },
        { type: 'FrameworkSkillsListed', data: { version: 1, part: 1, skills: [skill, held] } },
      );
    const publish = (one: object) =>
      given().when(publishFramework, { ...first, skills: [one] }, of);
    await publish({ ...held, levels: skill.levels }).thenRefused('level-wrong');
    await publish({ ...skill, levels: [{ level: 'wizard', text: 'x' }] }).thenRefused(
      'level-wrong',
    );
  });

  it('has each skill, each code and each level once, and none called held', async () => {
    const publish = (more: object) => given().when(publishFramework, { ...first, ...more }, of);
    const level = { code: 'expert', name: 'Again' };
    await publish({ skills: [{ name: 'Data' }, { name: 'Data' }] }).thenRefused('skill-doubled');
    const codes = [
      { name: 'Data', code: 'D1' },
      { name: 'Law', code: 'D1' },
    ];
    await publish({ skills: codes }).thenRefused('skill-doubled');
    await publish({ levels: [...levels, level] }).thenRefused('skill-doubled');
    await publish({ levels: [{ code: 'held', name: 'Held' }] }).thenRefused('level-wrong');
  });

  it('is chunked by bytes as well as by number, so that each fact fits', async () => {
    const text = 'é'.repeat(4_000);
    const long = levels.map(({ code }) => ({ level: code, text }));
    const skills = Array.from({ length: 20 }, (_, n) => ({
      skill: idOf(`skill ${n}`),
      name: `Skill ${n}`,
      levels: long,
    }));
    const listed = (part: number, from: number, to: number) => ({
      type: 'FrameworkSkillsListed' as const,
      data: { version: 1, part, skills: skills.slice(from, to) },
    });
    await given()
      .when(publishFramework, { ...first, skills }, of)
      .then(
        {
          type: 'FrameworkPublished',
          data: { version: 1, name: first.name, levels, skills: 20, parts: 2 },
        },
        listed(1, 0, 15),
        listed(2, 15, 20),
      );
  });

  it('is not published again as it is', async () => {
    const skills = [
      { skill: DATA, name: 'Data' },
      { skill: LAW, name: 'Law' },
      { skill: CHAIRING, name: 'Chairing', held: true },
    ];
    const same = { ...first, version: 2, skills };
    await given(...framed())
      .when(publishFramework, same, of)
      .thenRefused('framework-same');
    await given(...framed())
      .when(publishFramework, { ...same, staleAfterMonths: 12 }, of)
      .then(
        {
          type: 'FrameworkPublished',
          data: { ...first, version: 2, staleAfterMonths: 12, skills: 3, parts: 1 },
        },
        {
          type: 'FrameworkSkillsListed',
          data: {
            version: 2,
            part: 1,
            skills: skills as DataOf<'FrameworkSkillsListed'>['skills'],
          },
        },
      );
  });
});

describe('what becomes of skills', () => {
  const MAPS = idOf('maps');
  const second = {
    ...first,
    version: 2,
    skills: [
      { skill: DATA, name: 'Data, renamed' },
      { skill: MAPS, name: 'Maps' },
    ],
  };
  const { skills: _, ...said } = second;
  const published = [
    { type: 'FrameworkPublished' as const, data: { ...said, skills: 2, parts: 1 } },
    {
      type: 'FrameworkSkillsListed' as const,
      data: { version: 2, part: 1, skills: second.skills },
    },
  ];
  const gone = [
    { skill: LAW, to: [] },
    { skill: CHAIRING, to: [DATA, MAPS] },
  ];
  const mapped = (mappings: typeof gone) => ({
    type: 'FrameworkMapped' as const,
    data: { version: 2, part: 1, parts: 1, mappings },
  });

  it('stands beside the version that took them away: one, several, or none', async () => {
    const publish = (mapping?: object) =>
      given(...framed()).when(publishFramework, { ...second, mapped: mapping }, of);
    await publish({ skills: gone }).then(...published, mapped(gone));
    await publish().thenRefused('mapping-incomplete');
    await publish({ skills: gone.slice(1) }).thenRefused('mapping-incomplete');
    await publish({ skills: [...gone, ...gone.slice(1)] }).thenRefused('skill-doubled');
  });

  it('is told of skills that were there, and of such as are there now', async () => {
    const publish = (...skills: object[]) =>
      given(...framed()).when(publishFramework, { ...second, mapped: { skills } }, of);
    await publish(...gone, { skill: MAPS, to: [] }).thenRefused('skill-unknown');
    await publish(gone[0] as object, { skill: CHAIRING, to: [LAW] }).thenRefused('skill-unknown');
    await given()
      .when(publishFramework, { ...first, mapped: { skills: [] } }, of)
      .thenRefused('version-wrong');
  });

  it('says of each level that went what it is now', async () => {
    const kept = { ...first, version: 2, skills: [{ skill: DATA, name: 'Data' }] };
    const skills = [...gone.slice(0, 1), { skill: CHAIRING, to: [DATA] }];
    const publish = (to: string, codes: string[], more: object[] = []) =>
      given(...framed()).when(
        publishFramework,
        {
          ...kept,
          levels: codes.map((code) => ({ code, name: code })),
          mapped: { skills, levels: [...(to === '' ? [] : [{ level: 'expert', to }]), ...more] },
        },
        of,
      );
    await publish('', ['novice', 'master']).thenRefused('mapping-incomplete');
    await publish('wizard', ['novice', 'master']).thenRefused('level-wrong');
    await publish('master', ['novice', 'master'], [{ level: 'wizard', to: 'novice' }]).thenRefused(
      'level-wrong',
    );
    const levelsNow = ['novice', 'master'].map((code) => ({ code, name: code }));
    await publish('master', ['novice', 'master']).then(
      {
        type: 'FrameworkPublished',
        data: { version: 2, name: first.name, levels: levelsNow, skills: 1, parts: 1 },
      },
      { type: 'FrameworkSkillsListed', data: { version: 2, part: 1, skills: kept.skills } },
      {
        type: 'FrameworkMapped',
        data: {
          version: 2,
          part: 1,
          parts: 1,
          mappings: skills,
          levels: [{ level: 'expert', to: 'master' }],
        },
      },
    );
  });

  it('may be stated anew, as a whole, and not as it is already', async () => {
    const before = [
      ...framed(),
      ...framed(2, second.skills),
      fact('FrameworkMapped', mapped(gone).data, { of: FRAMEWORK }),
    ];
    const map = (skills: object[], version = 2) =>
      given(...before).when(mapFramework, { version, skills }, of);
    const other = [
      { skill: LAW, to: [MAPS] },
      { skill: CHAIRING, to: [] },
    ];
    await map(other).then(mapped(other));
    await map(gone).thenRefused('framework-same');
    await map(gone.slice(1)).thenRefused('mapping-incomplete');
    await map(gone, 3).thenRefused('version-wrong');
  });
});
