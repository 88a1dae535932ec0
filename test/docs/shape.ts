import { z } from 'zod';
import { Award, ClaimLine, SkillAtLevel } from '../../src/events/claim.ts';
import * as shapes from '../../src/events/shapes.ts';

/** Shapes that have a name of their own; those with an anchor are described once, in facts.md. */
const named = new Map<z.ZodType, { name: string; anchor?: string }>([
  [shapes.Uuid, { name: 'id' }],
  [shapes.Day, { name: 'day' }],
  [shapes.Instant, { name: 'time in UTC' }],
  [shapes.Kid, { name: 'key id' }],
  [shapes.Code, { name: 'code' }],
  [shapes.Points, { name: 'points, in hundredths' }],
  [shapes.Quantity, { name: 'quantity', anchor: 'quantity' }],
  [shapes.Fraction, { name: 'fraction', anchor: 'fraction' }],
  [shapes.Decision, { name: 'decision', anchor: 'decision' }],
  [shapes.Actor, { name: 'actor', anchor: 'actor' }],
  [shapes.SealedBoxShape, { name: 'sealed box', anchor: 'sealed-box' }],
  [ClaimLine, { name: 'claimed line', anchor: 'claimed-line' }],
  [Award, { name: 'award', anchor: 'award' }],
  [SkillAtLevel, { name: 'skill at a level', anchor: 'skill-at-a-level' }],
]);

/** Shapes that many facts share, in the order in which the page of facts describes them. */
export const shared: readonly z.ZodType[] = [...named]
  .filter(([, { anchor }]) => anchor !== undefined)
  .map(([schema]) => schema);

/** The heading of a shared shape. */
export function headingOf(schema: z.ZodType): string {
  const name = named.get(schema)?.name ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export interface Field {
  /** `lines[].accepted`: a dot for a member, brackets for what a list holds. */
  path: string;
  type: string;
  optional: boolean;
  says: string;
}

interface Def {
  type: string;
  shape: Record<string, z.ZodType>;
  element: z.ZodType;
  innerType: z.ZodType;
  in: z.ZodType;
  out: z.ZodType;
  left: z.ZodType;
  right: z.ZodType;
  options: readonly z.ZodType[];
  discriminator?: string;
  defaultValue: unknown;
}

type Io = 'input' | 'output';

/** Every field of an object, nested ones after the one that holds them; a table's rows. */
export function fieldsOf(schema: z.ZodType, io: Io, page = '', at = ''): Field[] {
  const { def } = bare(schema, io);
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([name, member]) => {
        return fieldOf(at === '' ? name : `${at}.${name}`, member, io, page);
      });
    case 'intersection':
      return [def.left, def.right].flatMap((part) => fieldsOf(part, io, page, at));
    case 'union':
      // What tells the variants apart stands with the field that holds them.
      return def.options
        .flatMap((option) => fieldsOf(option, io, page, at))
        .filter(
          ({ path }) => def.discriminator === undefined || path !== `${at}.${def.discriminator}`,
        );
    case 'array':
      return fieldsOf(def.element, io, page, `${at}[]`);
    default:
      return [];
  }
}

function fieldOf(path: string, member: z.ZodType, io: Io, page: string): Field[] {
  const { schema, optional, byDefault } = bare(member, io);
  const says = [member.description ?? schema.description ?? '', byDefault]
    .filter(Boolean)
    .join('; ');
  const type = typeOf(schema, io, page, /hundredths|minutes/.test(says) ? '' : path);
  const own = { path, type, optional, says };
  return [own, ...(hasName(schema, io) ? [] : fieldsOf(schema, io, page, path))];
}

function hasName(schema: z.ZodType, io: Io): boolean {
  const { schema: inner, def } = bare(schema, io);
  return named.has(inner) || (def.type === 'array' && hasName(def.element, io));
}

/** A schema without what only says whether it may be left out, or how it is read. */
function bare(schema: z.ZodType, io: Io) {
  let inner = schema;
  let optional = false;
  let byDefault = '';
  for (;;) {
    const def = inner.def as unknown as Def;
    if (named.has(inner)) return { schema: inner, def, optional, byDefault };
    if (def.type === 'optional') optional = true;
    if (def.type === 'default') {
      optional = io === 'input';
      byDefault = `by default \`${JSON.stringify(def.defaultValue)}\``;
    }
    if (def.type === 'optional' || def.type === 'default') inner = def.innerType;
    else if (def.type === 'pipe') inner = io === 'input' ? def.in : def.out;
    else return { schema: inner, def, optional, byDefault };
  }
}

