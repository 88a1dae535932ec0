import { z } from 'zod';
import { months, name, type Scalars, says } from './scalars.ts';

/** What is to be had in a cycle, by grade. */
export const targetOf = ({ points }: Scalars) => z.strictObject({ grade: name, points });

/** Which grade decides where it changes inside a cycle. Absent: the one on the day asked, or at the end. */
export const GradeChange = z.enum(['last', 'first', 'highest', 'by-month', 'by-day']);

/** What a class of relief does to the target, and to requirements that are lowered with it. */
export const reliefOf = ({ points }: Scalars) =>
  z
    .strictObject({
      class: name,
      says: says.optional(),
      /**
       * `by-month`: for each whole month of it; `by-day`; `by-week`: by the working time that is left, against
       * `fullTimeMinutes`; `exempt`: nothing is asked; `suspend`: the cycle is not judged.
       */
      effect: z.enum(['by-month', 'by-day', 'by-week', 'flat', 'exempt', 'suspend']),
      /** Taken off, for `flat`. */
      points: points.optional(),
      fullTimeMinutes: z.int().min(1).max(10_080).optional(),
      /** Shorter reliefs change nothing. */
      fromMonths: months.optional(),
      /** It lowers requirements alone, and never the target. */
      sparesTarget: z.boolean().optional(),
      /** What was done while on it counts. Absent: it does. */
      counts: z.boolean().optional(),
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
