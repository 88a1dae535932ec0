import { setImmediate as turn } from 'node:timers/promises';
import type { Database, Statement } from '../../store/driver.ts';
import { idsOf, knownMergers, type Merger, mergersIn } from '../standing-rows.ts';
import type { StandingSource } from '../standing-walk.ts';
import type { DayNumber } from './days.ts';
import { type Post, postsOf, type SaidOfMember } from './posts.ts';
import { MEMBERS_AFTER, MEMBERS_AT, POSTS_OF, SAID_OF, SKILLS_OF } from './queries.ts';
import { knownBelow } from './recorded.ts';

/** Skills that somebody has, column by column: the first of each is of the first credit. */
export interface Credits {
  terms: number[];
  from: DayNumber[];
  until: DayNumber[];
  /** The day from which it is stale in any case. */
  validUntil: DayNumber[];
}

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
}

const MEMBERS = 256;
/** Credits that are read at a stretch: others on this thread wait for it some milliseconds. */
const STRETCH = 10_000;

/**
 * Everybody who is there on those days. In between it lets others have their turn: rows that come meanwhile have a
 * higher index, so what is seen is of one moment.
 */
export async function* humans(source: StandingSource, walking: Walking): AsyncGenerator<Human> {
  let database = await source.rows();
  let read = readerOf(database, walking);
  const mergers = knownMergers(mergersIn(database), walking.end);
  const merged = mergedHumans(read, mergers);
  const known = new Set(merged.flat());
  let count = 0;
  for (let last = -1; ; ) {
    const members = walking.bodies === undefined ? read.after(last) : read.at(walking.bodies);
    for (const member of members) {
      if (known.has(member)) continue;
      const posts = read.posts(member);
      if (posts.length === 0) continue;
      const credits = read.credits(member);
      yield { member, numbers: [member], posts, credits: [credits] };
      count += credits.terms.length + 1;
      if (count < STRETCH) continue;
      count = 0;
      await turn();
      const now = await source.rows();
      if (now === database) continue;
      database = now;
      read = readerOf(database, walking);
    }
    if (walking.bodies !== undefined || members.length < MEMBERS) break;
    last = members.at(-1) ?? last;
  }
  for (const numbers of merged) {
    const posts = read.mergedPosts(numbers);
    const [member] = numbers;
    if (member === undefined || posts.length === 0) continue;
    yield { member, numbers, posts, credits: numbers.map(read.credits) };
  }
}

interface Reader {
  after(member: number): number[];
  at(bodies: readonly string[]): number[];
  posts(member: number): Post[];
  /** The posts of one human whose ids these were: of all that was said of them. */
  mergedPosts(numbers: readonly number[]): Post[];
  credits(member: number): Credits;
  numberOf(person: string): number | undefined;
}

type PostRow = [from: number, until: number, grade: string, organisation: string, people: number];

function readerOf(database: Database, { end, first, last, postsUntil, sources }: Walking): Reader {
  const arrays = (sql: string): Statement => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  const after = arrays(MEMBERS_AFTER);
  const at = arrays(MEMBERS_AT);
  const posts = arrays(POSTS_OF);
  const skills = arrays(SKILLS_OF);
  const said = arrays(SAID_OF);
  const found = new Map<number, SaidOfMember[]>();
  const days = [end, first, postsUntil] as const;
  const wantedSources = sources === undefined ? null : JSON.stringify(sources);
  return {
    after: (member) => (after.all(member, MEMBERS) as [number][]).map(([one]) => one),
    at: (bodies) => {
      const all = bodies.flatMap((body) => at.all(...days, body) as [number][]);
      return [...new Set(all.map(([one]) => one))].sort((a, b) => a - b);
    },
    posts: (member) => (posts.all(...days, member) as PostRow[]).map(postOf),
    mergedPosts: (numbers) => {
      const all = numbers.flatMap((number) => found.get(number) ?? []);
      const known = knownBelow(all, end).sort((a, b) => a.at - b.at);
      return postsOf(known).filter(({ from, until }) => from <= postsUntil && until > first);
    },
    credits: (member) => {
      const row = skills.get(end, first, last, member, wantedSources) as unknown as string[];
      const [terms, from, until, validUntil] = row.map((text) => JSON.parse(text) as number[]);
      return { terms, from, until, validUntil } as Credits;
    },
    numberOf: (person) => {
      const row = said.get(person) as unknown as [number, string] | undefined;
      if (row !== undefined) found.set(row[0], JSON.parse(row[1]) as SaidOfMember[]);
      return row?.[0];
    },
  };
}

function postOf([from, until, grade, organisation, people]: PostRow): Post {
  return { from, until, grade, organisation, people };
}

/** The numbers of each human who had several ids, the one that goes on first. */
function mergedHumans(read: Reader, mergers: readonly Merger[]): number[][] {
  const gone = new Set(mergers.map(({ duplicate }) => duplicate));
  const survivors = new Set(mergers.map(({ survivor }) => survivor));
  const roots = [...survivors].filter((id) => !gone.has(id));
  const seen = new Set<string>();
  const found: number[][] = [];
  // Two that absorbed each other have no root: whoever of them comes first stands for both.
  for (const root of [...roots, ...survivors]) {
    if (seen.has(root)) continue;
    const ids = idsOf(root, mergers).filter((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    const numbers = ids.flatMap((id) => read.numberOf(id) ?? []);
    if (numbers.length > 0) found.push(numbers);
  }
  return found;
}
