import {
  addMonths,
  type CivilDate,
  daysBetween,
  lastDayOf,
  monthsBetween,
  within,
} from '../civil-date.ts';
import { compare, minus, plus, type Ratio, ratio, rounded, times } from '../ratio.ts';
import type { Rulebook } from '../rulebook.ts';
import { type Days, gradeOn, type ReliefTime, type Timeline } from '../timeline.ts';
import type { CycleSpan } from './cycle.ts';
import type { Relief } from './target.ts';

/** One thing that made the target what it is. */
export interface TargetStep {
  by: 'grade' | 'joining' | 'relief' | 'rounding';
  /** Grade, class of relief, or what the rulebook calls it. */
  name: string;
  /** What it adds, in hundredths; below zero where it takes away. Rounded for showing. */
  points: number;
  from?: CivilDate;
  until?: CivilDate;
}

export interface TargetMade {
  /** In hundredths, exact. */
  exact: Ratio;
  /** Rounded up to the hundredth: the least that meets it. */
  points: number;
  steps: TargetStep[];
  /** What part of the cycle is asked for: requirements that are lowered are asked in this proportion. */
  share: Ratio;
  exempt: boolean;
  suspended: boolean;
}

interface Whole {
  from: CivilDate;
  until: CivilDate;
}

const ONE = ratio(1);
const ZERO = ratio(0);

/**
 * The target of a member in a cycle, and how it came about: by grade, then for the part of the cycle that they
 * are in the scheme and on no relief, then rounded as the rulebook says.
 *
 * @returns undefined where the rulebook names no target for the grade
 */
export function targetMade(
  book: Rulebook,
  timeline: Timeline,
  cycle: CycleSpan,
  { joined, on }: { joined: CivilDate; on: CivilDate },
): TargetMade | undefined {
  const begun = joined > cycle.from ? joined : cycle.from;
  const last = on < lastDayOf(cycle) ? on : lastDayOf(cycle);
  const base = baseOf(book, timeline, cycle, begun, last);
  if (base === undefined) return undefined;
  const steps: TargetStep[] = [{ by: 'grade', name: base.grade, points: shown(base.points) }];
  let share = ONE;
  const lower = (by: Ratio, step: Omit<TargetStep, 'points'>): void => {
    const left = minus(share, by);
    const now = compare(left, ZERO) < 0 ? ZERO : left;
    const points = shown(minus(times(base.points, now), times(base.points, share)));
    if (points !== 0) steps.push({ ...step, points });
    share = now;
  };
  if (joined > cycle.from && joined < cycle.until) {
    lower(minus(ONE, joiningShare(book, cycle, joined)), {
      by: 'joining',
      name: 'joining',
      from: joined,
    });
  }
  let flat = ZERO;
  for (const { rule, time } of reliefsIn(book, timeline, cycle)) {
    const days = clipped(time, { from: begun, until: cycle.until });
    if (days === undefined) continue;
    const step = { by: 'relief' as const, name: rule.class, from: days.from, until: days.until };
    if (rule.effect === 'flat') {
      flat = plus(flat, ratio(rule.points ?? 0));
      steps.push({ ...step, points: -(rule.points ?? 0) });
    } else lower(lowering(rule, time, days, cycle), step);
  }
  const exact = positive(minus(times(base.points, share), flat));
  const round = book.roundTarget;
  const asked = round === undefined ? exact : ratio(rounded(exact, round.to, round.direction));
  const change = shown(minus(asked, exact));
  if (change !== 0) steps.push({ by: 'rounding', name: 'rounding', points: change });
  const now = effectsOn(book, timeline, last);
  const exempt =
    now.has('exempt') || (book.exemptGrades?.includes(gradeOn(timeline, last) ?? '') ?? false);
  return {
    exact: asked,
    points: rounded(asked, 1, 'up'),
    steps,
    share,
    exempt,
    suspended: now.has('suspend'),
  };
}

/** Effects of the reliefs in force on a day. */
function effectsOn(book: Rulebook, timeline: Timeline, day: CivilDate): Set<Relief['effect']> {
  const inForce = timeline.reliefs.filter((time) => within(day, time));
  const rules = inForce.flatMap(
    (time) => book.reliefs?.filter((rule) => rule.class === time.class) ?? [],
  );
  return new Set(rules.map(({ effect }) => effect));
}

