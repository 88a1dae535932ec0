import { z } from 'zod';
import { mostOf } from './limit.ts';
import { months, name, ruleName, type Scalars, says } from './scalars.ts';
import { Select } from './select.ts';

/** What of a cycle's surplus goes on to the next. */
export const carryOf = (scalars: Scalars) =>
  z.strictObject({
    name: ruleName,
    says: says.optional(),
    of: Select.describe(
      'which entries may be carried: {} is every entry. What was carried fills the target, and no requirement',
    ),
    most: mostOf(scalars)
      .optional()
      .describe('the most that goes on, points or a share; absent: the whole surplus'),
    lastMonths: months.optional().describe('only what falls in the last months of the cycle'),
    notFromFirst: z
      .boolean()
      .optional()
      .describe('true: nothing goes on out of a member’s first cycle'),
    beyond: z
      .array(name)
      .max(20)
      .optional()
      .describe(
        'only what goes beyond these requirements, too: of points the surplus over each, of others that they are met',
      ),
    lapsesAfterCycles: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe('after so many cycles what was carried lapses; absent: after one'),
  });
export type Carry = z.output<ReturnType<typeof carryOf>>;

/** What was missing in a cycle is asked in the next: new entries fill it first, and are spent on it. */
export const shortfallOf = ({ points }: Scalars) =>
  z.strictObject({
    name: ruleName,
    says: says.optional(),
    most: points.optional().describe('the most that is asked again; absent: all that was missing'),
  });
