import { type Awarded, pointsOf } from './awarded.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDateIn,
  daysBetween,
  lastDayOf,
} from './civil-date.ts';
import { kindRule, type PublishedRulebook } from './rulebook.ts';
import type { Kind } from './rules/kind.ts';
import type { Measure } from './rules/scalars.ts';
import type { Selectable } from './rules/select.ts';
import type { LineAccount } from './standing.ts';

/** Why so many hundredths of a part do not count: a rule by its name, and its number where it has one. */
export interface Loss {
  rule: string;
  points: number;
}

/** What was awarded for one line in one category, as far as it falls on one day; or points outside any claim. */
export interface Part extends Selectable {
  /** The line's account; absent: an adjustment, or points brought in. */
  account?: LineAccount;
  /** The fact that awarded it. */
  event: string;
  day: CivilDate;
  /** Awarded, in hundredths; below zero only of an adjustment. */
  points: number;
  /** What was accepted, as far as it falls on this day. */
  amount: number;
  measure?: Measure;
  workRef?: string | undefined;
  programme?: string | undefined;
  /** Index of the original claim, or of the fact. */
  index: number;
  /** The rule of its kind in the rulebook that awarded it. */
  rule?: Kind | undefined;
  /** Nothing of it counts, nor as an entry: late, under review, before joining. */
  barred?: string;
  /** Of `points`, what no rule has taken away yet. */
  counted: number;
  losses: Loss[];
  /** The rulebook by which it earns; and what was awarded, where that rates it again. */
  under?: { version: number; eventId: string };
  approved?: number;
  /** An earlier claim of the member is about the same work. */
  again?: boolean;
  /** A scheme that the member joined earlier awarded points for the same line. */
  elsewhere?: boolean;
  /** Of the line in this scheme, of which this is a part; and which part of it. */
  whole?: { amount: number; points: number };
  place?: Place;
  /** Requirements of the cycle before that it made good in its time of grace. */
  spentOn?: ReadonlySet<string>;
  /** Limits that it has passed: it counts as of another category. */
  past?: ReadonlySet<string>;
}

/** The parts of all lines that award something in a scheme, and of its points outside any claim that name a cycle. */
export function partsOf(
  books: readonly PublishedRulebook[],
  accounts: readonly LineAccount[],
  awarded: Awarded,
  scheme: string,
): Part[] {
  const byLine = new Map(accounts.map((account) => [account.line.lineId, account]));
  const first = firstSchemes(awarded, scheme);
  const repeats = repeatsOf(accounts);
  return awarded.lines.flatMap((award) => {
    const account = byLine.get(award.lineId);
    if (award.scheme !== scheme || award.state === 'void' || account === undefined) return [];
    if (account.approval !== award.approval) return [];
    const { line, accepted = line.quantity } = account;
    const book = books.find(({ version }) => version === award.rulebook.version)?.rulebook;
    const rule = book === undefined ? undefined : kindRule(book, line.kind);
    const points = pointsOf(award);
    const measure = accepted.unit as Measure;
    const whole = { amount: accepted.amount, points };
    const again = repeats.has(award.lineId);
    const other = first.size === 0 ? scheme : first.get(`${award.approval} ${award.lineId}`);
    const elsewhere = (other ?? scheme) !== scheme;
    return placesOf(rule?.falls ?? 'end', account).map((place): Part => {
      const here = portion(points, place);
      // Member by member: a report makes millions of these, and spreading costs several times as much.
      return {
        account,
        event: award.approval,
        kind: line.kind,
        category: award.category,
        topics: line.topics,
        attributes: line.attributes,
        workRef: line.attributes.workRef,
        programme: line.attributes.programme,
        measure,
        index: account.claimed,
        rule,
        under: award.rulebook,
        again,
        elsewhere,
        day: place.day,
        points: here,
        amount: portion(accepted.amount, place),
        counted: here,
        losses: [],
        whole,
        place,
      };
    });
  });
}

/**
 * By approval and line: the scheme that awarded points for it first, in the order in which schemes were joined.
 * Nothing where there is one scheme only.
 */
function firstSchemes({ lines }: Awarded, own: string): Map<string, string> {
  const first = new Map<string, string>();
  if (lines.every(({ scheme }) => scheme === own)) return first;
  for (const { approval, lineId, scheme, points, state } of lines) {
    const key = `${approval} ${lineId}`;
    if (points > 0 && state !== 'void' && !first.has(key)) first.set(key, scheme);
  }
  return first;
}

/** Lines about a work that an approved line before them is about. */
function repeatsOf(accounts: readonly LineAccount[]): Set<string> {
  const known = new Set<string>();
  const repeats = new Set<string>();
  for (const { line, approval } of accounts) {
    const { workRef } = line.attributes;
    if (workRef === undefined || approval === undefined) continue;
    if (known.has(workRef)) repeats.add(line.lineId);
    known.add(workRef);
  }
  return repeats;
}

/** Points of an adjustment or brought in, in the cycle that they name. */
export function entryParts(
  awarded: Awarded,
  { scheme, cycle, day, on }: { scheme: string; cycle: string; day: CivilDate; on: CivilDate },
): Part[] {
  return awarded.entries
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

function placesOf(
  falls: NonNullable<ReturnType<typeof kindRule>>['falls'],
  account: LineAccount,
): Place[] {
  const { line, decidedOn } = account;
  const whole = (day: CivilDate): Place[] => [{ day, from: 0, until: 1, of: 1 }];
  switch (falls ?? 'end') {
    case 'end':
      return whole(lastDayOf(line));
    case 'start':
      return whole(line.from);
    case 'award':
      return whole(decidedOn ?? lastDayOf(line));
    case 'by-day':
      return split(line.from, line.until, (day) => addDays(day, 1));
    case 'by-month':
      return split(line.from, line.until, (day) => addMonths(`${day.slice(0, 7)}-01`, 1));
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
export function handedInOn({ handedIn }: LineAccount, zone: string): CivilDate {
  return handedIn.submittedOn ?? civilDateIn(zone, handedIn.recordedAt);
}

/** Takes so much from what counts of a part, for one reason. */
export function lose(part: Part, rule: string, points: number): void {
  if (points <= 0) return;
  part.counted -= points;
  part.losses.push({ rule, points });
}

export function entryOf({ account, event }: Part): string {
  return account?.line.lineId ?? event;
}

export function sum(parts: readonly Part[], of: 'points' | 'counted' | 'amount'): number {
  return parts.reduce((total, part) => total + part[of], 0);
}