function baseOf(
  book: Rulebook,
  timeline: Timeline,
  cycle: CycleSpan,
  begun: CivilDate,
  last: CivilDate,
) {
  const pointsOf = (grade: string | undefined): Ratio | undefined => {
    const target = book.targets.find((rule) => rule.grade === grade);
    return target === undefined ? undefined : ratio(target.points);
  };
  const held = (day: CivilDate) => {
    const grade = gradeOn(timeline, day) ?? timeline.grades[0]?.grade ?? '';
    return { grade, points: pointsOf(grade) };
  };
  const only = (found: ReturnType<typeof held>) =>
    found.points === undefined ? undefined : { grade: found.grade, points: found.points };
  const change = book.gradeChange ?? 'last';
  if (change === 'last') return only(held(last));
  if (change === 'first') return only(held(begun));
  const days = change === 'by-month' ? monthEnds(cycle) : daysOf(cycle);
  const all = days.map((day) => held(day < begun ? begun : day > last ? last : day));
  const names = [...new Set(all.map(({ grade }) => grade))].join(' and ');
  if (all.some(({ points }) => points === undefined)) return only(held(last));
  const each = all.map(({ points }) => points as Ratio);
  const points =
    change === 'highest'
      ? each.reduce((most, value) => (compare(value, most) > 0 ? value : most))
      : times(ratio(each.reduce((sum, { num }) => sum + Number(num), 0)), ratio(1, each.length));
  return { grade: names, points };
}

function monthEnds({ from, until }: CycleSpan): CivilDate[] {
  const count = monthsBetween(from, until);
  return Array.from({ length: count }, (_, n) => lastDayOf({ until: addMonths(from, n + 1) }));
}

function daysOf({ from, until }: CycleSpan): CivilDate[] {
  const start = Date.parse(`${from}T00:00:00.000Z`);
  return Array.from({ length: daysBetween(from, until) }, (_, n) =>
    new Date(start + n * 86_400_000).toISOString().slice(0, 10),
  );
}

function joiningShare({ cycle: rule }: Rulebook, cycle: CycleSpan, joined: CivilDate): Ratio {
  switch (rule.joining ?? 'whole') {
    case 'whole':
      return ONE;
    case 'nothing':
      return ZERO;
    case 'by-month':
      return ratio(monthsBetween(joined, cycle.until), monthsBetween(cycle.from, cycle.until));
    case 'by-day':
      return ratio(daysBetween(joined, cycle.until), daysBetween(cycle.from, cycle.until));
  }
}

/** Reliefs that touch a cycle and that the rulebook has a rule for, by their first day. */
function reliefsIn({ reliefs = [] }: Rulebook, timeline: Timeline, cycle: CycleSpan) {
  return timeline.reliefs
    .filter((time) => clipped(time, cycle) !== undefined)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .flatMap((time) => {
      const rule = reliefs.find((one) => one.class === time.class);
      return rule === undefined || tooShort(rule, time, cycle) ? [] : [{ rule, time }];
    });
}

function tooShort({ fromMonths }: Relief, { from, until }: ReliefTime, cycle: CycleSpan): boolean {
  return fromMonths !== undefined && monthsBetween(from, until ?? cycle.until) < fromMonths;
}

function lowering(rule: Relief, time: ReliefTime, days: Whole, cycle: CycleSpan): Ratio {
  const length = daysBetween(cycle.from, cycle.until);
  const part = ratio(daysBetween(days.from, days.until), length);
  switch (rule.effect) {
    case 'by-month':
      return ratio(monthsBetween(days.from, days.until), monthsBetween(cycle.from, cycle.until));
    case 'by-day':
      return part;
    case 'by-week': {
      const full = rule.fullTimeMinutes ?? 1;
      const left = Math.min(full, time.minutesPerWeek ?? 0);
      return times(part, ratio(full - left, full));
    }
    case 'flat':
    case 'exempt':
    case 'suspend':
      return ZERO;
  }
}

function clipped(time: Days, to: { from: CivilDate; until: CivilDate }): Whole | undefined {
  const from = time.from > to.from ? time.from : to.from;
  const until = time.until === undefined || time.until > to.until ? to.until : time.until;
  return from < until ? { from, until } : undefined;
}

function positive(value: Ratio): Ratio {
  return compare(value, ZERO) < 0 ? ZERO : value;
}

function shown(value: Ratio): number {
  return rounded(value, 1, 'nearest');
}
