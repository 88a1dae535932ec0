import { createHash } from 'node:crypto';
import type { AnyFact } from '../events/registry.ts';
import { canonical } from '../proofs/jcs.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import { isStatementFact } from '../scheme/facts.ts';
import type { Outcome } from '../scheme/outcome.ts';
import { recordedBy } from '../scheme/recorded.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import type { Statement } from '../scheme/statement.ts';
import { coreOf } from '../scheme/statement-core.ts';
import { mustBeOne } from './cycle-asked.ts';
import type { AsOf } from './member-facts.ts';
import { pageOf, placeOf } from './paging.ts';
import { type StatementWanted, statementOf } from './standing-member.ts';
import {
  booksAsOf,
  endOfRows,
  type StandingSource,
  type Walked,
  walkMembers,
} from './standing-walk.ts';
import type { Page, PageRequest } from './views.ts';

/**
 * How a member's cycle stands to being closed. `running`: it is not over. `open`: nothing was determined.
 * `stands`: what was determined is what the facts still say. `provisional`: the outcome was one that time
 * changes (in grace, paused, not yet due), and is another now. `reopened`, `noted`: facts recorded since change
 * the statement, and the rulebook says `afterClosing: reopens`, or does not.
 */
export const closingStates = [
  'running',
  'open',
  'stands',
  'provisional',
  'reopened',
  'noted',
] as const;
export type ClosingState = (typeof closingStates)[number];

/** States in which closing the cycle determines something. */
export const dueStates: readonly ClosingState[] = ['open', 'provisional', 'reopened'];

/** What was determined last of a cycle. */
export interface Determined {
  event: string;
  outcome: Outcome;
  digest: string;
  index: number;
  /** The day for which its statement is true. */
  on: CivilDate;
  /** Version of the rulebook that governed the cycle then; absent where there is no such statement any more. */
  version?: number;
}

/** What a member's cycle comes to on a day, and what was determined of it before. */
export interface CycleOutcome {
  member: string;
  cycle: string;
  on: CivilDate;
  /** The day from which the cycle is over. */
  until: CivilDate;
  outcome: Outcome;
  /** SHA-256 (hex) of the statement on that day as of the index of the page. */
  digest: string;
  /** The fact that published the rulebook which governs the cycle. */
  rulebook: string;
  /** Its version. */
  version: number;
  state: ClosingState;
  determined?: Determined;
}

export interface OutcomeQuery extends StatementWanted {
  cycle: string;
  asOf?: AsOf | undefined;
  states?: readonly ClosingState[] | undefined;
}

/** A page of outcomes by member, all as of one index. */
export type OutcomePage = Page<CycleOutcome> & { asOf: number };

/** SHA-256 (hex) over the canonical JSON of a statement's core: what a determination holds. */
export function digestOfStatement(statement: Statement): string {
  return createHash('sha256')
    .update(canonical(coreOf(statement)))
    .digest('hex');
}

/** Outcomes of a cycle, ordered by member. @throws BadCursor; RangeError when the time is no instant */
export async function outcomePage(
  source: StandingSource,
  query: OutcomeQuery,
  page: PageRequest,
): Promise<OutcomePage> {
  const place = placeOf(page.cursor, ['number', 'string']) as [number, string] | undefined;
  const asOf = await endOfRows(source, place === undefined ? query.asOf : { index: place[0] });
  const { scheme, states } = query;
  const books = booksBy(source, scheme);
  const found: CycleOutcome[] = [];
  const walk = walkMembers(source, { scheme, end: asOf, after: place?.[1] ?? '' });
  for await (const walked of walk) {
    const outcome = await outcomeOfCycle(walked, query, books, asOf);
    if (outcome === undefined || states?.includes(outcome.state) === false) continue;
    found.push(outcome);
    if (found.length > page.limit) break;
  }
  const items = pageOf(
    found,
    page,
    ({ member }) => [asOf, member],
    (outcome) => outcome,
  );
  return { ...items, asOf };
}

type BooksAt = (end: number) => Promise<PublishedRulebook[]>;

/** Rulebooks as of any index, each read once: a closing determines many at the same. */
function booksBy(source: StandingSource, scheme: string): BooksAt {
  const known = new Map<number, Promise<PublishedRulebook[]>>();
  return (end) => {
    const books = known.get(end) ?? booksAsOf(source, scheme, end);
    known.set(end, books);
    return books;
  };
}

async function outcomeOfCycle(
  { member, facts, rows }: Walked,
  { scheme, cycle: asked, on }: OutcomeQuery,
  booksAt: BooksAt,
  asOf: number,
): Promise<CycleOutcome | undefined> {
  const books = await booksAt(asOf);
  const now = statementOf(books, facts, { scheme, cycle: asked, on });
  if (now === undefined) {
    const recorded = recordedBy(facts.filter(isStatementFact), scheme);
    mustBeOne(books, recorded, { scheme, cycle: asked, on });
    return undefined;
  }
  const { cycle } = now.cycle;
  const book = books.find(({ eventId }) => eventId === now.rulebook.eventId);
  const common = {
    member,
    cycle,
    on,
    until: now.cycle.until,
    outcome: now.outcome,
    digest: digestOfStatement(now),
    rulebook: now.rulebook.eventId,
    version: now.rulebook.version,
  };
  const determined = lastDetermined(facts, scheme, cycle);
  if (determined === undefined) {
    return { ...common, state: on < now.cycle.until ? 'running' : 'open' };
  }
  const wanted = { scheme, cycle, on: determined.on };
  const then = rows.factsOf(member, determined.index);
  const before = statementOf(await booksAt(determined.index), then, wanted);
  const changed = textOf(before) !== textOf(statementOf(books, facts, wanted));
  const reopens = book?.rulebook.afterClosing === 'reopens';
  const ripe = ripening.has(determined.outcome) && now.outcome !== determined.outcome;
  const state = ripe ? 'provisional' : !changed ? 'stands' : reopens ? 'reopened' : 'noted';
  const version = before && { version: before.rulebook.version };
  return { ...common, state, determined: { ...determined, ...version } };
}

/** Outcomes that time alone changes. */
const ripening: ReadonlySet<Outcome> = new Set(['in-grace', 'paused', 'not-yet-due']);

function textOf(statement: Statement | undefined): string {
  return statement === undefined ? '' : canonical(statement);
}

function lastDetermined(
  facts: readonly AnyFact[],
  scheme: string,
  cycle: string,
): Determined | undefined {
  const last = facts.findLast(
    (fact) =>
      fact.type === 'CycleDetermined' && fact.data.scheme === scheme && fact.data.cycle === cycle,
  );
  if (last?.type !== 'CycleDetermined') return undefined;
  const { outcome, digest, index } = last.data;
  return { event: last.id, outcome, digest, index, on: last.metadata.submittedOn?.on ?? '' };
}
