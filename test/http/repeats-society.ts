import { v4 } from 'uuid';
import { addDays } from '../../src/scheme/civil-date.ts';
import { made, rulebook, type TestSociety } from '../support/society.ts';
import { type Repeats, type Sent, somebody } from './repeats.ts';

const today = new Date().toISOString().slice(0, 10);
const from = '2025-01-01';
const tomorrow = addDays(today, 1);
const council = { name: 'Overby Council', type: 'district', from };
const entry = { title: 'Data ethics', kind: 'course', minutes: 90 };

/** Begins something as the admin, and gives its id. */
async function begun({ clients }: TestSociety, path: string, body: object): Promise<string> {
  return Object.values((await made(clients.admin.post(path, body))).ids)[0] as string;
}

async function session(society: TestSociety): Promise<string> {
  const listed = await begun(society, '/v1/catalogue', entry);
  return `/v1/sessions/${await begun(society, '/v1/sessions', { entry: listed, from })}`;
}

/** As the admin, with these two bodies at a path. */
function two(
  at: (society: TestSociety) => Promise<string> | string,
  body: object,
  other: object,
): (society: TestSociety) => Promise<Sent> {
  return async (society) => ({
    by: society.clients.admin,
    path: await at(society),
    body,
    other: { body: other },
  });
}

const newCouncil = async (society: TestSociety): Promise<string> =>
  `/v1/organisations/${await begun(society, '/v1/organisations', council)}`;
const ending = { until: today };
const later = { until: tomorrow };

