import { v4 } from 'uuid';
import { addDays } from '../../src/scheme/civil-date.ts';
import { made, type TestSociety } from '../support/society.ts';
import { type Repeats, type Sent, somebody } from './repeats.ts';

const today = new Date().toISOString().slice(0, 10);
const from = '2025-01-01';
const tomorrow = addDays(today, 1);
const council = { name: 'Overby Council', type: 'district', from };

/** Begins something as the admin, and gives its id. */
async function begun({ clients }: TestSociety, path: string, body: object): Promise<string> {
  return Object.values((await made(clients.admin.post(path, body))).ids)[0] as string;
}

async function employment(society: TestSociety) {
  const of = await somebody(society);
  const body = { organisation: await begun(society, '/v1/organisations', council), from };
  return { of, id: await begun(society, `${of}/employments`, body) };
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

const ending = { until: today };
const later = { until: tomorrow };
const relief = { class: 'class-a', from };
const share = (num: number) => ({ share: { num, den: 5 }, from: today });

export const ofPosts: Repeats = {
  'start-employment': async (society) => {
    const path = `${await somebody(society)}/employments`;
    const body = { organisation: society.council, from };
    const other = { body: { ...body, from: today } };
    return { by: society.clients.admin, path, body, other };
  },
  'change-employment': two(
    async (society) => {
      const { of, id } = await employment(society);
      return `${of}/employments/${id}/changes`;
    },
    share(3),
    share(4),
  ),
  'end-employment': two(
    async (society) => {
      const { of, id } = await employment(society);
      return `${of}/employments/${id}/endings`;
    },
    ending,
    later,
  ),
  'start-placement': async (society) => {
    const { of, id } = await employment(society);
    const body = { host: society.council, from };
    const other = { body: { ...body, from: today } };
    return { by: society.clients.admin, path: `${of}/employments/${id}/placements`, body, other };
  },
  'end-placement': two(
    async (society) => {
      const { of, id } = await employment(society);
      const placements = `${of}/employments/${id}/placements`;
      const placed = await begun(society, placements, { host: society.council, from });
      return `${of}/placements/${placed}/endings`;
    },
    ending,
    later,
  ),
  'grant-relief': two(async (society) => `${await somebody(society)}/reliefs`, relief, {
    ...relief,
    class: 'class-b',
  }),
  'change-relief': two(
    async (society) => {
      const of = await somebody(society);
      return `${of}/reliefs/${await begun(society, `${of}/reliefs`, relief)}/changes`;
    },
    { ...relief, class: 'class-b' },
    { ...relief, class: 'class-c' },
  ),
  'end-relief': two(
    async (society) => {
      const of = await somebody(society);
      return `${of}/reliefs/${await begun(society, `${of}/reliefs`, relief)}/endings`;
    },
    ending,
    later,
  ),
  'extend-deadline': async (society) => {
    const body = { scheme: society.scheme, cycle: '2025', until: '2026-02-01' };
    const path = `${await somebody(society)}/deadlines`;
    const other = { body: { ...body, until: '2026-03-01' } };
    return { by: society.clients.admin, path, body, other };
  },
  'grant-sharing': async ({ clients, people, council: id }) => {
    const body = { to: { kind: 'organisation', id }, what: 'standing' };
    const other = { body: { ...body, what: 'contact' } };
    return { by: clients.other, path: `/v1/members/${people.other}/sharings`, body, other };
  },
  'withdraw-sharing': async ({ clients, people }) => {
    const of = `/v1/members/${people.other}/sharings`;
    const body = { to: { kind: 'person', id: v4() }, what: 'skills' };
    const { ids } = await made(clients.other.post(of, body));
    const path = `${of}/${ids.sharing}/endings`;
    return { by: clients.other, path, body: ending, other: { body: later } };
  },
};
