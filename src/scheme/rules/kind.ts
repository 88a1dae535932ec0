import { z } from 'zod';
import { type Direction, directions, plus, type Ratio, ratio, rounded, times } from '../ratio.ts';
import {
  type Measure,
  measures,
  months,
  name,
  names,
  type Quantity,
  type Scalars,
} from './scalars.ts';
import { Repeat } from './select.ts';

/** To which step a figure is rounded, and which way. */
export const roundingOf = ({ points }: Scalars) =>
  z.strictObject({
    to: points.describe('the step, in points'),
    direction: z.enum(directions).describe('which way'),
  });

/** What an entry must be like for a rate; everything named must fit. */
const whenOf = ({ quantity }: Scalars) =>
  z.strictObject({
    roles: names.optional().describe('the member had one of these roles'),
    levels: names.optional().describe('it was at one of these levels'),
    delivery: names.optional().describe('it was delivered in one of these ways'),
    topics: names.optional().describe('it has at least one of these topics'),
    repeat: Repeat.optional().describe(
      'first, again: whether the member has an earlier approved entry about the same work; what is claimed without workRef is about no known work, and always first',
    ),
    from: quantity.optional().describe('it has at least this amount'),
    below: quantity.optional().describe('it has less than this amount'),
  });

const earnOf = (scalars: Scalars) =>
  z
    .strictObject({
      when: whenOf(scalars)
        .optional()
        .describe('what an entry must be like for this; absent: any entry'),
      points: scalars.points
        .optional()
        .describe('points for the entry, whatever its amount: for 6 units as for 1'),
      rate: z
        .strictObject({
          points: scalars.points.describe('so many points'),
          per: scalars.quantity.describe('for so much, as "1 hour"'),
        })
        .optional()
        .describe('points by the amount'),
      first: z
        .strictObject({
          points: scalars.points.describe('points for the first part'),
          amount: scalars.quantity.describe('how much the first part is'),
        })
        .optional()
        .describe('the first part of an entry, apart from the rest, which earns by the rate'),
      least: scalars.points.optional().describe('the least for one entry'),
      most: scalars.points.optional().describe('the most for one entry'),
      round: roundingOf(scalars)
        .optional()
        .describe(
          'how the points of one entry are rounded; absent: to the hundredth, half up; down to a whole point: nothing for a rest',
        ),
    })
    .refine(({ points, rate }) => (points === undefined) !== (rate === undefined), {
      error: 'either points (for the entry) or a rate (points per amount) is expected',
    })
    .refine(({ first, rate }) => first === undefined || rate !== undefined, {
      error: 'first goes with a rate: it is the part before the rate begins',
    })
    .refine(({ least, most }) => least === undefined || most === undefined || least <= most, {
      error: 'least is above most',
    });

/** All amounts of a kind are in its measure. */
export function measuredAlike(
  { measure, earns }: { measure: Measure; earns: readonly Amounts[] },
  context: z.core.$RefinementCtx,
): void {
  earns.forEach(({ rate, first, when }, n) => {
    const given = [rate?.per, first?.amount, when?.from, when?.below];
    // What could not be read as an amount has no unit: that is said already.
    const other = given.find(({ unit } = {} as Quantity) => unit && unit !== measure);
    if (other === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['earns', n],
      message: `this kind is measured by ${measure}, not by ${other.unit}`,
    });
  });
}

interface Amounts {
  rate?: { per: Quantity } | undefined;
  first?: { amount: Quantity } | undefined;
  when?: { from?: Quantity | undefined; below?: Quantity | undefined } | undefined;
}

