import type { z } from 'zod';
import { acceptsBy } from '../../events/accepts.ts';

/** What `JSON.parse` gave; an object, so that `undefined` can say that there is none. */
export type Json = NonNullable<unknown>;

/** The value of a JSON text; undefined where it is none, or null alone. */
export function parsed(text: string): Json | undefined {
  try {
    return (JSON.parse(text) as Json | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The first thing in which a value breaks a schema: where, and what is expected there. */
export function wrongShape(schema: z.ZodType, value: unknown): string | undefined {
  if (acceptsBy(schema)(value)) return undefined;
  const { success, error } = schema.safeParse(value);
  if (success) return undefined;
  const first = error?.issues[0];
  return first === undefined ? '' : `${first.path.map(String).join('.')}: ${first.message}`;
}
