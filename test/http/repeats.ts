import { v4 } from 'uuid';
import { addDays } from '../../src/scheme/civil-date.ts';
import type { Client } from '../support/server.ts';
import { course, made, type TestSociety } from '../support/society.ts';

/** A command as it is sent, and what else would be another command under the same key. */
export interface Sent {
  by: Client;
  path: string;
  body?: unknown;
  /** Another body; or the same on something else of the same stream. Absent where there is none. */
  other?: { body: unknown } | { path: string };
}
export type Repeats = Record<string, (society: TestSociety) => Promise<Sent>>;

const today = new Date().toISOString().slice(0, 10);
const tomorrow = addDays(today, 1);
const from = '2025-01-01';
const reason = 'It is said here.';
const hours = (amount: number) => ({
  lines: [{ ...course.lines[0], quantity: { amount, unit: 'minute' } }],
});

const newNumber = (): string => v4().slice(0, 13);

export const details = (number: string) => ({
  name: 'Somebody New',
  number,
  grade: 'full',
  on: from,
});

/** A member of their own, in the scheme. */
export async function somebody({ clients, scheme }: TestSociety): Promise<string> {
  const member: string = (await made(clients.admin.post('/v1/members', details(newNumber())))).ids
    .member;
  const of = `/v1/members/${member}`;
  await made(clients.admin.post(`${of}/schemes`, { scheme, on: from }));
  return of;
}

const own = ({ people }: TestSociety): string => `/v1/members/${people.member}`;

async function claim(society: TestSociety, of = own(society)): Promise<string> {
  const { ids } = await made(society.clients.admin.post(`${of}/claims`, course));
  return `${of}/claims/${ids.claim}`;
}

async function lineOf({ clients }: TestSociety, at: string): Promise<string> {
  return (await clients.admin.get(at)).body.lines[0].line.lineId;
}

async function decided(society: TestSociety, how: 'approvals' | 'rejections') {
  const at = await claim(society);
  const lineId = await lineOf(society, at);
  const body = how === 'approvals' ? { lines: [{ lineId }] } : { lines: [lineId], reason };
  const { events } = await made(society.clients.assessor.post(`${at}/${how}`, body));
  return { at, fact: events[0].id as string };
}

/** An assessor beside the first one. */
async function secondAssessor(society: TestSociety): Promise<Client> {
  const appointments = `/v1/schemes/${society.scheme}/appointments`;
  const person = society.people.reviewer;
  await made(society.clients.admin.post(appointments, { person, from }));
  return society.clients.reviewer;
}

const atMember =
  (what: string, body: object, other: object, as: 'admin' | 'member' = 'admin') =>
  async (society: TestSociety): Promise<Sent> => ({
    by: society.clients[as],
    path: `${await (as === 'member' ? own(society) : somebody(society))}/${what}`,
    body,
    other: { body: other },
  });

export const ofMembers: Repeats = {
  'register-member': async ({ clients }) => {
    const number = newNumber();
    return {
      by: clients.admin,
      path: '/v1/members',
      body: details(number),
      other: { body: { ...details(number), grade: 'associate' } },
    };
  },
  'change-details': atMember('details', { name: 'Anew' }, { name: 'Otherwise' }),
  // With another number its key is `command-reused` in the vault, before the ledger is asked.
  'correct-number': async (society) => ({
    by: society.clients.admin,
    path: `${await somebody(society)}/numbers`,
    body: { number: newNumber() },
  }),
  'change-grade': atMember(
    'grades',
    { grade: 'fellow', effectiveOn: today },
    { grade: 'retired', effectiveOn: today },
  ),
  'end-membership': atMember(
    'endings',
    { how: 'Lapsed', effectiveOn: today },
    { how: 'Resigned', effectiveOn: today },
  ),
  'resume-membership': async (society) => {
    const of = await somebody(society);
    const ended = { how: 'Lapsed', effectiveOn: '2026-01-01' };
    await made(society.clients.admin.post(`${of}/endings`, ended));
    const body = { how: 'Reinstated', effectiveOn: '2026-02-01' };
    const other = { body: { ...body, effectiveOn: '2026-03-01' } };
    return { by: society.clients.admin, path: `${of}/resumptions`, body, other };
  },
  'join-scheme': async (society) => {
    const { ids } = await made(society.clients.admin.post('/v1/members', details(newNumber())));
    const body = { scheme: society.scheme, on: from };
    const other = { body: { ...body, on: today } };
    return { by: society.clients.admin, path: `/v1/members/${ids.member}/schemes`, body, other };
  },
  'leave-scheme': async (society) => {
    const path = `${await somebody(society)}/scheme-endings`;
    const body = { scheme: society.scheme, on: today };
    return { by: society.clients.admin, path, body, other: { body: { ...body, on: tomorrow } } };
  },
  'bring-in-points': async (society) => {
    const path = `${await somebody(society)}/opening-balances`;
    const body = { scheme: society.scheme, cycle: '2024', category: 'training', points: 100 };
    return { by: society.clients.admin, path, body, other: { body: { ...body, points: 200 } } };
  },
  'determine-cycle': async (society) => {
    const path = `${await somebody(society)}/determinations`;
    const body = { scheme: society.scheme, cycle: '2025' };
    return { by: society.clients.admin, path, body, other: { body: { ...body, cycle: '2026' } } };
  },
  'absorb-duplicate': async (society) => {
    const [path, one, two] = [
      await somebody(society),
      await somebody(society),
      await somebody(society),
    ];
    const idIn = (at: string): string => at.slice('/v1/members/'.length);
    const body = { duplicate: idIn(one) };
    const other = { body: { duplicate: idIn(two) } };
    return { by: society.clients.admin, path: `${path}/duplicates`, body, other };
  },
  erase: async (society) => {
    const of = await somebody(society);
    const body = { scope: 'claim', claim: (await claim(society, of)).split('/').at(-1) };
    const other = { body: { scope: 'person' } };
    return { by: society.clients.admin, path: `${of}/erasures`, body, other };
  },
  'place-hold': atMember('holds', { reason }, { reason: 'Another.' }),
  'lift-hold': async (society) => {
    const of = await somebody(society);
    const at = async (): Promise<string> =>
      `${of}/holds/${(await made(society.clients.admin.post(`${of}/holds`, {}))).ids.hold}/endings`;
    return { by: society.clients.admin, path: await at(), body: {}, other: { path: await at() } };
  },
};

