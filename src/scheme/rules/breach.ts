import { z } from 'zod';
import { months, names } from './scalars.ts';

/** Cycles that ended short, counted over so many months, and what each further one leads to. */
export const Breaches = z.strictObject({ months, steps: names });
export type Breaches = z.infer<typeof Breaches>;
