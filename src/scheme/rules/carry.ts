import { z } from 'zod';
import { mostOf } from './limit.ts';
import { months, name, type Scalars, says } from './scalars.ts';
import { Select } from './select.ts';

/** What of a cycle's surplus goes on to the next. */
export const carryOf = (scalars: Scalars) =>
  z.strictObject({
    name,
    says: says.optional(),
    /** Which entries may be carried. */
    of: Select,
    most: mostOf(scalars).optional(),
    /** Only what falls in the last months of the cycle. */
    lastMonths: months.optional(),
    /** Not out of a member's first cycle. */
    notFromFirst: z.boolean().optional(),
    /** Only what goes beyond these requirements, too: of points the surplus over each, of others that they are met. */
    beyond: z.array(name).max(20).optional(),
    /** After so many cycles what was carried lapses. Absent: after one. */
    lapsesAfterCycles: z.int().min(1).max(100).optional(),
  });
export type Carry = z.output<ReturnType<typeof carryOf>>;

/** What was missing in a cycle is asked in the next: new entries fill it first, and are spent on it. */
export const shortfallOf = ({ points }: Scalars) =>
  z.strictObject({ name, says: says.optional(), most: points.optional() });
export type Shortfall = z.output<ReturnType<typeof shortfallOf>>;
