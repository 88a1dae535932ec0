import { z } from 'zod';

/** Some text to look for: not blank. */
export function nonEmpty(most: number): z.ZodType<string> {
  return z.string().trim().min(1, { error: 'text is expected, not an empty string' }).max(most);
}
