import { type DayNumber, NEVER } from './days.ts';
import type { Said } from './recorded.ts';

/** What facts say of somebody's membership and employment: of each fact no more than counting needs. */
export interface SaidOfMember extends Said {
  on: DayNumber;
  is?: 'member' | 'ended' | 'died';
  grade?: string;
  /** An employment by its id: what it begins with, its share from a day on, or its end. */
  post?: { id: string; organisation?: string; share?: readonly [num: number, den: number] };
  until?: DayNumber;
}

/** Where somebody counts in `[from, until)`: in a grade, at a body, by so many hundredths of them. */
export interface Post {
  from: DayNumber;
  until: DayNumber;
  grade: string;
  /** Empty: employed nowhere. */
  organisation: string;
  /** Of all posts of one day these sum to 100. */
  people: number;
}

/** A whole person. */
export const ONE_PERSON = 100;

/**
 * The posts of a member over all days, without days on which they were none. Who is employed by several counts at
 * each by its part of what they work in all, so that everybody counts once.
 */
export function postsOf(said: readonly SaidOfMember[]): Post[] {
  const days = new Set<DayNumber>();
  for (const { on, until } of said) {
    days.add(on);
    if (until !== undefined) days.add(until);
  }
  const cuts = [...days].sort((a, b) => a - b);
  const posts: Post[] = [];
  let open = new Map<string, Post>();
  for (const [n, from] of cuts.entries()) {
    const until = cuts[n + 1] ?? NEVER;
    const next = new Map<string, Post>();
    for (const { grade, organisation, people } of postsOn(said, from)) {
      const key = `${organisation}/${grade}/${people}`;
      const before = open.get(key);
      if (before !== undefined) before.until = until;
      const post = before ?? { from, until, grade, organisation, people };
      if (before === undefined) posts.push(post);
      next.set(key, post);
    }
    open = next;
  }
  return posts;
}

function postsOn(said: readonly SaidOfMember[], day: DayNumber) {
  const grade = memberOn(said, day);
  if (grade === undefined) return [];
  const parts = partsOf(sharesOn(said, day));
  const posts = [...parts].map(([organisation, people]) => ({ grade, organisation, people }));
  return posts.length > 0 ? posts : [{ grade, organisation: '', people: ONE_PERSON }];
}

/** The grade of who is a member on a day: the greatest day up to it, ties to the later fact; a death is final. */
function memberOn(said: readonly SaidOfMember[], day: DayNumber): string | undefined {
  let standing: SaidOfMember | undefined;
  let grade: SaidOfMember | undefined;
  for (const one of said) {
    if (one.on > day) continue;
    if (one.grade !== undefined && one.on >= (grade?.on ?? 0)) grade = one;
    if (one.is === undefined || standing?.is === 'died') continue;
    if (one.is === 'died' || one.on >= (standing?.on ?? 0)) standing = one;
  }
  return standing?.is === 'member' ? grade?.grade : undefined;
}

type Share = readonly [num: number, den: number];

/** Shares of full time by body, in the order in which the employments were recorded. */
function sharesOn(said: readonly SaidOfMember[], day: DayNumber): [string, Share][] {
  const running = new Map<string, { organisation: string; share: Share; since: DayNumber }>();
  for (const { post, on, until } of said) {
    if (post === undefined) continue;
    const before = running.get(post.id);
    if (post.organisation !== undefined) {
      const { organisation, share = [1, 1] } = post;
      if (on <= day && day < (until ?? NEVER)) {
        running.set(post.id, { organisation, share, since: on });
      }
    } else if (post.share !== undefined) {
      if (before !== undefined && on <= day && on >= before.since) {
        running.set(post.id, { ...before, share: post.share, since: on });
      }
    } else if (on <= day) running.delete(post.id);
  }
  return [...running.values()].map(({ organisation, share }) => [organisation, share]);
}

/** Hundredths by body that sum to 100: what is left over goes to the largest remainders, the first of equals. */
function partsOf(shares: readonly [string, Share][]): Map<string, number> {
  const common = shares.reduce((product, [, [, den]]) => product * BigInt(den), 1n);
  const worked = new Map<string, bigint>();
  for (const [organisation, [num, den]] of shares) {
    // A share of nothing is no share: such posts count alike.
    const work = num === 0 ? 1n : (BigInt(num) * common) / BigInt(den);
    worked.set(organisation, (worked.get(organisation) ?? 0n) + work);
  }
  const all = [...worked.values()].reduce((sum, work) => sum + work, 0n);
  const parts = [...worked].map(([organisation, work]) => {
    const hundred = work * BigInt(ONE_PERSON);
    return { organisation, people: Number(hundred / all), left: hundred % all };
  });
  let missing = ONE_PERSON - parts.reduce((sum, { people }) => sum + people, 0);
  for (const part of parts.toSorted((a, b) => (a.left > b.left ? -1 : a.left < b.left ? 1 : 0))) {
    if (missing === 0) break;
    part.people += 1;
    missing -= 1;
  }
  return new Map(parts.map(({ organisation, people }) => [organisation, people]));
}
