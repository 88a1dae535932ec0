import { z } from 'zod';
import type { FactDefinition } from '../../src/events/define.ts';
import { categories } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { settingsTable } from '../../src/main/settings.ts';

/** The pages of docs/reference that are made from the code, by file name. */
export function referencePages(): Map<string, string> {
  return new Map([
    ['facts.md', factsPage()],
    ['settings.md', settingsPage()],
  ]);
}

function factsPage(): string {
  const parts = ['# Facts', '', `Made from the schemas in \`src/events\`: ${registry.size} kinds of fact.`, ''];
  for (const category of categories) {
    const of = [...registry.values()].filter((definition) => definition.category === category);
    if (of.length === 0) continue;
    parts.push(`## ${category}`, '');
    for (const definition of of) parts.push(...factPart(definition));
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

function factPart({ type, version, says, sealed, schema }: FactDefinition): string[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const required = new Set(shape.required ?? []);
  const rows = Object.entries(shape.properties ?? {})
    .filter(([name]) => name !== 'sealed')
    .map(([name, member]) => {
      return `| \`${name}\`${required.has(name) ? '' : ' (optional)'} | ${typeOf(member)} |`;
    });
  const text = sealed.length === 0 ? [] : [`Sealed text: ${sealed.map((p) => `\`${p}\``).join(', ')}`, ''];
  const table = rows.length === 0 ? [] : ['| Member | Shape |', '|---|---|', ...rows, ''];
  return [`### ${type} (version ${version})`, '', says, '', ...table, ...text];
}

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: string[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return either.map(typeOf).join(' or ');
  if (schema.properties === undefined) return schema.type ?? 'anything';
  return `{ ${Object.keys(schema.properties).join(', ')} }`;
}

function settingsPage(): string {
  const rows = settingsTable.map(
    ({ name, default: by, means }) => `| \`${name}\` | ${by || '(none)'} | ${means} |`,
  );
  return `# Settings\n\nMade from \`src/main/settings.ts\`. A wrong value stops the start and says what would be right.\n\n| Setting | Default | Meaning |\n|---|---|---|\n${rows.join('\n')}\n`;
}
