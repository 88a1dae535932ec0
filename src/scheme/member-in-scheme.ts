import { type Awarded, awardedBy } from './awarded.ts';
import { type CivilDate, within } from './civil-date.ts';
import { isAwardFact, isLineFact, isTimelineFact, type StatementFact } from './facts.ts';
import { type Part, partsOf } from './parts.ts';
import { booksFor, type PublishedRulebook } from './rulebook.ts';
import { accountsOf, type LineAccount } from './standing.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** A member in one scheme, as their facts tell. */
export interface MemberInScheme {
  scheme: string;
  zone: string;
  on: CivilDate;
  /** The scheme's rulebooks as they bind this member. */
  books: readonly PublishedRulebook[];
  timeline: Timeline;
  accounts: LineAccount[];
  awarded: Awarded;
  joined: CivilDate;
  anchor: CivilDate;
  /** Of one member and answer: rules that bar a part write on it. */
  parts: Part[];
}

/** Reads a member's facts for one scheme; undefined where they never took part in it. */
export function memberInScheme(
  published: readonly PublishedRulebook[],
  facts: readonly StatementFact[],
  { scheme, on, zone }: { scheme: string; on: CivilDate; zone: string },
): MemberInScheme | undefined {
  const timeline = timelineOf(facts.filter(isTimelineFact));
  const time = timeline.schemes.get(scheme);
  if (time === undefined) return undefined;
  const { from: joined, anchor, track } = time;
  const adopted = timeline.adopted.filter((one) => one.scheme === scheme);
  const books = booksFor(published, { track, adopted });
  const awarded = awardedBy(facts.filter(isAwardFact));
  const accounts = accountsOf(facts.filter(isLineFact));
  const parts = partsOf(books, accounts, awarded, scheme).filter(({ day }) => day <= on);
  return { scheme, zone, on, books, timeline, accounts, awarded, joined, anchor, parts };
}

/** On the day looked at a member, and in the scheme. */
export function takesPart({ timeline, scheme, on }: MemberInScheme): boolean {
  const days = timeline.schemes.get(scheme);
  return days !== undefined && within(on, days) && !timeline.away.some((away) => within(on, away));
}
