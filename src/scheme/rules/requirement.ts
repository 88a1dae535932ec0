import { z } from 'zod';
import { mostOf } from './limit.ts';
import { months, name, names, ruleName, type Scalars, says } from './scalars.ts';
import { Select } from './select.ts';

/** Over what a requirement looks: the cycle, each period or month of it, or so many months up to the cycle's end. */
const Window = z
  .union([
    z.enum(['cycle', 'period', 'month']),
    z.strictObject({ months: months.describe('so many months up to the end of the cycle') }),
  ])
  .describe(
    'over what it looks: the cycle, each period or month of it, or months up to its end, which bind nobody who joined within them',
  );
export type Window = z.infer<typeof Window>;

/** A requirement asks for one thing. */
export function asksOneThing(rule: Partial<Record<(typeof things)[number], unknown>>): boolean {
  return things.filter((thing) => rule[thing] !== undefined).length === 1;
}

const things = ['least', 'amount', 'entries', 'works', 'every', 'noGapOver'] as const;

/** Something besides the target: so many points, so much, so many entries, or no gap. */
export const requirementOf = (scalars: Scalars) =>
  z
    .strictObject({
      name: ruleName,
      says: says.optional(),
      of: Select,
      per: Window,
      least: mostOf(scalars).optional().describe('the counted points asked: a number, or a share'),
      amount: scalars.quantity
        .optional()
        .describe('how much must have been done, in its own measure: practice hours, pages'),
      entries: z
        .int()
        .min(1)
        .max(10_000)
        .optional()
        .describe('how many entries, whatever they count; a declaration is one entry of its kind'),
      works: z.int().min(1).max(10_000).optional().describe('about how many different works'),
      every: z
        .enum(['reflection', 'evidence'])
        .optional()
        .describe('every entry has this: a reflection by the member, or evidence'),
      noGapOver: months.optional().describe('no longer than so many months between two entries'),
      advisory: z.boolean().optional().describe('true: shown, but no reason to be short'),
      loweredBy: names
        .optional()
        .describe(
          'lowered in proportion by these, and rounded up: classes of relief, and joining for a part-year; absent: by none',
        ),
      grades: names.optional().describe('only for these grades'),
      grace: z
        .boolean()
        .optional()
        .describe(
          'true: what is done in the time of grace (cycle.graceMonths) may make it good, and counts for it in one cycle only',
        ),
    })
    .refine(asksOneThing, {
      error: 'one of least, amount, entries, works, every and noGapOver is expected',
    })
    .refine(
      ({ grace, amount, entries, works, per }) =>
        grace !== true || (per === 'cycle' && (amount ?? entries ?? works) !== undefined),
      { error: 'grace goes with an amount, entries or works per cycle' },
    );
export type Requirement = z.output<ReturnType<typeof requirementOf>>;

/** A way to meet the rules: the target, where it says so, and these requirements. Any one of the ways will do. */
export const Route = z.strictObject({
  name: ruleName,
  says: says.optional(),
  target: z.boolean().describe('whether the target is asked on this way'),
  requirements: z.array(name).max(50).describe('the requirements that are asked on it, by name'),
});
export type Route = z.infer<typeof Route>;
