import type { Entry } from './awarded.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDateIn,
  daysBetween,
  lastDayOf,
} from './civil-date.ts';
import type { Award, LineDone } from './recorded.ts';
import { kindRule, type PublishedRulebook } from './rulebook.ts';
import type { Kind } from './rules/kind.ts';
import type { Measure } from './rules/scalars.ts';
import type { Selectable } from './rules/select.ts';

/** Why so many hundredths of a part do not count: a rule by its name, and its number where it has one. */
export interface Loss {
  rule: string;
  points: number;
}

/** What was awarded for one line in one category, as far as it falls on one day; or points outside any claim. */
export interface Part extends Selectable {
  /** Absent: an adjustment, or points brought in. */
  line?: LineDone | undefined;
  /** The fact that awarded it. */
  event: string;
  day: CivilDate;
  /** Awarded, in hundredths; below zero only of an adjustment. */
  points: number;
  /** What was accepted, as far as it falls on this day. */
  amount: number;
  measure?: Measure | undefined;
  workRef?: string | undefined;
  programme?: string | undefined;
  /** Index of the original claim, or of the fact. */
  index: number;
  /** The rule of its kind in the rulebook that awarded it. */
  rule?: Kind | undefined;
  /** Nothing of it counts, nor as an entry: late, under review, before joining. */
  barred?: string | undefined;
  /** Of `points`, what no rule has taken away yet. */
  counted: number;
  losses: Loss[];
  /** The rulebook by which it earns; and what was awarded, where that rates it again. */
  under?: { version: number; eventId: string } | undefined;
  approved?: number | undefined;
  /** An earlier claim of the member is about the same work. */
  again?: boolean | undefined;
  /** A scheme that the member joined earlier awarded points for the same line. */
  elsewhere?: boolean | undefined;
  /** Of the line in this scheme, of which this is a part; and which part of it. */
  whole?: { amount: number; points: number } | undefined;
  place?: Place | undefined;
  /** Requirements of the cycle before that it made good in its time of grace. */
  spentOn?: ReadonlySet<string> | undefined;
  /** Limits that it has passed: it counts as of another category. */
  past?: ReadonlySet<string> | undefined;
}

/** The parts of what was awarded in a scheme, each on its day. */
export function partsOf(books: readonly PublishedRulebook[], awards: readonly Award[]): Part[] {
  const parts: Part[] = [];
  for (const award of awards) {
    const book = books.find(({ version }) => version === award.rulebook.version)?.rulebook;
    const rule = book === undefined ? undefined : kindRule(book, award.line.kind);
    const falls = rule?.falls ?? 'end';
    if (falls === 'end') parts.push(partOf(award, rule, wholeOn(award.line.last)));
    else for (const place of placesOf(falls, award.line)) parts.push(partOf(award, rule, place));
  }
  return parts;
}

function partOf(award: Award, rule: Kind | undefined, place: Place): Part {
  const { line, points, category } = award;
  const { attributes, accepted } = line;
  const here = portion(points, place);
  // Member by member: a report makes millions of these, and spreading costs several times as much.
  return {
    line,
    event: award.approval,
    kind: line.kind,
    category,
    topics: line.topics,
    attributes,
    workRef: attributes.workRef,
    programme: attributes.programme,
    measure: accepted.unit as Measure,
    index: line.claimed,
    rule,
    under: award.rulebook,
    again: line.again,
    elsewhere: award.elsewhere,
    day: place.day,
    points: here,
    amount: portion(accepted.amount, place),
    counted: here,
    losses: [],
    whole: { amount: accepted.amount, points },
    place,
    // Named before they are written: an object that grows is a slow one.
    barred: undefined,
    approved: undefined,
    spentOn: undefined,
    past: undefined,
  };
}

/** A part to be weighed anew. Member by member, as above: rules write on parts, so that each weighing has its own. */
export function copyOf(part: Part): Part {
  return {
    line: part.line,
    event: part.event,
    kind: part.kind,
    category: part.category,
    topics: part.topics,
    attributes: part.attributes,
    workRef: part.workRef,
    programme: part.programme,
    measure: part.measure,
    index: part.index,
    rule: part.rule,
    under: part.under,
    again: part.again,
    elsewhere: part.elsewhere,
    day: part.day,
    points: part.points,
    amount: part.amount,
    counted: part.counted,
    losses: part.losses.length === 0 ? [] : [...part.losses],
    whole: part.whole,
    place: part.place,
    barred: part.barred,
    approved: part.approved,
    spentOn: part.spentOn,
    past: part.past,
  };
}

/** Points of an adjustment or brought in, in the cycle that they name. */
export function entryParts(
  entries: readonly Entry[],
  { scheme, cycle, day, on }: { scheme: string; cycle: string; day: CivilDate; on: CivilDate },
): Part[] {
  return entries
    .filter((entry) => entry.scheme === scheme && entry.cycle === cycle)
    .filter(({ lapsesOn }) => lapsesOn === undefined || lapsesOn > on)
    .map(({ event, category, points }) => ({
      event,
      category,
      topics: [],
      attributes: {},
      day,
      points,
      amount: 0,
      index: -1,
      counted: points,
      losses: [],
    }));
}

interface Place {
  day: CivilDate;
  /** The share of the whole: from `from` to `until` of `of`. */
  from: number;
  until: number;
  of: number;
}

function wholeOn(day: CivilDate): Place {
  return { day, from: 0, until: 1, of: 1 };
}

function placesOf(falls: NonNullable<Kind['falls']>, { from, last, decidedOn }: LineDone): Place[] {
  switch (falls) {
    case 'end':
      return [wholeOn(last)];
    case 'start':
      return [wholeOn(from)];
    case 'award':
      return [wholeOn(decidedOn ?? last)];
    case 'by-day':
      return split(from, addDays(last, 1), (day) => addDays(day, 1));
    case 'by-month':
      return split(from, addDays(last, 1), (day) => addMonths(`${day.slice(0, 7)}-01`, 1));
  }
}

/** In proportion to days: each piece falls on its last day. */
function split(from: CivilDate, until: CivilDate, next: (day: CivilDate) => CivilDate): Place[] {
  const of = daysBetween(from, until);
  const places: Place[] = [];
  for (let start = from; start < until; ) {
    const then = next(start);
    const end = then < until ? then : until;
    places.push({
      day: lastDayOf({ until: end }),
      from: daysBetween(from, start),
      until: daysBetween(from, end),
      of,
    });
    start = end;
  }
  return places;
}

/** A place's piece of a whole number, so that all pieces together are the whole: rounded at each end, half up. */
export function portion(whole: number, { from, until, of }: Omit<Place, 'day'>): number {
  if (from === 0 && until === of) return whole;
  const at = (share: number): number => Math.floor((2 * whole * share + of) / (2 * of));
  return at(until) - at(from);
}

/** The civil day on which a line was handed in. */
export function handedInOn({ handedIn }: Pick<LineDone, 'handedIn'>, zone: string): CivilDate {
  return handedIn.submittedOn ?? civilDateIn(zone, handedIn.recordedAt);
}

/** Takes so much from what counts of a part, for one reason. */
export function lose(part: Part, rule: string, points: number): void {
  if (points <= 0) return;
  part.counted -= points;
  part.losses.push({ rule, points });
}

export function entryOf({ line, event }: Part): string {
  return line?.lineId ?? event;
}

export function sum(parts: readonly Part[], of: 'points' | 'counted' | 'amount'): number {
  return parts.reduce((total, part) => total + part[of], 0);
}
