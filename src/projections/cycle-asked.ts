import { withoutRetracted } from '../events/retraction.ts';
import { begunBy, cycleNames, cyclesBeginning } from '../scheme/cycle-names.ts';
import { isStatementFact } from '../scheme/facts.ts';
import { memberInScheme } from '../scheme/member-in-scheme.ts';
import { type Recorded, recordedBy } from '../scheme/recorded.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import { cycleWanted } from '../scheme/statement.ts';
import type { EventStore } from '../store/event-store.ts';
import { ZONE } from './day-handed-in.ts';
import { endOf, memberFacts } from './member-facts.ts';
import type { StandingQuery } from './standing-report.ts';
import { booksAsOf, endOfRows, type StandingSource, walkKnown } from './standing-walk.ts';
import { rulebooksOf, type StatementQuery } from './statement.ts';
import { NoSuchCycle } from './views.ts';

/** What may be meant at all: a year, a first day, or the window that rolls. */
const NAME = /^(\d{4}|\d{4}-\d{2}-\d{2}|rolling)$/;

/**
 * Refuses a cycle that nobody in the scheme has. It stops at the first who has it; where nobody takes part, a name
 * that could be one is as good as another.
 *
 * @throws NoSuchCycle
 */
export async function mustBeCycle(
  source: StandingSource,
  { scheme, cycle, on, asOf }: Pick<StandingQuery, 'scheme' | 'cycle' | 'on' | 'asOf'>,
): Promise<void> {
  if (cycle === undefined) return;
  const end = await endOfRows(source, asOf);
  const books = await booksAsOf(source, scheme, end);
  const names = new Set<string>();
  for await (const { recorded } of walkKnown(source, { scheme, end, after: '' })) {
    const wanted = { scheme, cycle, on, zone: ZONE };
    if (cycleWanted(books, recorded, wanted) !== undefined) return;
    const member = memberInScheme(books, recorded, wanted);
    for (const name of member === undefined ? [] : cycleNames(member, on)) names.add(name);
  }
  if (names.size > 0 || !NAME.test(cycle)) throw noSuchCycle(cycle, [...names]);
}

/**
 * Says why a member has no statement, where it is for want of the cycle: they take part in the scheme.
 *
 * @throws NoSuchCycle
 */
export async function mustHaveCycle(
  store: EventStore,
  member: string,
  { scheme, cycle, on, asOf }: StatementQuery,
): Promise<void> {
  if (cycle === undefined) return;
  const end = await endOf(store, asOf);
  const facts = withoutRetracted(await memberFacts(store, member, end)).filter(isStatementFact);
  const books = await rulebooksOf(store, scheme, end);
  const known = memberInScheme(books, recordedBy(facts, scheme), { scheme, on, zone: ZONE });
  if (known === undefined || books.length === 0) return;
  throw noSuchCycle(
    cycle,
    cycleNames(known, on),
    cyclesBeginning(known.books, known.anchor, cycle),
  );
}

/**
 * Refuses a year in which several cycles of a member begin: a report would leave them out and not say so.
 *
 * @throws NoSuchCycle
 */
export function mustBeOne(
  books: readonly PublishedRulebook[],
  recorded: Recorded,
  { scheme, cycle = '', on }: Pick<StandingQuery, 'scheme' | 'cycle' | 'on'>,
): void {
  const member = memberInScheme(books, recorded, { scheme, on, zone: ZONE });
  if (member === undefined || cycle.length !== 4) return;
  const names = cycleNames(member, begunBy(cycle)).filter((name) => name.slice(0, 4) === cycle);
  if (names.length > 1) throw noSuchCycle(cycle, [], names);
}

function noSuchCycle(asked: string, there: string[], several: string[] = []): NoSuchCycle {
  const begin = several.length > 1;
  const all = (begin ? several : there).sort();
  const named = all.slice(-MOST_NAMED).join(', ');
  const earlier = all.length > MOST_NAMED ? `, and ${all.length - MOST_NAMED} before these` : '';
  const are =
    all.length === 0 ? 'nobody takes part in this scheme' : `cycles are ${named}${earlier}`;
  const why = begin ? `several cycles begin in ${asked}` : `there is no cycle "${asked}"`;
  return new NoSuchCycle(`${why}; ${are}`);
}

const MOST_NAMED = 12;
