import { z } from 'zod';
import type { FactDefinition } from '../../src/events/define.ts';

interface Schema {
  const?: unknown;
  enum?: unknown[];
  type?: string;
  pattern?: string;
  format?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** What may stand in clear at one place of a fact. */
export interface Leaf {
  /** Type and path, with `*` for an index: `EvidenceAttached file/media`. */
  place: string;
  /** The values of an enumeration; absent: any of its form. */
  values?: string[];
  /** The form of a text: its pattern or format, or `free`. */
  form?: string;
}

/** Every place of a fact's schema, of every version of it, that holds a text or a value from a list. Boxes apart. */
export function leavesOf({ type, schema, older }: FactDefinition): Leaf[] {
  return [...older, schema].flatMap((version) =>
    leavesIn(z.toJSONSchema(version, { unrepresentable: 'any' }) as Schema, `${type} `),
  );
}

/** The same of any schema. */
export function leavesIn(schema: Schema, place: string): Leaf[] {
  if (schema.const !== undefined) return [leaf({ place, values: [String(schema.const)] })];
  if (schema.enum !== undefined) return [leaf({ place, values: schema.enum.map(String) })];
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return choices.flatMap((choice) => leavesIn(choice, place));
  switch (schema.type) {
    case 'object':
      return objectLeaves(schema, place);
    case 'array':
      return leavesIn(schema.items ?? {}, `${place}*/`);
    case 'integer':
    case 'boolean':
      return [];
    default:
      return [leaf({ place, form: schema.pattern ?? schema.format ?? 'free' })];
  }
}

function objectLeaves({ properties = {}, additionalProperties }: Schema, place: string): Leaf[] {
  const named = Object.entries(properties)
    .filter(([name]) => name !== 'sealed')
    .flatMap(([name, schema]) => leavesIn(schema, `${place}${name}/`));
  // Names of members that come from outside would be text, too.
  const open = additionalProperties !== false ? [{ place: `${place}*`, form: 'free' }] : [];
  return [...named, ...open];
}

function leaf(found: Leaf): Leaf {
  return { ...found, place: found.place.replace(/\/$/, '') };
}