export const ofClaims: Repeats = {
  claim: atMember('claims', hours(60), hours(90), 'member'),
  'import-decided-claim': atMember(
    'imported-claims',
    { claim: course, decided: { on: '2026-02-01' } },
    { claim: course, decided: { on: '2026-02-02' } },
  ),
  'amend-claim': async (society) => {
    const path = `${await claim(society)}/amendments`;
    return { by: society.clients.member, path, body: hours(60), other: { body: hours(90) } };
  },
  'withdraw-claim': async (society) => ({
    by: society.clients.member,
    path: `${await claim(society)}/withdrawals`,
    body: {},
    other: { path: `${await claim(society)}/withdrawals` },
  }),
  'assign-claim': async (society) => ({
    by: society.clients.admin,
    path: `${await claim(society)}/assignments`,
    body: { assessor: society.people.assessor },
    other: { body: { assessor: society.people.reviewer } },
  }),
  'approve-claim': async (society) => {
    const at = await claim(society);
    const lines = [{ lineId: await lineOf(society, at) }];
    const other = { body: { lines, reasons: ['other'] } };
    return { by: society.clients.assessor, path: `${at}/approvals`, body: { lines }, other };
  },
  'reject-claim': async (society) => {
    const at = await claim(society);
    const body = { lines: [await lineOf(society, at)], reason };
    const other = { body: { ...body, reason: 'Another.' } };
    return { by: society.clients.assessor, path: `${at}/rejections`, body, other };
  },
  'return-claim': async (society) => {
    const path = `${await claim(society)}/returns`;
    const other = { body: { reason: 'Another.' } };
    return { by: society.clients.assessor, path, body: { reason }, other };
  },
  'revoke-approval': async (society) => {
    const { at, fact } = await decided(society, 'approvals');
    const body = { approval: fact, effect: { kind: 'void' }, reason };
    const other = { body: { ...body, effect: { kind: 'ended', from: today } } };
    return { by: society.clients.assessor, path: `${at}/revocations`, body, other };
  },
  'open-review': async (society) => {
    const { at, fact } = await decided(society, 'approvals');
    const body = { approval: fact, reason };
    const other = { body: { ...body, reason: 'Another.' } };
    return { by: society.clients.assessor, path: `${at}/reviews`, body, other };
  },
  'close-review': async (society) => {
    const { at, fact } = await decided(society, 'approvals');
    const opened = society.clients.assessor.post(`${at}/reviews`, { approval: fact, reason });
    const path = `${at}/reviews/${(await made(opened)).events[0].id}/outcomes`;
    const body = { outcome: 'upheld', reason };
    const other = { body: { outcome: 'overturned', reason } };
    return { by: society.clients.assessor, path, body, other };
  },
  'lodge-appeal': async (society) => {
    const { at, fact } = await decided(society, 'rejections');
    const body = { rejection: fact, reason };
    const other = { body: { ...body, reason: 'Another.' } };
    return { by: society.clients.member, path: `${at}/appeals`, body, other };
  },
  'decide-appeal': async (society) => {
    const { at, fact } = await decided(society, 'rejections');
    const lodged = society.clients.member.post(`${at}/appeals`, { rejection: fact, reason });
    const path = `${at}/appeals/${(await made(lodged)).events[0].id}/outcomes`;
    const body = { outcome: 'upheld', reason };
    const other = { body: { outcome: 'dismissed', reason } };
    return { by: await secondAssessor(society), path, body, other };
  },
  'attach-link': async (society) => ({
    by: society.clients.member,
    path: `${await claim(society)}/evidence`,
    body: { link: 'https://example.org/one' },
    other: { body: { link: 'https://example.org/two' } },
  }),
};
