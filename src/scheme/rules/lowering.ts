import { type CivilDate, daysBetween, monthsBetween } from '../civil-date.ts';
import { compare, minus, plus, type Ratio, ratio, times } from '../ratio.ts';
import type { Rulebook } from '../rulebook.ts';
import type { Days, ReliefTime, Timeline } from '../timeline.ts';
import type { Relief } from './target.ts';

/** Days, half-open, with an end. */
export interface Whole {
  from: CivilDate;
  until: CivilDate;
}

/** What a part-year or a relief takes off what is asked in a window: a share of it, or so many hundredths. */
export interface Lowering extends Whole {
  by: 'joining' | 'relief';
  /** `joining`, or the class of relief. */
  name: string;
  share: Ratio;
  flat: number;
}

const ONE = ratio(1);
const ZERO = ratio(0);

/**
 * What lowers a target or a minimum over a window. No day is taken off twice: reliefs that free the whole of a
 * day come before those that leave some working time, and what one has taken the next finds gone.
 */
export function loweringsOf(
  book: Rulebook,
  timeline: Timeline,
  window: Whole,
  joined: CivilDate,
): Lowering[] {
  const begun = joined > window.from ? joined : window.from;
  const found: Lowering[] = [];
  if (joined > window.from && joined < window.until) {
    const share = minus(ONE, joiningShare(book, window, joined));
    found.push({
      by: 'joining',
      name: 'joining',
      from: joined,
      until: window.until,
      share,
      flat: 0,
    });
  }
  const taken: Whole[] = [];
  for (const { rule, times: ranges } of reliefsIn(book, timeline, window)) {
    let flat = rule.effect === 'flat' ? (rule.points ?? 0) : 0;
    for (const time of ranges) {
      const days = clipped(time, { from: begun, until: window.until });
      if (days === undefined) continue;
      for (const free of without(days, taken)) {
        const share = shareOf(rule, time.minutesPerWeek, free, window);
        found.push({ by: 'relief', name: rule.class, ...free, share, flat });
        flat = 0;
      }
      if (lowers(rule)) taken.push(days);
    }
  }
  return found;
}

/** What is left of the whole after these, never below nothing. */
export function leftOf(lowerings: readonly Lowering[]): Ratio {
  const taken = lowerings.reduce((sum, { share }) => plus(sum, share), ZERO);
  return compare(taken, ONE) > 0 ? ZERO : minus(ONE, taken);
}

function joiningShare({ cycle: rule }: Rulebook, window: Whole, joined: CivilDate): Ratio {
  const whole = monthsBetween(joined, window.until);
  if (rule.joiningNothingUnder !== undefined && whole < rule.joiningNothingUnder) return ZERO;
  const all = monthsBetween(window.from, window.until);
  switch (rule.joining ?? 'whole') {
    case 'whole':
      return ONE;
    case 'nothing':
      return ZERO;
    case 'by-month':
      return ratio(whole, all);
    case 'by-begun-month':
      // The months before the one in which they joined.
      return ratio(all - monthsBetween(window.from, joined), all);
    case 'by-day':
      return ratio(daysBetween(joined, window.until), daysBetween(window.from, window.until));
  }
}

/** Reliefs that a window touches and the rulebook has a rule for: whole days first, then by working time. */
function reliefsIn({ reliefs = [] }: Rulebook, timeline: Timeline, window: Whole) {
  const order = ({ rule }: { rule: Relief }): number => (rule.effect === 'by-week' ? 1 : 0);
  return reliefs
    .map((rule) => {
      const own = timeline.reliefs.filter((time) => time.class === rule.class);
      const joint = rule.effect === 'by-week' ? inOrder(own) : joined(own);
      const times = joint.filter(
        (time) => clipped(time, window) !== undefined && !tooShort(rule, time, window),
      );
      return { rule, times };
    })
    .sort((a, b) => order(a) - order(b));
}

function inOrder(times: readonly ReliefTime[]): ReliefTime[] {
  // Less working time first: where two overlap, the day is freed as far as the one that frees most.
  return [...times].sort(
    (a, b) => (a.minutesPerWeek ?? 0) - (b.minutesPerWeek ?? 0) || (a.from < b.from ? -1 : 1),
  );
}

/** Ranges that touch or overlap become one. */
function joined(times: readonly ReliefTime[]): ReliefTime[] {
  const whole: ReliefTime[] = [];
  for (const time of [...times].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = whole.at(-1);
    if (last === undefined || (last.until !== undefined && last.until < time.from)) {
      whole.push({ ...time });
    } else if (last.until !== undefined && (time.until === undefined || time.until > last.until)) {
      last.until = time.until;
    }
  }
  return whole;
}

function tooShort({ fromMonths }: Relief, { from, until }: Days, window: Whole): boolean {
  return fromMonths !== undefined && monthsBetween(from, until ?? window.until) < fromMonths;
}

function lowers({ effect }: Relief): boolean {
  return effect === 'by-month' || effect === 'by-day' || effect === 'by-week';
}

function shareOf(
  rule: Relief,
  minutesPerWeek: number | undefined,
  days: Whole,
  window: Whole,
): Ratio {
  const part = ratio(daysBetween(days.from, days.until), daysBetween(window.from, window.until));
  switch (rule.effect) {
    case 'by-month':
      return ratio(
        monthsBetween(days.from, days.until),
        Math.max(1, monthsBetween(window.from, window.until)),
      );
    case 'by-day':
      return part;
    case 'by-week': {
      const full = rule.fullTimeMinutes ?? 1;
      const left = Math.min(full, minutesPerWeek ?? 0);
      return times(part, ratio(full - left, full));
    }
    case 'flat':
    case 'exempt':
    case 'suspend':
      return ZERO;
  }
}

/** The days of an interval that lie in none of the others. */
function without(days: Whole, others: readonly Whole[]): Whole[] {
  let left = [days];
  for (const other of others) {
    left = left.flatMap(({ from, until }) =>
      [
        { from, until: other.from < until ? other.from : until },
        { from: other.until > from ? other.until : from, until },
      ].filter((piece) => piece.from < piece.until),
    );
  }
  return left;
}

function clipped(time: Days, to: Whole): Whole | undefined {
  const from = time.from > to.from ? time.from : to.from;
  const until = time.until === undefined || time.until > to.until ? to.until : time.until;
  return from < until ? { from, until } : undefined;
}
