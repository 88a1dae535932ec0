import type { Entry } from './awarded.ts';
import { type CivilDate, within } from './civil-date.ts';
import { type Part, partsOf } from './parts.ts';
import type { Recorded } from './recorded.ts';
import { booksFor, type PublishedRulebook } from './rulebook.ts';
import type { Timeline } from './timeline.ts';

/** A member in one scheme, as their facts tell. */
export interface MemberInScheme {
  scheme: string;
  zone: string;
  on: CivilDate;
  /** The scheme's rulebooks as they bind this member. */
  books: readonly PublishedRulebook[];
  timeline: Timeline;
  entries: readonly Entry[];
  joined: CivilDate;
  anchor: CivilDate;
  /** Of one member and answer: rules that bar a part write on it. */
  parts: Part[];
}

/** A member's facts seen from one scheme on a day; undefined where they never took part in it. */
export function memberInScheme(
  published: readonly PublishedRulebook[],
  { timeline, awards, entries }: Recorded,
  { scheme, on, zone }: { scheme: string; on: CivilDate; zone: string },
): MemberInScheme | undefined {
  const time = timeline.schemes.get(scheme);
  if (time === undefined) return undefined;
  const { from: joined, anchor, track } = time;
  const adopted = timeline.adopted.filter((one) => one.scheme === scheme);
  const books = booksFor(published, { track, adopted });
  const parts = partsOf(books, awards).filter(({ day }) => day <= on);
  return { scheme, zone, on, books, timeline, entries, joined, anchor, parts };
}

/** On the day looked at a member, and in the scheme. */
export function takesPart({ timeline, scheme, on }: MemberInScheme): boolean {
  const days = timeline.schemes.get(scheme);
  return days !== undefined && within(on, days) && !timeline.away.some((away) => within(on, away));
}
