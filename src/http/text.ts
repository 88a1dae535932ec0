import { z } from 'zod';
import { isUnbroken } from '../events/shapes.ts';

/** Some text to look for, as it is: not blank, without control or broken characters. */
export function nonEmpty(most: number): z.ZodType<string> {
  return z
    .string()
    .refine(isUnbroken, { error: 'text has a control character or a broken character' })
    .trim()
    .min(1, { error: 'text is expected, not an empty string' })
    .max(most);
}
