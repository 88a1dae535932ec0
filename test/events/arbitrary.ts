import fc from 'fast-check';
import { z } from 'zod';
import type { FactDefinition } from '../../src/events/define.ts';
import type { Texts } from '../../src/events/sealing.ts';
import { isStorable } from '../../src/events/shapes.ts';
import { sampleOf } from '../http/arbitrary.ts';

/** Clear data of a schema: what the schema says, drawn from its description and checked by itself. */
export function dataOf(schema: z.ZodType): fc.Arbitrary<object> {
  return sampleOf(z.toJSONSchema(schema, { unrepresentable: 'any' }))
    .map((value) => {
      const { sealed: _, ...data } = value as { sealed?: unknown };
      return data;
    })
    .filter((data) => schema.safeParse(data).success);
}

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
