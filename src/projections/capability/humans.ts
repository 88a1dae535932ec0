import { setImmediate as turn } from 'node:timers/promises';
import { idsOf, knownMergers, type Merger, mergersIn } from '../standing-rows.ts';
import type { StandingSource } from '../standing-walk.ts';
import type { DayNumber } from './days.ts';
import { type Credits, type Reader, readerOf } from './member-rows.ts';
import type { Post } from './posts.ts';

/** Somebody as rows know them, once, whatever ids they had. */
export interface Human {
  member: number;
  /** Of each id that they had. */
  numbers: readonly number[];
  /** By their first days. */
  posts: Post[];
  credits: Credits[];
}

export interface Walking {
  end: number;
  /** Skills of these days are wanted, and posts up to `postsUntil`. */
  first: DayNumber;
  last: DayNumber;
  postsUntil: DayNumber;
  /** Only credits from these sources. */
  sources?: readonly string[] | undefined;
  /** Only who has a post at one of these bodies; absent: everybody. */
  bodies?: readonly string[] | undefined;
  /** With `bodies`: whether posts elsewhere are wanted, too. */
  allPosts?: boolean | undefined;
}

/** Credits that are read at a stretch: others on this thread wait for it some milliseconds. */
const STRETCH = 10_000;

/**
 * Everybody who is there on those days. In between it lets others have their turn: rows that come meanwhile have a
 * higher index, so what is seen is of one moment.
 */
export async function* humans(source: StandingSource, walking: Walking): AsyncGenerator<Human> {
  let database = await source.rows();
  let read = readerOf(database, walking);
  const lookAgain = async (): Promise<void> => {
    const now = await source.rows();
    if (now === database) return;
    database = now;
    read = readerOf(database, walking);
  };
  const mergers = knownMergers(mergersIn(database), walking.end);
  const merged = mergedHumans(read, mergers);
  const known = new Set(merged.flatMap(({ numbers }) => numbers));
  let count = 0;
  for (let last = -1; ; ) {
    const page = walking.bodies === undefined ? read.after(last) : read.at(walking.bodies);
    for (const [member, posts] of page.posts) {
      if (known.has(member)) continue;
      // Whoever asks may have waited for something else meanwhile.
      if (!database.isOpen) await lookAgain();
      const credits = read.credits(member);
      yield { member, numbers: [member], posts, credits: [credits] };
      count += credits.terms.length + 1;
      if (count < STRETCH) continue;
      count = 0;
      await turn();
      await lookAgain();
    }
    if (page.last === undefined) break;
    last = page.last;
    await lookAgain();
  }
  for (const { numbers, posts } of merged) {
    const [member] = numbers;
    if (member === undefined || posts.length === 0) continue;
    if (!database.isOpen) await lookAgain();
    yield { member, numbers, posts, credits: numbers.map(read.credits) };
  }
}

/** Humans who had several ids, the number of the one that goes on first, and where they are by all that was said. */
function mergedHumans(read: Reader, mergers: readonly Merger[]) {
  const gone = new Set(mergers.map(({ duplicate }) => duplicate));
  const survivors = new Set(mergers.map(({ survivor }) => survivor));
  const roots = [...survivors].filter((id) => !gone.has(id));
  const seen = new Set<string>();
  const found: { numbers: number[]; posts: Post[] }[] = [];
  // Two that absorbed each other have no root: whoever of them comes first stands for both.
  for (const root of [...roots, ...survivors]) {
    if (seen.has(root)) continue;
    const ids = idsOf(root, mergers).filter((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    const numbers = ids.flatMap((id) => read.numberOf(id) ?? []);
    found.push({ numbers, posts: read.mergedPosts(numbers) });
  }
  return found;
}
