import type { z } from 'zod';

/** Whether a value fits. A yes is what the schema would say; a no says nothing, and the schema is asked. */
export type Accepts = (value: unknown) => boolean;

/**
 * A quick yes for a schema, made once from its own definition: every fact that is written or read for a decision is
 * checked, nearly always in vain, and the schema itself makes objects for what it might have to report. Only the
 * kinds of schema that facts are made of are known here; for any other the answer is no.
 */
export function acceptsBy(schema: z.ZodType): Accepts {
  const known = made.get(schema);
  if (known !== undefined) return known;
  // A schema that contains itself finds this while it is being made.
  made.set(schema, never);
  const accepts = madeFrom(schema as Known);
  made.set(schema, accepts);
  return accepts;
}

/** Whether a schema accepts a value, by the quick yes where it is said. */
export function fits(schema: z.ZodType, value: unknown): boolean {
  return acceptsBy(schema)(value) || schema.safeParse(value).success;
}

const made = new WeakMap<z.ZodType, Accepts>();

/** What a schema says of itself (zod 4, `_zod.def`). */
type Known = z.ZodType & { _zod: { def: Definition } };
type Definition = { type: string; checks?: { _zod: { def: Check } }[] } & Partial<{
  shape: Record<string, Known>;
  catchall: Known;
  element: Known;
  innerType: Known;
  options: Known[];
  keyType: Known;
  valueType: Known;
  entries: Record<string, string>;
  values: unknown[];
  format: string;
  coerce: boolean;
}>;
interface Check {
  check: string;
  format?: string;
  pattern?: RegExp;
  minimum?: number;
  maximum?: number;
  value?: number;
  inclusive?: boolean;
  fn?: (value: unknown) => unknown;
}

const never: Accepts = () => false;

function madeFrom(schema: Known): Accepts {
  const { def } = schema._zod;
  const kind = kinds[def.type]?.(def);
  // A schema that is a format in itself (`z.url()`, `z.int()`) stands before its own checks.
  const own = def.format === undefined ? [] : [def as unknown as Check];
  const checks = [...own, ...(def.checks ?? []).map((one) => one._zod.def)].map(checkOf);
  if (kind === undefined || def.coerce === true || checks.includes(undefined)) return never;
  return (checks as Accepts[]).reduce(
    (before, check) => (value) => before(value) && check(value),
    kind,
  );
}

const kinds: Record<string, (def: Definition) => Accepts | undefined> = {
  string: () => (value) => typeof value === 'string',
  number: () => (value) => Number.isFinite(value),
  boolean: () => (value) => typeof value === 'boolean',
  enum: ({ entries = {} }) => oneOf(Object.values(entries)),
  literal: ({ values = [] }) => oneOf(values),
  optional({ innerType }) {
    const inner = innerType === undefined ? never : acceptsBy(innerType);
    return (value) => value === undefined || inner(value);
  },
  union({ options = [] }) {
    const each = options.map(acceptsBy);
    return (value) => each.some((accepts) => accepts(value));
  },
  array({ element }) {
    const each = element === undefined ? never : acceptsBy(element);
    return (value) => {
      if (!Array.isArray(value)) return false;
      for (const member of value) if (!each(member)) return false;
      return true;
    };
  },
  record: recordOf,
  object: objectOf,
};

function oneOf(values: readonly unknown[]): Accepts {
  const known = new Set(values);
  return (value) => known.has(value);
}

function recordOf({ keyType, valueType }: Definition): Accepts | undefined {
  if (keyType?._zod.def.type !== 'string' || valueType === undefined) return undefined;
  const [key, member] = [acceptsBy(keyType), acceptsBy(valueType)];
  return (value) =>
    isPlain(value) &&
    Object.keys(value).every((name) => name !== '__proto__' && key(name) && member(value[name]));
}

function objectOf({ shape = {}, catchall }: Definition): Accepts | undefined {
  if (catchall?._zod.def.type !== 'never') return undefined;
  const members = Object.entries(shape).map(([name, schema]) => ({
    name,
    accepts: acceptsBy(schema),
  }));
  const names = new Set(Object.keys(shape));
  return (value) => {
    if (!isPlain(value)) return false;
    for (const { name, accepts } of members) if (!accepts(value[name])) return false;
    for (const name in value) if (!names.has(name)) return false;
    return true;
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function checkOf(check: Check): Accepts | undefined {
  const { value: bound = 0, inclusive, minimum = 0, maximum = 0, pattern, fn } = check;
  switch (check.check) {
    case 'string_format':
      if (check.format !== 'regex' || pattern === undefined || pattern.global || pattern.sticky)
        return undefined;
      return (value) => pattern.test(value as string);
    case 'number_format':
      return check.format === 'safeint' ? Number.isSafeInteger : undefined;
    case 'greater_than':
      return (value) => (inclusive ? (value as number) >= bound : (value as number) > bound);
    case 'less_than':
      return (value) => (inclusive ? (value as number) <= bound : (value as number) < bound);
    case 'min_length':
      return (value) => (value as string | unknown[]).length >= minimum;
    case 'max_length':
      return (value) => (value as string | unknown[]).length <= maximum;
    case 'custom':
      return fn === undefined ? undefined : (value) => fn(value) === true;
  }
  return undefined;
}
