import { v4 } from 'uuid';
import { addDays } from '../../src/scheme/civil-date.ts';
import { made, type TestSociety } from '../support/society.ts';
import { type Repeats, type Sent, somebody } from './repeats.ts';

const today = new Date().toISOString().slice(0, 10);
const from = '2025-01-01';
const SKILL = v4();

const framework = (name: string, skills: object[] = [{ name: 'Data', skill: SKILL }]) => ({
  version: 1,
  name,
  levels: [
    { code: 'novice', name: 'Novice' },
    { code: 'expert', name: 'Expert' },
  ],
  skills,
});

/** Begins something as the admin, and gives its id. */
async function begun({ clients }: TestSociety, path: string, body: object): Promise<string> {
  return Object.values((await made(clients.admin.post(path, body))).ids)[0] as string;
}

/** A skill that may be credited, in a framework of its own. */
async function someSkill(society: TestSociety) {
  const id = await begun(society, '/v1/frameworks', framework('Some'));
  return { framework: { id, version: 1 }, skill: SKILL, level: 'expert' };
}

/** As the admin, with two bodies at a path. */
function two(
  asked: (society: TestSociety) => Promise<{ path: string; body: object; other: object }>,
): (society: TestSociety) => Promise<Sent> {
  return async (society) => {
    const { path, body, other } = await asked(society);
    return { by: society.clients.admin, path, body, other: { body: other } };
  };
}

/** What is observed of a skill, on one day or another. */
const observed = (observedOn = from) => ({ source: 'external', observedOn });

async function credit(society: TestSociety): Promise<string> {
  const of = `${await somebody(society)}/skills`;
  const body = { ...(await someSkill(society)), ...observed() };
  return `${of}/${await begun(society, of, body)}`;
}

async function declaring(society: TestSociety) {
  const path = `/v1/organisations/${society.council}/capabilities`;
  return { path, body: { ...(await someSkill(society)), headcount: 2, of: 10 } };
}

async function profile(society: TestSociety) {
  const anyOf = [{ ...(await someSkill(society)), people: 1 }];
  const body = { version: 1, name: 'Figures', needs: [{ need: 'data', name: 'Data', anyOf }] };
  return { path: '/v1/profiles', body, other: { ...body, name: 'Other figures' } };
}

const disclosure = {
  version: 1,
  name: 'Public',
  minimumMembers: 5,
  minimumCell: 5,
  roundingBase: 5,
  smallBase: 20,
};

const borders = (...names: string[]) => ({
  regions: names.map((region) => ({ region, neighbours: [] })),
});

export const ofSkills: Repeats = {
  'credit-skill': two(async (society) => {
    const body = { ...(await someSkill(society)), ...observed() };
    const other = { ...body, ...observed(today) };
    return { path: `${await somebody(society)}/skills`, body, other };
  }),
  'reassess-skill': two(async (society) => ({
    path: `${await credit(society)}/reassessments`,
    body: { level: 'novice', ...observed() },
    other: { level: 'novice', ...observed(today) },
  })),
  'end-skill': two(async (society) => ({
    path: `${await credit(society)}/endings`,
    body: { until: today },
    other: { until: addDays(today, 1) },
  })),
  'begin-framework': two(async () => ({
    path: '/v1/frameworks',
    body: framework('One'),
    other: framework('Two'),
  })),
  'publish-framework': two(async (society) => ({
    path: `/v1/frameworks/${await begun(society, '/v1/frameworks', framework('One'))}/versions`,
    body: { ...framework('Two'), version: 2 },
    other: { ...framework('Three'), version: 2 },
  })),
  'map-framework': two(async (society) => {
    const of = `/v1/frameworks/${await begun(society, '/v1/frameworks', framework('One'))}`;
    const next = { ...framework('One', [{ name: 'Maps' }]), version: 2 };
    const skills = [{ skill: SKILL, to: [] }];
    await made(society.clients.admin.post(`${of}/versions`, { ...next, mapped: { skills } }));
    const levels = (to: string) => ({ version: 2, skills, levels: [{ level: 'expert', to }] });
    return { path: `${of}/mappings`, body: levels('novice'), other: levels('held') };
  }),
  'begin-profile': two(profile),
  'publish-profile': two(async (society) => {
    const { path, body } = await profile(society);
    const version = { ...body, version: 2 };
    const id = await begun(society, path, body);
    return { path: `${path}/${id}/versions`, body: version, other: { ...version, name: 'Maps' } };
  }),
  'retire-profile': two(async (society) => {
    const { path, body } = await profile(society);
    const id = await begun(society, path, body);
    const until = { until: addDays(today, 1) };
    return { path: `${path}/${id}/retirements`, body: {}, other: until };
  }),
  'declare-capability': async (society) => {
    const { path, body } = await declaring(society);
    return { by: society.clients.contact, path, body, other: { body: { ...body, headcount: 3 } } };
  },
  'withdraw-capability': async (society) => {
    const { path, body } = await declaring(society);
    const at = `${path}/${await begun(society, path, body)}/withdrawals`;
    const other = { body: { until: addDays(today, 1) } };
    return { by: society.clients.contact, path: at, body: {}, other };
  },
  'begin-release': two(async () => ({
    path: '/v1/releases',
    body: disclosure,
    other: { ...disclosure, minimumCell: 10 },
  })),
  'publish-disclosure-profile': two(async (society) => ({
    path: `/v1/releases/${await begun(society, '/v1/releases', disclosure)}/versions`,
    body: { ...disclosure, version: 2 },
    other: { ...disclosure, version: 2, minimumCell: 10 },
  })),
  'release-table': two(async (society) => {
    const of = await begun(society, '/v1/frameworks', framework('Tabled'));
    const body = { report: 'capability', framework: of, standing: 'provisional' };
    return {
      path: `/v1/releases/${await begun(society, '/v1/releases', disclosure)}/tables`,
      body,
      other: { ...body, standing: 'final' },
    };
  }),
  'publish-neighbours': two(async () => ({
    path: '/v1/neighbours',
    body: borders('east', 'west'),
    other: borders('east'),
  })),
};
