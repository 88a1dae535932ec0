import { z } from 'zod';
import { Day } from '../events/shapes.ts';

/** Each year up to the one that is asked about is weighed, so a question about a far one would keep all others waiting. */
const LATEST = 2199;

/** A day that is asked about. */
export const AskedDay = Day.refine((day) => Number(day.slice(0, 4)) <= LATEST, {
  error: `a day up to the end of ${LATEST} is expected`,
});

/** A cycle by its name, or by the year in which it alone begins. */
export const CycleName = z.string().regex(/^(([01]\d|2[01])\d{2}(-\d{2}-\d{2})?|rolling)$/, {
  error: `a cycle up to ${LATEST} is expected: the year in which it begins, or its first day`,
});
