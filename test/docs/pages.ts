import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { FactDefinition } from '../../src/events/define.ts';
import { categories } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { nameOf } from '../../src/http/openapi.ts';
import { operations } from '../../src/http/table.ts';
import { settingsTable } from '../../src/main/settings.ts';

/** The pages of docs/reference that are made from the code, by file name. */
export function referencePages(): Map<string, string> {
  return new Map([
    ['facts.md', factsPage()],
    ['settings.md', settingsPage()],
    ['http.md', httpPage()],
    ['cli.md', cliPage()],
  ]);
}

function factsPage(): string {
  const parts = [
    '# Facts',
    '',
    `Made from the schemas in \`src/events\`: ${registry.size} kinds of fact.`,
    '',
  ];
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
  const text =
    sealed.length === 0 ? [] : [`Sealed text: ${sealed.map((p) => `\`${p}\``).join(', ')}`, ''];
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

function httpPage(): string {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const parts = tags.flatMap((tag) => [
    `## ${tag}`,
    '',
    '| Operation | Request | May be done by | What |',
    '|---|---|---|---|',
    ...operations
      .filter((row) => row.tag === tag)
      .map(({ id, method, path, may, opens, summary }) => {
        const who = may.map(nameOf).join(', ');
        const reason = opens ? ' (opens sealed text: `Access-Reason`)' : '';
        return `| \`${id}\` | \`${method.toUpperCase()} ${path}\` | ${who} | ${summary}${reason} |`;
      }),
    '',
  ]);
  return `${['# HTTP', '', httpIntroduction, '', ...parts].join('\n').trimEnd()}\n`;
}

const httpIntroduction = `Made from the table in \`src/http/table.ts\`. Bodies and answers are in \`/openapi.json\`, to be browsed at \`/docs/\`.

Every write needs an \`Idempotency-Key\` (a UUID, the same for a retry) and answers with \`Ledger-Position\`; a read that
sends it back as \`Ledger-At-Least\` sees that write. Problems are RFC 9457, with a stable \`code\`. *own* is a member
on their own record; an *assessor* is who has an appointment in force in a scheme of that member; the other roles are
granted.`;

const verbs = [
  'start',
  'token',
  'import',
  'import organisations',
  'import members',
  'import claims',
  'history',
  'statement',
  'export',
  'export events',
  'export balances',
  'rebuild',
  'verify',
  'backup',
  'restore',
  'keys-lost',
];

function cliPage(): string {
  const parts = verbs.flatMap((verb) => [
    `## ${verb}`,
    '',
    '```text',
    helpOf(verb.split(' ')),
    '```',
    '',
  ]);
  return `${['# Command line', '', cliIntroduction, '', '```text', helpOf([]), '```', '', ...parts].join('\n').trimEnd()}\n`;
}

const cliIntroduction = `Made from what \`--help\` prints. \`npx . VERB\` runs it from this folder; errors are one line on stderr and a
non-zero exit.`;

function helpOf(verb: string[]): string {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const done = spawnSync(process.execPath, [main, ...verb, '--help'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${verb.join(' ')} --help: ${done.stderr}`);
  return done.stdout.trimEnd();
}
