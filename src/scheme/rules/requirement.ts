import { z } from 'zod';
import { mostOf } from './limit.ts';
import { months, name, names, type Scalars, says } from './scalars.ts';
import { Select } from './select.ts';

/** Over what a requirement looks: the cycle, each period or month of it, or so many months up to the cycle's end. */
const Window = z.union([z.enum(['cycle', 'period', 'month']), z.strictObject({ months })]);
export type Window = z.infer<typeof Window>;

/** Something besides the target: so many points, so much, so many entries, or no gap. */
export const requirementOf = (scalars: Scalars) =>
  z
    .strictObject({
      name,
      says: says.optional(),
      of: Select,
      per: Window,
      /** Counted points. */
      least: mostOf(scalars).optional(),
      /** What was done, in its own measure: practice hours, pages. */
      amount: scalars.quantity.optional(),
      /** How many entries. A declaration is one entry of its kind. */
      entries: z.int().min(1).max(10_000).optional(),
      /** About how many different works. */
      works: z.int().min(1).max(10_000).optional(),
      /** No longer than so many months between two entries. */
      noGapOver: months.optional(),
      /** Shown, but no reason to be short. */
      advisory: z.boolean().optional(),
      /** Lowered in proportion by these: classes of relief, and `joining` of a part-year. Absent: by none. */
      loweredBy: names.optional(),
      /** Only for these grades. */
      grades: names.optional(),
    })
    .refine(
      ({ least, amount, entries, works, noGapOver }) =>
        [least, amount, entries, works, noGapOver].filter((given) => given !== undefined).length ===
        1,
      { error: 'one of least, amount, entries, works and noGapOver is expected' },
    );
export type Requirement = z.output<ReturnType<typeof requirementOf>>;

/** A way to meet the rules: the target, where it says so, and these requirements. Any one of the ways will do. */
export const Route = z.strictObject({
  name,
  says: says.optional(),
  target: z.boolean(),
  requirements: z.array(name).max(50),
});
export type Route = z.infer<typeof Route>;
