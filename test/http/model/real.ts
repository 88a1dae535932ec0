import { expect } from 'chai';
import { v4 } from 'uuid';
import type { Answered, Client } from '../../support/server.ts';
import { made, type TestSociety } from '../../support/society.ts';
import { awardedIn, type Expected, type Model, shownState } from './model.ts';

/** Who acts in the model: the member, two assessors, two admins. */
export type Who = 'member' | 'first' | 'second' | 'admin' | 'other-admin';

/** The real server with a member of its own for one run, and everything that was sent about them. */
export interface Real {
  society: TestSociety;
  member: string;
  clients: Record<Who, Client>;
  sent: { who: Who; path: string; body: unknown; key: string; answer: Answered }[];
}

/** Registers a fresh member who has joined the scheme and signs in. */
export async function freshReal(society: TestSociety): Promise<Real> {
  const { admin, assessor, reviewer, second } = society.clients;
  const subject = v4();
  const body = { name: 'Invented', number: subject.slice(0, 13), grade: 'full', on: '2024-01-01' };
  const { member } = (await made(admin.post('/v1/members', body))).ids;
  const { scheme } = society;
  await made(admin.post(`/v1/members/${member}/schemes`, { scheme, on: '2024-01-01' }));
  await made(admin.post(`/v1/persons/${member}/sign-ins`, { issuer: 'local', subject }));
  const own = await society.as(subject);
  const clients = { member: own, first: assessor, second: reviewer, admin, 'other-admin': second };
  return { society, member, clients, sent: [] };
}

/** Sends a command below the member's path, and looks whether it came to what the model expects. */
export async function act(
  { clients, member, sent }: Real,
  model: Model,
  who: Who,
  below: string,
  body: unknown,
  expected: Expected,
): Promise<Answered | undefined> {
  // Who was erased signs in as nobody; on them nothing is decided.
  const wanted = !model.erased ? expected : who === 'member' ? 'not-linked' : 'erased';
  const path = `/v1/members/${member}${below}`;
  const key = v4();
  const answer = await clients[who].post(path, body, { 'Idempotency-Key': key });
  const came = answer.status === 201 ? 'done' : answer.body.code;
  expect(came, `${path} ${JSON.stringify(body)}`).to.equal(wanted);
  if (came !== 'done') return undefined;
  sent.push({ who, path, body, key, answer });
  return answer;
}

/** Compares everything that can be asked about the member with the model. */
export async function agree(real: Real, model: Model): Promise<void> {
  const { auditor } = real.society.clients;
  const path = `/v1/members/${real.member}`;
  const shown = (await auditor.get(`${path}/claims`)).body.items;
  expect(
    shown.map(({ claim, lines }: Shown) => [
      claim,
      lines.map(({ line, state }) => [line.lineId, state]),
    ]),
  ).to.deep.equal(
    model.claims.map((claim) => [
      claim.id,
      claim.lines.map((line) => [line.id, shownState(claim, line)]),
    ]),
  );
  const awarded = awardedIn(model);
  const { statement } = (
    await auditor.get(`${path}/statement?cycle=2026&scheme=${real.society.scheme}`)
  ).body;
  expect(statement.awarded, 'awarded by the statement').to.equal(awarded);
  const { facts } = (await auditor.get(`${path}/history`)).body;
  expect(sum(facts.at(-1).awarded), 'awarded by the history').to.equal(awarded);
  const { position } = await real.society.ledger.store.head();
  const balances = await auditor.get(`/v1/balances?member=${real.member}`, {
    'Ledger-At-Least': String(position),
  });
  const rows = balances.body.items.map(({ awarded: points }: { awarded: number }) => ({ points }));
  expect(sum(rows), 'awarded by the balances').to.equal(awarded);
}

interface Shown {
  claim: string;
  lines: { line: { lineId: string }; state: string }[];
}

function sum(rows: { points: number }[]): number {
  return rows.reduce((total, { points }) => total + points, 0);
}
