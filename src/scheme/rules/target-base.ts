import { addMonths, type CivilDate, daysBetween, lastDayOf, monthsBetween } from '../civil-date.ts';
import { compare, type Ratio, ratio, times } from '../ratio.ts';
import type { Rulebook } from '../rulebook.ts';
import { gradeOn, type Timeline } from '../timeline.ts';
import type { CycleSpan } from './cycle.ts';

/** What is asked by grade, in hundredths, and of which. */
export interface Base {
  grade: string;
  points: Ratio;
}

/** The target by grade alone; undefined where the rulebook names none for it. */
export function baseOf(
  book: Rulebook,
  timeline: Timeline,
  cycle: CycleSpan,
  begun: CivilDate,
  last: CivilDate,
): Base | undefined {
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