export const ofTheSociety: Repeats = {
  'grant-authority': async ({ clients }) => {
    const { person } = await made(clients.admin.post('/v1/persons'));
    const path = `/v1/persons/${person}/grants`;
    return {
      by: clients.admin,
      path,
      body: { role: 'admin' },
      other: { body: { role: 'auditor' } },
    };
  },
  'end-authority': two(
    async (society) => {
      const { person } = await made(society.clients.admin.post('/v1/persons'));
      const grants = `/v1/persons/${person}/grants`;
      return `${grants}/${await begun(society, grants, { role: 'admin' })}/endings`;
    },
    ending,
    later,
  ),
  'register-organisation': two(() => '/v1/organisations', council, { ...council, type: 'other' }),
  'change-organisation': two(
    async (society) => `${await newCouncil(society)}/changes`,
    { name: 'Under', type: 'district', effectiveOn: today },
    { name: 'Over', type: 'district', effectiveOn: today },
  ),
  'change-identifiers': two(
    async (society) => `${await newCouncil(society)}/identifiers`,
    { identifiers: [] },
    { identifiers: [{ register: 'invented', code: 'E1', from }] },
  ),
  'end-organisation': two(async (society) => `${await newCouncil(society)}/endings`, ending, later),
  'succeed-organisation': async (society) => {
    const path = `${await newCouncil(society)}/successions`;
    const body = { successors: [society.council], kind: 'merger', effectiveOn: today };
    const other = { body: { ...body, kind: 'rename' } };
    return { by: society.clients.admin, path, body, other };
  },
  'list-entry': two(() => '/v1/catalogue', entry, { ...entry, minutes: 60 }),
  'change-entry': two(
    async (society) => `/v1/catalogue/${await begun(society, '/v1/catalogue', entry)}/changes`,
    { ...entry, minutes: 60 },
    { ...entry, minutes: 45 },
  ),
  'delist-entry': async (society) => ({
    by: society.clients.admin,
    path: `/v1/catalogue/${await begun(society, '/v1/catalogue', entry)}/delistings`,
    body: {},
  }),
  'schedule-session': async (society) => {
    const body = { entry: await begun(society, '/v1/catalogue', entry), from };
    const other = { body: { ...body, from: today } };
    return { by: society.clients.admin, path: '/v1/sessions', body, other };
  },
  'cancel-session': async (society) => ({
    by: society.clients.admin,
    path: `${await session(society)}/cancellations`,
    body: {},
  }),
  'record-attendance': async (society) => {
    const { clients, people } = society;
    const rows = (minutes: number) => ({
      entries: [{ person: people.member, minutes, role: 'attendee' }],
    });
    const path = `${await session(society)}/registers`;
    return { by: clients.admin, path, body: rows(60), other: { body: rows(90) } };
  },
  'correct-attendance': async (society) => {
    const { clients, people } = society;
    const rows = (minutes: number) => ({
      entries: [{ person: people.member, minutes, role: 'attendee' }],
    });
    const at = await session(society);
    await made(clients.admin.post(`${at}/registers`, rows(60)));
    const path = `${at}/corrections`;
    return { by: clients.admin, path, body: rows(90), other: { body: rows(0) } };
  },
  'begin-scheme': two(
    () => '/v1/schemes',
    { version: 1, effectiveFrom: from, rulebook },
    { version: 1, effectiveFrom: today, rulebook },
  ),
  'publish-rulebook': two(
    async (society) => {
      const first = { version: 1, effectiveFrom: from, rulebook };
      return `/v1/schemes/${await begun(society, '/v1/schemes', first)}/rulebooks`;
    },
    { version: 2, effectiveFrom: today, rulebook },
    { version: 2, effectiveFrom: tomorrow, rulebook },
  ),
  'adopt-rulebook': async (society) => {
    const { admin } = society.clients;
    const of = await somebody(society);
    const first = { version: 1, effectiveFrom: from, rulebook };
    const { scheme } = (await made(admin.post('/v1/schemes', first))).ids;
    const early = { ...rulebook, early: { from } };
    const next = { version: 2, effectiveFrom: addDays(today, 9), rulebook: early };
    await made(admin.post(`/v1/schemes/${scheme}/rulebooks`, next));
    await made(admin.post(`${of}/schemes`, { scheme, on: from }));
    const body = { scheme, version: 2 };
    const other = { body: { ...body, from: tomorrow } };
    return { by: admin, path: `${of}/rulebook-adoptions`, body, other };
  },
  'appoint-assessor': two(
    ({ scheme }) => `/v1/schemes/${scheme}/appointments`,
    { person: v4(), from },
    { person: v4(), from },
  ),
  'end-appointment': two(
    async (society) => {
      const at = `/v1/schemes/${society.scheme}/appointments`;
      return `${at}/${await begun(society, at, { person: v4(), from })}/endings`;
    },
    { until: tomorrow },
    { until: addDays(today, 2) },
  ),
  'constitute-panel': two(
    ({ scheme }) => `/v1/schemes/${scheme}/panels`,
    { members: [v4()], quorum: 1, from },
    { members: [v4()], quorum: 1, from },
  ),
  'declare-interest': two(
    ({ scheme }) => `/v1/schemes/${scheme}/interests`,
    { person: v4(), in: v4(), kind: 'employer', from },
    { person: v4(), in: v4(), kind: 'employer', from },
  ),
  'propose-correction': async (society) => {
    const body = await proposal(society);
    const other = { body: { ...body, reasons: ['other'] } };
    return { by: society.clients.admin, path: '/v1/corrections', body, other };
  },
  'approve-correction': async (society) => {
    const id = await begun(society, '/v1/corrections', await proposal(society));
    const path = `/v1/corrections/${id}`;
    const { digest } = (await society.clients.admin.get(path)).body;
    const other = { body: { digest, reasons: ['other'] } };
    return { by: society.clients.second, path: `${path}/approvals`, body: { digest }, other };
  },
};

async function proposal(society: TestSociety) {
  const of = await somebody(society);
  const ended = society.clients.admin.post(`${of}/endings`, { how: 'Lapsed', effectiveOn: today });
  const item = {
    person: of.slice('/v1/members/'.length),
    eventId: (await made(ended)).events[0].id,
  };
  return { item, change: { kind: 'retract' }, reasons: ['administrative-error'], asOf: 1 };
}