/** What a value may be, in words. */
export function typeOf(given: z.ZodType, io: Io, page = '', path = ''): string {
  const { schema, def } = bare(given, io);
  const known = named.get(schema);
  if (known !== undefined) {
    return known.anchor === undefined ? known.name : `[${known.name}](${page}#${known.anchor})`;
  }
  switch (def.type) {
    case 'object':
      return Object.keys(def.shape).length === 0 ? 'nothing' : 'object';
    case 'array':
      return `list of ${typeOf(def.element, io, page, path)}${boundsOf(schema, 'Items', io)}`;
    case 'record':
      return 'object, by name';
    case 'union':
      return unique(
        def.options.map((option) => variantOf(option, io, page, def.discriminator)),
      ).join(' or ');
    default:
      return leafOf(schema, io, path);
  }
}

function variantOf(option: z.ZodType, io: Io, page: string, discriminator?: string): string {
  const { def } = bare(option, io);
  const kind = discriminator === undefined ? undefined : def.shape?.[discriminator];
  if (def.type !== 'object') return typeOf(option, io, page);
  const names = Object.keys(def.shape).filter((name) => name !== discriminator);
  const of = names.length === 0 ? '' : ` with ${names.map((name) => `\`${name}\``).join(', ')}`;
  return kind === undefined ? `object${of}` : `${typeOf(kind, io)}${of}`;
}

interface JsonLeaf {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  [bound: string]: unknown;
}

function leafOf(schema: z.ZodType, io: Io, path: string): string {
  const leaf = json(schema, io);
  if (leaf.enum !== undefined) return leaf.enum.map((value) => `\`${value}\``).join(', ');
  if (leaf.const !== undefined) return `\`${JSON.stringify(leaf.const)}\``;
  if (leaf.format === 'uuid') return 'id';
  const form = leaf.pattern === undefined ? undefined : forms.get(leaf.pattern);
  if (form !== undefined) return form;
  if (leaf.type === 'integer') return `integer${boundsOf(schema, 'imum', io)}${unitOf(path)}`;
  if (leaf.type === 'string') return `text${boundsOf(schema, 'Length', io)}`;
  return leaf.type ?? 'anything';
}

/** Names of texts by their form, where a schema says it anew. */
const forms = new Map(
  [...named]
    .filter(([schema]) => (schema.def as { type: string }).type === 'string')
    .map(([schema, { name }]) => [json(schema, 'input').pattern ?? '', name]),
);

/** Numbers carry their unit in their name; points always are hundredths. */
function unitOf(path: string): string {
  const name = path.split('.').at(-1) ?? '';
  if (/points|awarded|target/i.test(name)) return ', hundredths of a point';
  if (/minutes/i.test(name)) return ', minutes';
  return /bytes/i.test(name) ? ', bytes' : '';
}

function boundsOf(schema: z.ZodType, what: 'Items' | 'Length' | 'imum', io: Io): string {
  const leaf = json(schema, io);
  const bound = (name: string) => {
    const value = leaf[`${name}${what}`];
    return typeof value === 'number' && Math.abs(value) < 1e15 ? value : undefined;
  };
  const [min, max] = [bound('min'), bound('max')];
  if (min === undefined && max === undefined) return '';
  if (max === undefined) return ` (${min} or more)`;
  return min === undefined || (min === 0 && what !== 'imum')
    ? ` (at most ${max})`
    : ` (${min} to ${max})`;
}

function json(schema: z.ZodType, io: Io): JsonLeaf {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonLeaf;
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}

/** Fields as a table; nothing where there is none. */
export function tableOf(fields: readonly Field[]): string[] {
  if (fields.length === 0) return [];
  const rows = fields.map(({ path, type, optional, says }) => {
    const what = [type, says].filter(Boolean).join('; ').replaceAll('|', '\\|');
    return `| \`${path}\`${optional ? ' (optional)' : ''} | ${what} |`;
  });
  return ['| Field | What |', '|---|---|', ...unique(rows), ''];
}
