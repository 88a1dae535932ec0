import { setImmediate as turn } from 'node:timers/promises';
import type { AnyFact } from '../events/registry.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import type { Database } from '../store/driver.ts';
import type { EventStore } from '../store/event-store.ts';
import { type AsOf, endOf } from './member-facts.ts';
import { type Known, openStandingRows, type StandingRows } from './standing-rows.ts';
import { rulebooksOf } from './statement.ts';

/** What reports of standing read: the rows in use, how far they have come, and the ledger for its rulebooks. */
export interface StandingSource {
  store: EventStore;
  /** The rows in use now; others after a rebuild. */
  rows(): Promise<Database>;
  /** Facts that the rows hold. */
  count(): number;
}

/** A member with their facts as of the index that the walk looks at. */
export interface Walked {
  member: string;
  facts: AnyFact[];
  /** The rows, for another look at the same member. */
  rows: StandingRows;
}

/** Members of a scheme that are looked up at a time. */
const MEMBERS = 256;
/** Members that are read and weighed at a stretch: others on this thread wait for them, a millisecond or so. */
const FOLDED = 4;
const KEPT = 12;

interface Walking {
  scheme: string;
  end: number;
  /** Members after this one. */
  after: string;
}

/** How many facts a report looks at: no more than the rows hold. @throws RangeError when a time is no instant */
export async function endOfRows(source: StandingSource, asOf: AsOf | undefined): Promise<number> {
  await source.rows();
  return Math.min(await endOf(source.store, asOf), source.count());
}

/** The rulebooks of a scheme as of an index, in the order of publication; none where there is no such scheme. */
export async function booksAsOf(
  source: StandingSource,
  scheme: string,
  end: number,
): Promise<PublishedRulebook[]> {
  return rulebooksOf(source.store, scheme, end);
}

/** Members of a scheme as of an index, in order, after one of them, with their facts. */
export function walkMembers(source: StandingSource, walking: Walking): AsyncGenerator<Walked> {
  return walk(source, walking, FOLDED, (rows, members) =>
    members.map((member) => ({ member, facts: rows.factsOf(member, walking.end), rows })),
  );
}

/** The same with what their facts come to in the scheme. */
export function walkKnown(source: StandingSource, walking: Walking): AsyncGenerator<Known> {
  const { scheme, end } = walking;
  return walk(source, walking, KEPT, (rows, members) => rows.knownOf(members, scheme, end));
}

/**
 * Goes through members a few at a time, and lets others have their turn in between: rows that come meanwhile have a
 * higher index, so what is seen is of one moment.
 */
async function* walk<Seen>(
  source: StandingSource,
  { scheme, end, after }: Walking,
  atOnce: number,
  look: (rows: StandingRows, members: readonly string[]) => Seen[],
): AsyncGenerator<Seen> {
  let database = await source.rows();
  let rows = openStandingRows(database);
  for (let last = after; ; ) {
    const members = rows.membersOf(scheme, end, last, MEMBERS);
    for (let from = 0; from < members.length; from += atOnce) {
      yield* look(rows, members.slice(from, from + atOnce));
      await turn();
      const now = await source.rows();
      if (now === database) continue;
      database = now;
      rows = openStandingRows(database);
    }
    if (members.length < MEMBERS) return;
    last = members.at(-1) ?? last;
  }
}
