import { z } from 'zod';
import { months, names } from './scalars.ts';

/** Cycles that ended short, counted over so many months, and what each further one leads to. */
export const Breaches = z.strictObject({
  months: months.describe('how far back cycles that ended short are counted'),
  steps: names.describe('what the first, second and further such cycle leads to'),
});
export type Breaches = z.infer<typeof Breaches>;
