import { z } from 'zod';
import { AuthoredRulebook } from './rulebook.ts';

/** A JSON Schema as far as it is looked into here. */
export interface JsonSchema {
  description?: string;
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  examples?: unknown[];
  [more: string]: unknown;
}

/** The JSON Schema (draft 2020-12) of a rulebook as people write it, for editors that complete and check. */
export function rulebookSchema(): JsonSchema {
  const made = z.toJSONSchema(AuthoredRulebook, {
    io: 'input',
    override({ jsonSchema }) {
      // Editors take the remainder of a binary fraction: to them 0.3 would be no multiple of 0.01.
      delete jsonSchema.multipleOf;
    },
  }) as JsonSchema;
  const { $schema, properties, ...rest } = made;
  const address = { type: 'string', description: 'where this schema is, for editors' };
  return {
    $schema,
    title: 'Rulebook',
    description: 'One version of the rules of a scheme, as people write it in YAML or JSON.',
    ...rest,
    properties: { $schema: address, ...properties },
  };
}

/** Of two schemas, the one that a value of this shape is meant to fit: by the names of its fields, else its type. */
export function likeliest(options: readonly JsonSchema[], value: unknown): JsonSchema | undefined {
  const fits = (option: JsonSchema): number => {
    if (typeof value !== 'object' || value === null) return option.type === typeof value ? 1 : 0;
    if (option.properties === undefined) return 0;
    const known = option.properties;
    return 1 + Object.keys(value).filter((key) => Object.hasOwn(known, key)).length;
  };
  return [...options].sort((a, b) => fits(b) - fits(a))[0];
}
