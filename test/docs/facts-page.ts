import type { z } from 'zod';
import { categories, type FactDefinition } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { Metadata, systemActors } from '../../src/events/shapes.ts';
import { fieldsOf, headingOf, shared, tableOf } from './shape.ts';

const streams: Record<(typeof categories)[number], string> = {
  ledger: 'One stream, `ledger`.',
  member: 'One stream a person: everything about them as a member.',
  organisation: 'One stream a body.',
  catalogue: 'One stream an entry of what is on offer.',
  session: 'One stream a dated run of an entry.',
  scheme: 'One stream a scheme.',
  authority: 'One stream a person: what they may do.',
  framework: 'One stream a framework of skills.',
  profile: 'One stream a capability profile.',
  release:
    'One stream a disclosure profile, with the tables given out under it; or neighbours as once stated.',
  correction: 'One stream a correction.',
};

/** The catalogue of facts. */
export function factsPage(): string {
  const byCategory = categories.map((category) => ({
    category,
    of: [...registry.values()].filter((definition) => definition.category === category),
  }));
  const parts = [
    '# Facts',
    '',
    introduction(),
    '',
    ...byCategory.flatMap(({ category, of }) => [
      `- [${category}](#${category}): ${of.map(({ type }) => `[${type}](#${type.toLowerCase()})`).join(', ')}`,
    ]),
    '',
    ...byCategory.flatMap(({ category, of }) => [
      `## ${category}`,
      '',
      streams[category],
      '',
      ...of.flatMap(factPart),
    ]),
    '## Shared shapes',
    '',
    ...shared.flatMap((schema) => [
      `### ${headingOf(schema)}`,
      '',
      ...tableOf(fieldsOf(schema, 'input')),
    ]),
    '### Metadata',
    '',
    'What every fact says beside its data.',
    '',
    ...tableOf(fieldsOf(Metadata, 'input')),
    '### System actors',
    '',
    ...Object.entries(systemActors).map(([name, id]) => `- \`${name}\`: \`${id}\``),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

function introduction(): string {
  return `Made from the schemas in \`src/events\`: ${registry.size} kinds of fact, by the category of their stream. A fact is
appended and never changed. Each has \`id\`, \`stream\`, \`revision\` (in its stream), \`index\` (in the ledger), \`type\`,
\`data\` (described here) and [\`metadata\`](#metadata).

Days are \`YYYY-MM-DD\`, and an interval ends the day before its \`until\`. Points are hundredths, time is in minutes, other
amounts are hundredths of their unit. What is absent is left out, never null. Any fact may also carry \`corrects\`, the id of
the fact that it makes good. *Sealed* names texts that stand in \`sealed\`, a list of [boxes](#sealed-box), one for each
key: where the key is destroyed the text is gone, and the fact stays.`;
}

function factPart({ type, version, says, sealed, schema }: FactDefinition): string[] {
  const fields = fieldsOf(schema as z.ZodType, 'input').filter(
    ({ path }) => path !== 'sealed' && path !== 'corrects',
  );
  const texts = sealed.map((path) => `\`${path.replaceAll('/*', '[]').replaceAll('/', '.')}\``);
  return [
    `### ${type}`,
    '',
    `${says} *Version ${version}.*`,
    '',
    ...tableOf(fields),
    ...(texts.length === 0 ? [] : [`Sealed: ${texts.join(', ')}.`, '']),
  ];
}
