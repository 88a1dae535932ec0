import fc from 'fast-check';
import { z } from 'zod';
import type { FactDefinition } from '../../src/events/define.ts';
import type { Texts } from '../../src/events/sealing.ts';
import { isStorable } from '../../src/events/shapes.ts';
import { sampleOf } from '../http/arbitrary.ts';

/** Clear data of a schema: what the schema says, drawn from its description and checked by itself. */
export function dataOf(schema: z.ZodType): fc.Arbitrary<object> {
  return checked(schema).map((value) => {
    const { sealed: _, ...data } = value as { sealed?: unknown };
    return data;
  });
}

/** Drawn piece by piece, and each piece checked: what one of many refuses is not drawn again as a whole. */
function checked(schema: z.ZodType): fc.Arbitrary<unknown> {
  return drawn(schema).filter((value) => schema.safeParse(value).success);
}

function drawn(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return objectOf(schema);
  if (schema instanceof z.ZodArray) {
    const { minItems = 0, maxItems = MOST } = z.toJSONSchema(schema, loose);
    const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(MOST, maxItems)) };
    return fc.array(checked(schema.element as z.ZodType), bounds);
  }
  if (schema instanceof z.ZodUnion) {
    return fc.oneof(...schema.options.map((option) => checked(option as z.ZodType)));
  }
  return sampleOf(z.toJSONSchema(schema, loose));
}

/** Few of the optional fields come as often as many: rules tend to let only one of several be there. */
function objectOf({ shape }: z.ZodObject): fc.Arbitrary<unknown> {
  const given = Object.entries(shape) as [string, z.ZodType][];
  const fields = new Map(
    given.map(([name, of]) => [
      name,
      checked(of instanceof z.ZodOptional ? (of.unwrap() as z.ZodType) : of),
    ]),
  );
  const optional = given.filter(([, of]) => of instanceof z.ZodOptional).map(([name]) => name);
  return fc.subarray(optional).chain((some) => {
    const drawn = [...fields].filter(([name]) => !optional.includes(name) || some.includes(name));
    return fc.record(Object.fromEntries(drawn));
  });
}

const loose = { unrepresentable: 'any' } as const;
const MOST = 2;

/** Text in the form in which it is stored. */
export const storable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((value) => value.normalize('NFC'))
  .filter(isStorable);

/** Some of the texts that a fact may hold. */
export function textsFor({ sealed }: FactDefinition): fc.Arbitrary<Texts> {
  const paths = sealed.flatMap((path) =>
    path.includes('*') ? [0, 1, 49].map((index) => path.replace('*', String(index))) : [path],
  );
  const fields = Object.fromEntries(paths.map((path) => [path, storable]));
  return fc.record(fields, { requiredKeys: [] }).map((some) => some as Texts);
}
