import { type JsonSchema, rulebookSchema } from '../../src/scheme/rulebook-schema.ts';
import { base, examples } from './rulebook-examples.ts';

/** `docs/reference/rulebook.md`: every field of a rulebook, with examples, from the schema. */
export function rulebookPage(): string {
  const schema = rulebookSchema();
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => name !== '$schema');
  const select = schema.properties?.['limits']?.items?.properties?.['of'] ?? {};
  const parts = fields.flatMap(([name, field]) => [
    `## ${name}`,
    '',
    `${sentence(field.description)} ${need(schema, name)}`,
    '',
    ...tableOf(field),
    ...(examples[name] ?? []).flatMap(({ says, yaml }) => [says, '', '```yaml', yaml, '```', '']),
  ]);
  const page = [
    '# Rulebooks',
    '',
    introduction,
    '',
    '```yaml',
    base.trimEnd(),
    '```',
    '',
    '## Which entries: `of`',
    '',
    `${sentence(select.description)} Limits, floors, steps, requirements and what is carried each say so with \`of\`.`,
    '',
    ...tableOf(select),
    ...parts,
  ];
  return `${page.join('\n').trimEnd()}\n`;
}

const introduction = `Made from the schema in \`src/scheme/rules\`; the examples are checked with it. [How to write and publish
one](../how-to/rulebook.md) goes step by step. The same as a JSON Schema, for editors that complete and check, stands in
[rulebook.schema.json](rulebook.schema.json), and a server gives it at \`/rulebook.schema.json\`. In a file of YAML, the
first line says where it is:

\`\`\`yaml
# yaml-language-server: $schema=rulebook.schema.json
\`\`\`

A rulebook is one version of a scheme’s rules, as YAML or JSON. Points are numbers with at most two decimals (\`1.5\`),
amounts are text (\`50 minutes\`, \`1 hour\`, \`2 credits\`), shares are text (\`1/3\`, \`40%\`), days are
\`2026-01-31\`, names are your own: lower case letters, digits and hyphens. Only \`format\`, \`cycle\`, \`kinds\` and
\`targets\` must be there. Every example below takes the place of its field in this one:`;

function sentence(text = ''): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function need({ required = [] }: JsonSchema, name: string): string {
  return required.includes(name) ? 'Needed.' : 'May be left out.';
}

/** The fields inside, at any depth, by the path that leads to them. Selections are told once, above. */
function rowsOf(schema: JsonSchema, path: string): string[] {
  const inside = schema.items ?? schema;
  const options = inside.anyOf?.filter(({ properties }) => properties !== undefined) ?? [];
  const shapes = inside.properties === undefined ? options : [inside];
  return shapes.flatMap((shape) =>
    Object.entries(shape.properties ?? {}).flatMap(([name, field]) => {
      const place = path === '' ? name : `${path}.${name}`;
      const needed = shape.required?.includes(name) ? '' : ' (optional)';
      const row = `| \`${place}\`${needed} | ${shapeOf(field)} | ${field.description ?? ''} |`;
      return isSelect(field) ? [row] : [row, ...rowsOf(field, place)];
    }),
  );
}

function tableOf(schema: JsonSchema): string[] {
  const rows = rowsOf(schema, '');
  if (rows.length === 0) return [`${sentence(shapeOf(schema))}`, ''];
  return ['| Field | Shape | Meaning |', '|---|---|---|', ...rows, ''];
}

function isSelect(schema: JsonSchema): boolean {
  const options = [schema, ...(schema.anyOf ?? [])];
  return options.some(({ properties }) => properties?.['categories'] && properties['topics']);
}

function shapeOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (isSelect(schema)) return schema.anyOf === undefined ? 'entries' : '`target`, or entries';
  if (schema.anyOf !== undefined) return schema.anyOf.map(shapeOf).join(', or ');
  if (schema.type === 'array') {
    return schema.items?.properties === undefined ? 'list of names' : 'list of rules';
  }
  if (schema.properties !== undefined) return `{ ${Object.keys(schema.properties).join(', ')} }`;
  const { minimum, maximum } = schema;
  if (schema.type === 'integer') return `whole number, ${minimum} to ${maximum}`;
  if (schema.type === 'number') return 'points';
  if (schema.type === 'boolean') return '`true`, `false`';
  return schema.examples === undefined
    ? 'text'
    : `text, as ${schema.examples.map(code).join(', ')}`;
}

function code(value: unknown): string {
  return `\`${value}\``;
}
