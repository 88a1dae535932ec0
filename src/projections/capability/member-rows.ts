import type { Database, Statement } from '../../store/driver.ts';
import type { DayNumber } from './days.ts';
import type { Walking } from './humans.ts';
import { type Post, postsOf, type SaidOfMember } from './posts.ts';
import {
  MEMBERS_AFTER,
  POSTS_AT,
  POSTS_BETWEEN,
  POSTS_OF,
  SAID_OF,
  SKILLS_OF,
  SKILLS_ON,
} from './queries.ts';
import { knownBelow } from './recorded.ts';

/** Skills that somebody has, column by column: the first of each is of the first credit. */
export interface Credits {
  terms: number[];
  from: DayNumber[];
  /** Absent where rows of one day were asked: all run on it, and what is stale in any case is from no day. */
  until?: DayNumber[];
  /** The day from which it is stale in any case. */
  validUntil?: DayNumber[];
}

/** Posts by member; `last` is whom the next page comes after. */
export interface PostPage {
  posts: Map<number, Post[]>;
  last?: number;
}

/** Reads rows of members as they were known at an index, for the days of a walk. */
export interface Reader {
  after(member: number): PostPage;
  at(bodies: readonly string[]): PostPage;
  /** The posts of one human whose ids these were: of all that was said of them. */
  mergedPosts(numbers: readonly number[]): Post[];
  credits(member: number): Credits;
  numberOf(person: string): number | undefined;
}

const MEMBERS = 256;

type PostRow = [
  member: number,
  from: number,
  until: number,
  grade: string,
  organisation: string,
  people: number,
];

export function readerOf(database: Database, walking: Walking): Reader {
  const { end, first, last, postsUntil, sources, allPosts } = walking;
  const arrays = (sql: string): Statement => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  const [between, at, posts] = [POSTS_BETWEEN, POSTS_AT, POSTS_OF].map(arrays) as [
    Statement,
    Statement,
    Statement,
  ];
  const members = arrays(MEMBERS_AFTER);
  const skills = arrays(first === last ? SKILLS_ON : SKILLS_OF);
  const said = arrays(SAID_OF);
  const found = new Map<number, SaidOfMember[]>();
  const days = [end, first, postsUntil] as const;
  const wantedSources = sources === undefined ? null : JSON.stringify(sources);
  return {
    after(member) {
      const page = members.all(member, MEMBERS) as [number][];
      const [most] = page.at(-1) ?? [member];
      const rows = between.all(...days, member, most) as PostRow[];
      return { posts: byMember(rows), ...(page.length === MEMBERS ? { last: most } : {}) };
    },
    at(bodies) {
      const rows = bodies.flatMap((body) => at.all(...days, body) as PostRow[]);
      const page = byMember(rows.sort(([a], [b]) => a - b));
      if (allPosts !== true) return { posts: page };
      const whole = [...page.keys()].flatMap((one) => posts.all(...days, one) as PostRow[]);
      return { posts: byMember(whole) };
    },
    mergedPosts(numbers) {
      const all = numbers.flatMap((number) => found.get(number) ?? []);
      const known = knownBelow(all, end).sort((a, b) => a.at - b.at);
      return postsOf(known).filter(({ from, until }) => from <= postsUntil && until > first);
    },
    credits(member) {
      const row = skills.get(end, first, last, member, wantedSources) as unknown as string[];
      const [terms, from, until, validUntil] = row.map((text) => JSON.parse(text) as number[]);
      return { terms, from, until, validUntil } as Credits;
    },
    numberOf(person) {
      const row = said.get(person) as unknown as [number, string] | undefined;
      if (row !== undefined) found.set(row[0], JSON.parse(row[1]) as SaidOfMember[]);
      return row?.[0];
    },
  };
}

/** Rows come in the order of members. */
function byMember(rows: readonly PostRow[]): Map<number, Post[]> {
  const posts = new Map<number, Post[]>();
  let current: Post[] = [];
  let of: number | undefined;
  for (const [member, from, until, grade, organisation, people] of rows) {
    if (member !== of) {
      current = [];
      of = member;
      posts.set(member, current);
    }
    current.push({ from, until, grade, organisation, people });
  }
  return posts;
}
