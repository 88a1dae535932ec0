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

interface Issue {
  path: PropertyKey[];
  message: string;
}

interface Schema {
  safeParse(value: unknown): { success: boolean; error?: { issues: readonly Issue[] } | undefined };
}

/** The first thing in which a value breaks a schema: where, and what is expected there. */
export function wrongShape(schema: Schema, value: unknown): string | undefined {
  const { success, error } = schema.safeParse(value);
  if (success) return undefined;
  const first = error?.issues[0];
  return first === undefined ? '' : `${first.path.map(String).join('.')}: ${first.message}`;
}
