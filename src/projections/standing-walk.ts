import { setImmediate as turn } from 'node:timers/promises';
import type { AnyFact } from '../events/registry.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import type { Database } from '../store/driver.ts';
import type { EventStore } from '../store/event-store.ts';
import { type AsOf, endOf } from './member-facts.ts';
import { openStandingRows, type StandingRows } from './standing-rows.ts';
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

const MEMBERS = 64;
/** Facts that are weighed at a stretch: others on this thread wait for it a few milliseconds. */
const STRETCH = 200;

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

/**
 * Members of a scheme as of an index, in order, after one of them. In between it lets others have their turn:
 * rows that come meanwhile have a higher index, so what is seen is of one moment.
 */
export async function* walkMembers(
  source: StandingSource,
  { scheme, end, after }: { scheme: string; end: number; after: string },
): AsyncGenerator<Walked> {
  let database = await source.rows();
  let rows = openStandingRows(database);
  let read = 0;
  for (let last = after; ; ) {
    const members = rows.membersOf(scheme, end, last, MEMBERS);
    for (const member of members) {
      const facts = rows.factsOf(member, end);
      read += facts.length;
      yield { member, facts, rows };
      if (read < STRETCH) continue;
      read = 0;
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
