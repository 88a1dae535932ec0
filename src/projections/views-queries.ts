import type { Database, Param } from '../store/driver.ts';
import type { DecisionSaid } from './decisions.ts';
import { pageOf, placeOf } from './paging.ts';
import { idsOf } from './persons.ts';
import type { Balance, DecisionTaken, Page, QueuedClaim, Registered, Views } from './views.ts';

/** The questions of `Views` as reads of one database, synchronous. See there what each promises. */

type Asked<Name extends 'balances' | 'queue' | 'decisions' | 'registered'> = Parameters<
  Views[Name]
>;

/** Conditions and what is bound to them, in order. */
interface Where {
  conditions: string[];
  params: Param[];
}

/** @throws BadCursor */
export function balancesIn(
  database: Database,
  ...[filter, page]: Asked<'balances'>
): Page<Balance> {
  const where: Where = { conditions: ['true'], params: [] };
  for (const column of ['member', 'scheme', 'cycle', 'category'] as const) {
    const value = filter[column];
    if (value !== undefined) also(where, `${column} = ?`, [value]);
  }
  const place = placeOf(page.cursor, ['string', 'string', 'string', 'string']);
  if (place !== undefined) also(where, '(member, scheme, cycle, category) > (?, ?, ?, ?)', place);
  const rows = select<Balance>(
    database,
    `SELECT member, scheme, cycle, category, sum(points) AS awarded FROM balances
     WHERE ${where.conditions.join(' AND ')}
     GROUP BY member, scheme, cycle, category HAVING sum(points) <> 0
     ORDER BY member, scheme, cycle, category LIMIT ?`,
    [...where.params, page.limit + 1],
  );
  const keyOf = ({ member, scheme, cycle, category }: Balance) => [member, scheme, cycle, category];
  return pageOf(rows, page, keyOf, (row) => ({ ...row }));
}

/** Who absorbed others has their claims too; each is named with the member in whose stream it stands. */
export function queueIn(database: Database, ...[filter, page]: Asked<'queue'>): Page<QueuedClaim> {
  const where: Where = { conditions: ['true'], params: [] };
  const { assignee, member } = filter;
  if (assignee === null) also(where, 'assignee IS NULL', []);
  else if (assignee !== undefined) alsoAny(where, 'assignee', idsOf(database, assignee));
  if (member !== undefined) alsoAny(where, 'member', idsOf(database, member));
  const place = placeOf(page.cursor, ['string', 'string']);
  if (place !== undefined) also(where, '(submitted_on, claim) > (?, ?)', place);
  const rows = select<QueueRow>(
    database,
    `SELECT claim, member, submitted_on, assignee, kinds, waiting FROM queue
     WHERE ${where.conditions.join(' AND ')} ORDER BY submitted_on, claim LIMIT ?`,
    [...where.params, page.limit + 1],
  );
  return pageOf(rows, page, ({ submitted_on, claim }) => [submitted_on, claim], queuedClaim);
}

/** Decisions taken under ids that the person absorbed are theirs. */
export function decisionsIn(
  database: Database,
  ...[{ by }, page]: Asked<'decisions'>
): Page<DecisionTaken> {
  const where: Where = { conditions: [], params: [] };
  alsoAny(where, 'person', idsOf(database, by));
  const place = placeOf(page.cursor, ['number', 'string']);
  if (place !== undefined) also(where, '(at, person) < (?, ?)', place);
  const rows = select<DecisionRow>(
    database,
    `SELECT * FROM decisions WHERE ${where.conditions.join(' AND ')}
     ORDER BY at DESC, person DESC LIMIT ?`,
    [...where.params, page.limit + 1],
  );
  return pageOf(rows, page, ({ at, person }) => [at, person], decisionTaken);
}

export function registeredIn(
  database: Database,
  ...[{ register, id, text }, page]: Asked<'registered'>
): Page<Registered> {
  const where: Where = { conditions: ['register = ?'], params: [register] };
  if (id !== undefined) also(where, 'id = ?', [id]);
  if (text !== undefined) also(where, 'instr(words, ?) > 0', [text.toLowerCase()]);
  const place = placeOf(page.cursor, ['number']);
  if (place !== undefined) also(where, 'at > ?', place);
  const rows = select<{ id: string; at: number; data: string }>(
    database,
    `SELECT id, at, data FROM registered WHERE ${where.conditions.join(' AND ')}
     ORDER BY at LIMIT ?`,
    [...where.params, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    ({ at }) => [at],
    ({ id: thing, at, data }) => ({ id: thing, index: at, data: JSON.parse(data) }),
  );
}

/** Ids of all schemes, in the order in which they began. */
export function schemesIn(database: Database): string[] {
  const sql = `SELECT id FROM registered WHERE register = 'scheme' ORDER BY at`;
  return select<{ id: string }>(database, sql, []).map(({ id }) => id);
}

function also(where: Where, condition: string, params: readonly Param[]): void {
  where.conditions.push(condition);
  where.params.push(...params);
}

function alsoAny(where: Where, column: string, values: readonly string[]): void {
  also(where, `${column} IN (${values.map(() => '?').join(', ')})`, values);
}

function select<Row>(database: Database, sql: string, params: readonly Param[]): Row[] {
  return database.prepare(sql).all(...params) as Row[];
}

interface QueueRow {
  claim: string;
  member: string;
  submitted_on: string;
  assignee: string | null;
  kinds: string;
  waiting: number;
}

function queuedClaim(row: QueueRow): QueuedClaim {
  const { claim, member, submitted_on: submittedOn, assignee, kinds, waiting: lines } = row;
  const assigned = assignee === null ? {} : { assignee };
  return { claim, member, submittedOn, ...assigned, kinds: kinds.split(' '), lines };
}

interface DecisionRow {
  member: string;
  at: number;
  person: string;
  said: string;
}

function decisionTaken({ member, at: index, person: by, said }: DecisionRow): DecisionTaken {
  return { index, by, member, ...(JSON.parse(said) as DecisionSaid) };
}
