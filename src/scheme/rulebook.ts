import { z } from 'zod';
import type { CivilDate } from './civil-date.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** How one kind of activity earns points. */
export const KindRule = z.strictObject({
  kind: code,
  /** What points are given for: of an hour, too, the quantity itself is in minutes. */
  unit: z.enum(['hour', 'day', 'month', 'unit', 'credit']),
  category: code,
  /** Hundredths of a point for one whole unit. */
  pointsPerUnit: z.int().min(0).max(1_000_000),
  /** `recording`: the rule approves it in the same append; `approval`: an assessor decides. */
  counts: z.enum(['recording', 'approval']),
});

/**
 * A rulebook as data, version 1 of its format: kinds, units, categories, points per unit, targets by grade,
 * a cycle of one calendar year.
 */
export const Rulebook = z
  .strictObject({
    cycle: z.literal('calendar-year'),
    kinds: z.array(KindRule).min(1).max(200),
    /** Hundredths of a point to be had in a cycle, by grade. */
    targets: z.array(z.strictObject({ grade: code, points: z.int().min(0).max(100_000_000) })),
  })
  .refine((book) => new Set(book.kinds.map((rule) => rule.kind)).size === book.kinds.length, {
    error: 'each kind may have one rule',
  });
export type Rulebook = z.infer<typeof Rulebook>;
export type KindRule = z.infer<typeof KindRule>;

/** A published rulebook: which version, from which fact, in force for activities from a day on. */
export interface PublishedRulebook {
  version: number;
  eventId: string;
  effectiveFrom: CivilDate;
  rulebook: Rulebook;
}

/** The rulebook in force on a day: of those effective by then the one effective last, ties to the later version. */
export function rulebookOn(
  published: readonly PublishedRulebook[],
  day: CivilDate,
): PublishedRulebook | undefined {
  let best: PublishedRulebook | undefined;
  for (const book of published) {
    if (book.effectiveFrom > day) continue;
    if (best === undefined || book.effectiveFrom >= best.effectiveFrom) best = book;
  }
  return best;
}

/** The rule of a kind in a rulebook. */
export function kindRule(rulebook: Rulebook, kind: string): KindRule | undefined {
  return rulebook.kinds.find((rule) => rule.kind === kind);
}

/** In what a quantity of this kind is stated: time in minutes, everything else in hundredths of its unit. */
export function measureOf({ unit }: Pick<KindRule, 'unit'>): Measure {
  return unit === 'hour' ? 'minute' : unit;
}
export type Measure = 'minute' | Exclude<KindRule['unit'], 'hour'>;

/**
 * Points for an amount in the rule's measure, in hundredths: rounded half up once, at the end, since a rate and
 * an amount may both have a fraction.
 */
export function pointsFor(rule: Pick<KindRule, 'unit' | 'pointsPerUnit'>, amount: number): number {
  const whole = rule.unit === 'hour' ? MINUTES_PER_HOUR : 100;
  return Math.floor((2 * amount * rule.pointsPerUnit + whole) / (2 * whole));
}

const MINUTES_PER_HOUR = 60;

/** The target of a grade in hundredths, or undefined where the rulebook names none for it. */
export function targetFor(rulebook: Rulebook, grade: string): number | undefined {
  return rulebook.targets.find((target) => target.grade === grade)?.points;
}

/** The calendar-year cycle in which a day lies, as a half-open interval. */
export function cycleOf(day: CivilDate): { cycle: string; from: CivilDate; until: CivilDate } {
  const year = day.slice(0, 4);
  const next = String(Number(year) + 1).padStart(4, '0');
  return { cycle: year, from: `${year}-01-01`, until: `${next}-01-01` };
}
