import type { z } from 'zod';
import { closest } from '../scheme/near.ts';
import { type JsonSchema, likeliest, rulebookSchema } from '../scheme/rulebook-schema.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong in a rulebook's file: where, and what would be right. `key`: it is about this key itself. */
export interface Fault {
  path: PropertyKey[];
  key?: string;
  says: string;
}

/** What the schema found wrong in a document, in words that name what stands there and what is meant. */
export function faultsOf(issues: readonly Issue[], document: unknown): Fault[] {
  const schema = rulebookSchema();
  return issues.flatMap((issue) => faults(issue, [], { document, schema }));
}

interface Looked {
  document: unknown;
  schema: JsonSchema;
}

function faults(issue: Issue, before: readonly PropertyKey[], looked: Looked): Fault[] {
  const path = [...before, ...issue.path];
  const value = valueAt(looked.document, path);
  const meant = schemaAt(looked.schema, path, looked.document);
  const place = placeText(path, looked.document);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(meant?.properties ?? {});
    return issue.keys.map((key) => ({
      path,
      key,
      says: `${place} has no field ${key}: ${nearest(key, known)}`,
    }));
  }
  if (value === undefined && issue.code !== 'custom') {
    return [{ path, says: `${place} is missing: ${expected(meant)}` }];
  }
  if (issue.code === 'invalid_union' && meant?.anyOf !== undefined) {
    const place = meant.anyOf.indexOf(likeliest(meant.anyOf, value) ?? {});
    const inner = issue.errors[place] ?? [];
    const inside = inner.filter((one) => one.path.length > 0 || one.code === 'unrecognized_keys');
    if (inside.length > 0) return inside.flatMap((one) => faults(one, path, looked));
  }
  if (['custom', 'invalid_format', 'not_multiple_of'].includes(issue.code)) {
    const stands = typeof value === 'object' ? '' : `${shown(value)} stands here; `;
    return [{ path, says: `${place}: ${stands}${issue.message}` }];
  }
  const hint = typeof value === 'string' ? guess(value, choices(meant)) : '';
  return [{ path, says: `${place}: ${shown(value)} stands here${hint}; ${expected(meant)}` }];
}

/** What is expected, by type and meaning. */
function expected(meant: JsonSchema | undefined): string {
  if (meant === undefined) return 'nothing is expected here';
  const { description } = meant;
  return `${kindOf(meant)} is expected${description === undefined ? '' : ` (${description})`}`;
}

function kindOf(schema: JsonSchema): string {
  const { type, properties, items, minimum, maximum, examples } = schema;
  if (schema.anyOf !== undefined) return schema.anyOf.map(kindOf).join(', or ');
  const given = choices(schema);
  if (given.length === 1) return given.join();
  if (given.length > 1) return `one of ${given.join(', ')}`;
  if (type === 'array') return `a list of ${items?.type === 'object' ? 'rules' : 'names'}`;
  if (properties !== undefined) return fieldsOf(schema);
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}`;
  if (type === 'number') return `a number from ${minimum} to ${maximum}`;
  if (type === 'boolean') return 'true or false';
  return examples === undefined ? 'text' : `text as ${examples.map((e) => `"${e}"`).join(', ')}`;
}

/** Its fields; where they are many, those that must be there, or the first where none must. */
function fieldsOf({ properties = {}, required = [] }: JsonSchema): string {
  const all = Object.keys(properties);
  if (all.length <= 7) return `{ ${all.join(', ')} }`;
  return `{ ${(required.length > 0 ? required : all.slice(0, 5)).join(', ')}, … }`;
}

function choices(schema: JsonSchema | undefined): string[] {
  if (schema?.const !== undefined) return [String(schema.const)];
  if (schema?.anyOf !== undefined) return schema.anyOf.flatMap(choices);
  return (schema?.enum ?? []).map(String);
}

function guess(typed: string, known: readonly string[]): string {
  const near = closest(typed, known);
  return near === undefined ? '' : ` (is ${near} meant?)`;
}

function nearest(typed: string, known: readonly string[]): string {
  const near = closest(typed, known);
  return near === undefined ? `there are ${known.join(', ')}` : `is ${near} meant?`;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => {
    return typeof value === 'object' && value !== null
      ? (value as Record<PropertyKey, unknown>)[step]
      : undefined;
  }, document);
}

/** The schema of what stands at a path; of a union the part that fits best what stands there. */
function schemaAt(
  schema: JsonSchema,
  path: readonly PropertyKey[],
  document: unknown,
): JsonSchema | undefined {
  let at: JsonSchema | undefined = schema;
  for (const [n, step] of path.entries()) {
    if (at?.anyOf !== undefined) at = likeliest(at.anyOf, valueAt(document, path.slice(0, n)));
    at = typeof step === 'number' ? at?.items : at?.properties?.[String(step)];
  }
  const value = valueAt(document, path);
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const fields = at?.anyOf !== undefined && isMap ? likeliest(at.anyOf, value) : undefined;
  return fields === undefined ? at : { ...at, properties: fields.properties ?? {} };
}

/** A path in words: items of lists by their own name, else by their number from 1. */
function placeText(path: readonly PropertyKey[], document: unknown): string {
  if (path.length === 0) return 'the rulebook';
  const steps = path.map((step, n) => {
    if (typeof step !== 'number') return String(step);
    const item = valueAt(document, path.slice(0, n + 1)) as Record<string, unknown> | undefined;
    const own = ['kind', 'group', 'grade', 'class', 'name'].map((key) => item?.[key]);
    return String(own.find((name) => typeof name === 'string') ?? step + 1);
  });
  return steps.join('.');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return `{ ${Object.keys(value).join(', ')} }`;
  return value === null ? 'nothing' : JSON.stringify(value);
}
