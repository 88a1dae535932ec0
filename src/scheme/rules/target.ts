import { z } from 'zod';
import { months, name, type Scalars, says } from './scalars.ts';

/** What is to be had in a cycle, by grade. */
export const targetOf = ({ points }: Scalars) =>
  z.strictObject({
    grade: name.describe('the grade of the member'),
    points: points.describe('points to be had in a whole cycle'),
  });

/** Which grade decides where it changes inside a cycle. Absent: the one on the day asked, or at the end. */
export const GradeChange = z
  .enum(['last', 'first', 'highest', 'by-month', 'by-day'])
  .describe(
    'which grade decides where it changes inside a cycle: the last (absent), the first, the one with the highest target, or each for its months or days',
  );

/** Classes of relief, as they are granted. They tell nothing of the reason. */
export const reliefClasses = ['class-a', 'class-b', 'class-c', 'class-d'] as const;

/** What a class of relief does to the target, and to requirements that are lowered with it. */
export const reliefOf = ({ points }: Scalars) =>
  z
    .strictObject({
      class: name.describe(
        'class-a, class-b, class-c or class-d, as it is granted: what stands for what is yours to settle, and it tells no reason',
      ),
      says: says.optional(),
      effect: z
        .enum(['by-month', 'by-day', 'by-week', 'flat', 'exempt', 'suspend'])
        .describe(
          'by-month: the target falls for each whole month, from the first day of the relief or of the cycle; by-day: for each day; by-week: by the working time that is left, against fullTimeMinutes; flat: by points; exempt: nothing is asked; suspend: the cycle is not judged',
        ),
      points: points.optional().describe('taken off the target, for flat'),
      fullTimeMinutes: z
        .int()
        .min(1)
        .max(10_080)
        .optional()
        .describe('minutes of a full working week, for by-week'),
      fromMonths: months.optional().describe('shorter reliefs change nothing'),
      sparesTarget: z
        .boolean()
        .optional()
        .describe('true: it lowers requirements alone, and never the target'),
      counts: z
        .boolean()
        .optional()
        .describe('whether what was done while on it counts; absent: yes'),
    })
    .refine(({ effect, points }) => (effect === 'flat') === (points !== undefined), {
      error: 'points go with flat, and flat needs points',
    })
    .refine(
      ({ effect, fullTimeMinutes }) => (effect === 'by-week') === (fullTimeMinutes !== undefined),
      {
        error: 'fullTimeMinutes goes with by-week, and by-week needs it',
      },
    );
export type Relief = z.output<ReturnType<typeof reliefOf>>;
