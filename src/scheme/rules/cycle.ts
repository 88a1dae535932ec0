import { z } from 'zod';
import { addDays, addMonths, type CivilDate, monthsBetween } from '../civil-date.ts';
import { day, months } from './scalars.ts';

/** How long a cycle is, and where cycles begin. */
export const Cycle = z.strictObject({
  months: months.describe('how many months a cycle has'),
  starts: z
    .enum(['fixed', 'anchor', 'january-after-anchor', 'rolling'])
    .describe(
      'fixed: the same for everybody, counted from the day `from`; anchor: from the member’s own day, the anchor that is named when they join; january-after-anchor: from the next 1 January after it; rolling: the months up to the day asked',
    ),
  from: day.optional().describe('a day on which a fixed cycle begins; absent: 2000-01-01'),
  periodMonths: months
    .optional()
    .describe(
      'the length of the periods inside a cycle, from its first day, that rules mean by per: period',
    ),
  joining: z
    .enum(['whole', 'by-month', 'by-begun-month', 'by-day', 'nothing'])
    .optional()
    .describe(
      'how much of the target is asked in a fixed cycle that a member joins part-way, and in a first cycle that is short since the version before cut cycles otherwise; absent: the whole',
    ),
  joiningNothingUnder: months
    .optional()
    .describe(
      'nothing is asked in a fixed cycle of which fewer whole months are left when a member joins',
    ),
  earlyCounts: z
    .boolean()
    .optional()
    .describe(
      'whether what was done between the member’s own day and the first cycle counts in it',
    ),
  recordWithin: z
    .strictObject({
      months: z
        .int()
        .min(0)
        .max(120)
        .describe('whole months after the end; 0 where it is days alone'),
      days: z.int().min(0).max(366).optional().describe('and days after these'),
    })
    .optional()
    .describe('how long after its end what was done in a cycle may be handed in; absent: for ever'),
  graceMonths: months
    .optional()
    .describe('how long after its end a shortfall may be made good before the outcome is short'),
});
export type Cycle = z.infer<typeof Cycle>;

/** One cycle of a member: half-open, named by its year where it is a calendar year, else by its first day. */
export interface CycleSpan {
  cycle: string;
  from: CivilDate;
  until: CivilDate;
}

/** The cycle of a member in which a day lies. `rolling`: the months that end with that day. */
export function cycleAt(rule: Cycle, anchor: CivilDate, on: CivilDate): CycleSpan {
  if (rule.starts === 'rolling') {
    const until = addDays(on, 1);
    return { cycle: 'rolling', from: addMonths(until, -rule.months), until };
  }
  const first = firstDay(rule, anchor);
  const whole = Math.floor(monthsBetween(first, on) / rule.months);
  // Before the first cycle there is none: what lies there belongs to the first, or to nothing.
  const count = rule.starts === 'fixed' ? whole : Math.max(0, whole);
  return span(addMonths(first, count * rule.months), addMonths(first, (count + 1) * rule.months));
}

function firstDay({ starts, from = '2000-01-01' }: Cycle, anchor: CivilDate): CivilDate {
  if (starts === 'fixed') return from;
  if (starts === 'anchor' || anchor.endsWith('-01-01')) return anchor;
  return `${String(Number(anchor.slice(0, 4)) + 1).padStart(4, '0')}-01-01`;
}

export function span(from: CivilDate, until: CivilDate): CycleSpan {
  const year = from.endsWith('-01-01') && addMonths(from, 12) === until;
  return { cycle: year ? from.slice(0, 4) : from, from, until };
}

/** The last day on which what was done in a cycle may be handed in; undefined: there is none. */
export function recordBy({ recordWithin }: Cycle, { until }: CycleSpan): CivilDate | undefined {
  if (recordWithin === undefined) return undefined;
  return addDays(addMonths(until, recordWithin.months), (recordWithin.days ?? 0) - 1);
}

/** Periods of a cycle, in order; the cycle itself where the rulebook names none. */
export function periodsOf({ periodMonths }: Cycle, cycle: CycleSpan): CycleSpan[] {
  if (periodMonths === undefined) return [cycle];
  const periods: CycleSpan[] = [];
  for (let n = 0; ; n++) {
    const from = addMonths(cycle.from, n * periodMonths);
    if (from >= cycle.until) return periods;
    const until = addMonths(cycle.from, (n + 1) * periodMonths);
    periods.push(span(from, until < cycle.until ? until : cycle.until));
  }
}