/** One kind of activity: how it is measured, accepted, placed in time, and what it earns. */
export const kindOf = (scalars: Scalars) =>
  z
    .strictObject({
      kind: name.describe('what a claim calls it'),
      category: name.describe('the category under which its points stand'),
      measure: z
        .enum(measures)
        .describe('how much is measured: hours are minutes; a book, a course, an office is a unit'),
      accept: z
        .enum(['recording', 'approval', 'review'])
        .describe(
          'recording: it counts as soon as it is claimed; approval: once an assessor approves it; review: once a review has upheld that, too',
        ),
      earns: z
        .array(earnOf(scalars))
        .min(1)
        .max(50)
        .describe('what it earns: the first of these that fits is taken'),
      falls: z
        .enum(['end', 'start', 'award', 'by-day', 'by-month'])
        .optional()
        .describe(
          'where an entry over several days falls: on its last day (end, absent), its first, the day of the award, or in parts by day or month',
        ),
      evidence: z
        .strictObject({
          needed: z.boolean().describe('whether nothing counts without it'),
          keepMonths: months
            .optional()
            .describe(
              'for how many months after the end of the cycle it is kept; then an admin may dispose of it; absent: without end',
            ),
        })
        .optional()
        .describe('whether evidence is needed, and how long it is kept'),
      reflection: z
        .literal('needed')
        .optional()
        .describe('nothing of the kind counts without a reflection by the member'),
    })
    .superRefine(measuredAlike);

export type Kind = z.output<ReturnType<typeof kindOf>>;
export type Earn = Kind['earns'][number];

/** What of an entry decides what it earns. */
export interface Earning {
  quantity: Quantity;
  attributes: {
    role?: string | undefined;
    level?: string | undefined;
    delivery?: string | undefined;
  };
  topics: readonly string[];
  /** Whether an earlier approved entry of the member was about the same work. */
  again: boolean;
}

/** What an entry of a kind earns, in hundredths; undefined where no rate fits it. */
export function earned(kind: Kind, entry: Earning): number | undefined {
  const rule = kind.earns.find(({ when }) => when === undefined || fits(when, entry));
  return rule === undefined ? undefined : earnedBy(rule, entry.quantity.amount);
}

/** The rates that an entry may have earned by: as the first about its work, or as a repeat. */
export function ratesFor({ earns }: Kind, entry: Omit<Earning, 'again'>): Earn[] {
  return [false, true].flatMap(
    (again) =>
      earns.find(({ when }) => when === undefined || fits(when, { ...entry, again })) ?? [],
  );
}

/** Points by one rate: rounded once, at the end; to the hundredth, half up, where the rulebook says nothing. */
export function earnedBy(rule: Earn, amount: number): number {
  const { round = { to: 1, direction: 'nearest' as Direction }, least = 0, most } = rule;
  const points = rounded(earnedExactlyBy(rule, amount), round.to, round.direction);
  return Math.max(least, most === undefined ? points : Math.min(most, points));
}

/** Points by one rate before any rounding, least or most. */
export function earnedExactlyBy({ points, rate, first }: Earn, amount: number): Ratio {
  if (rate === undefined) return ratio(points ?? 0);
  const at = (done: number): Ratio => times(ratio(rate.points), ratio(done, rate.per.amount));
  if (first === undefined) return at(amount);
  // A first part that is not reached earns in proportion.
  const share = ratio(Math.min(amount, first.amount.amount), first.amount.amount);
  return plus(times(ratio(first.points), share), at(Math.max(0, amount - first.amount.amount)));
}

function fits(
  when: NonNullable<Earn['when']>,
  { quantity, attributes, topics, again }: Earning,
): boolean {
  const { role, level, delivery } = attributes;
  return (
    oneOf(when.roles, role) &&
    oneOf(when.levels, level) &&
    oneOf(when.delivery, delivery) &&
    (when.topics?.some((topic) => topics.includes(topic)) ?? true) &&
    (when.repeat === undefined || (when.repeat === 'again') === again) &&
    (when.from === undefined || quantity.amount >= when.from.amount) &&
    (when.below === undefined || quantity.amount < when.below.amount)
  );
}

function oneOf(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

export type { Measure };
