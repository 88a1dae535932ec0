import { z } from 'zod';
import { directions } from '../ratio.ts';
import { name, ruleName, type Scalars, says } from './scalars.ts';
import { Select } from './select.ts';

/** Within what a rule counts: one entry, one work or programme, a day, a month, a period, the cycle. */
export const Per = z
  .enum(['entry', 'work', 'programme', 'day', 'month', 'period', 'cycle'])
  .describe(
    'within what it counts: one entry, one work or programme in a cycle, a day, a month of the calendar, a period, the cycle',
  );
export type Per = z.infer<typeof Per>;

/** A number of points; or a share of the target, or of what entries of another selection count. */
export const mostOf = ({ points, share }: Scalars) =>
  z.union([
    z.strictObject({ points: points.describe('so many points') }),
    z.strictObject({
      share: share.describe('a share, as "1/3" or "40%"'),
      of: z
        .union([z.literal('target'), Select])
        .describe('of what: the target, or what these other entries count'),
    }),
  ]);

/** A cap: entries that it is about count up to so much, or so many of them count. */
export const limitOf = (scalars: Scalars) => {
  const { quantity } = scalars;
  return z
    .strictObject({
      name: ruleName,
      says: says.optional(),
      of: Select,
      per: Per,
      most: mostOf(scalars).optional().describe('how much of them counts: points, or a share'),
      entries: z
        .int()
        .min(1)
        .max(10_000)
        .optional()
        .describe('how many of them count; one that counts nothing takes no place'),
      amount: quantity.optional().describe('or how much of what was done counts: so many hours'),
      instead: name
        .optional()
        .describe(
          'what passes the limit counts as of this category, as far as its limits have room',
        ),
    })
    .refine((limit) => oneOf(limit.most, limit.entries, limit.amount), {
      error: 'one of most (points or a share), entries (how many) and amount is expected',
    });
};
export type Limit = z.output<ReturnType<typeof limitOf>>;

/** A least: entries that together do not reach it count nothing. */
export const floorOf = ({ points, quantity }: Scalars) =>
  z
    .strictObject({
      name: ruleName,
      says: says.optional(),
      of: Select,
      per: Per,
      points: points.optional().describe('the points that they must come to'),
      amount: quantity.optional().describe('or the amount that they must come to'),
    })
    .refine(({ points, amount }) => (points === undefined) !== (amount === undefined), {
      error: 'either points or an amount is expected',
    });
export type Floor = z.output<ReturnType<typeof floorOf>>;

/**
 * A step: what entries together come to, exactly, is rounded once. What they were awarded one by one counts up to
 * it, so that rounding up or to the nearest asks for lines that are themselves rounded up.
 */
export const stepOf = ({ points }: Scalars) =>
  z.strictObject({
    name: ruleName,
    says: says.optional(),
    of: Select,
    per: Per,
    to: points.describe('the step, in points'),
    direction: z.enum(directions).optional().describe('which way; absent: down'),
  });
export type Step = z.output<ReturnType<typeof stepOf>>;

function oneOf(...given: unknown[]): boolean {
  return given.filter((one) => one !== undefined).length === 1;
}
