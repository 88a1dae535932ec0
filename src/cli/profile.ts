import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { v4 } from 'uuid';
import { parse } from 'yaml';
import { z } from 'zod';
import { beginning } from '../commands/begin.ts';
import { handle } from '../commands/handle.ts';
import { publishProfile } from '../commands/profile.ts';
import type { Registered, Views } from '../projections/views.ts';
import { adminOf } from './admin.ts';
import { idOfNamed, thingsNamed } from './capability-options.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';

interface Options {
  profile?: string;
  by: string;
}

/** `profile publish FILE`: what a body needs, from a file that names skills as people do. */
export function profileVerb(program: Command, cli: Cli): void {
  program
    .command('profile')
    .description('publish what a body needs to be able to do')
    .command('publish <file>')
    .description('publish a profile in YAML or JSON as the first or next version; skills by name')
    .option('--profile <name or id>', 'whose next version it is, where its name is another now')
    .requiredOption('--by <person>', 'an admin, by sign-in, membership number or person id')
    .addHelpText(
      'after',
      '\nThe same file again adds nothing.\n\nExample:\n  skills-ledger profile publish services.yaml --by jane',
    )
    .action(async (file: string, options: Options) => {
      const authored = readProfile(file);
      await withLedger(cli, async (ledger) => {
        cli.print(await publish(ledger, authored, options));
      });
    });
}

const Authored = z.strictObject({
  name: z.string(),
  types: z.array(z.string()).optional(),
  needs: z.array(
    z.strictObject({
      need: z.string(),
      name: z.string(),
      anyOf: z.array(
        z.strictObject({
          /** By its name or id; the last version is meant. */
          framework: z.string(),
          skill: z.string(),
          level: z.string(),
          people: z.int(),
          currentMonths: z.int().optional(),
        }),
      ),
    }),
  ),
});
type Authored = z.output<typeof Authored>;

/** @throws CliError where the file cannot be read, or says something else */
function readProfile(file: string): Authored {
  let written: unknown;
  try {
    written = parse(readFileSync(file, 'utf8'), { prettyErrors: true });
  } catch (error) {
    throw new CliError(`${file}: ${(error as Error).message.split('\n')[0]}`);
  }
  const { success, data, error } = Authored.safeParse(written);
  if (success) return data;
  throw new CliError(faultIn(file, error));
}

async function publish(ledger: CliLedger, authored: Authored, options: Options): Promise<string> {
  const person = await adminOf(ledger, options.by);
  const views = await ledger.views();
  const found = await profileMeant(views, options.profile ?? authored.name, options);
  const versions = Number(found?.data['version'] ?? 0);
  const { name, types, needs } = await withIds(views, authored);
  const said = { name, needs, ...(types === undefined ? {} : { types }) };
  if (found !== undefined && saysSame(found, said)) {
    return `“${name}” (${found.id}): version ${versions} says the same; nothing was written`;
  }
  const body = publishProfile.body.safeParse({ ...said, version: versions + 1 });
  if (!body.success) throw new CliError(faultIn(name, body.error));
  const key = v4();
  const begun = beginning(ledger.ledgerId, person, 'profile', key);
  await handle(ledger, {
    definition: publishProfile,
    subject: begun.subject,
    raw: body.data,
    body: body.data,
    key,
    actor: { id: person, role: 'admin' },
    own: new Set([person]),
    correlationId: v4(),
    ...(found === undefined ? { commandId: begun.commandId } : { subject: found.id }),
  });
  return `“${name}” (${found?.id ?? begun.subject}): version ${versions + 1} published`;
}

/** The profile whose next version is meant; none: it is a first one. */
async function profileMeant(
  views: Views,
  name: string,
  { profile }: Options,
): Promise<Registered | undefined> {
  const [only, another] = await thingsNamed(views, 'profile', name);
  const id =
    profile === undefined && another === undefined
      ? only?.id
      : await idOfNamed(views, 'profile', name);
  if (id === undefined) return undefined;
  return (await views.registered({ register: 'profile', id }, { limit: 1 })).items[0];
}

/** The needs with the ids of frameworks and skills, in the last version of each. */
async function withIds(views: Views, { needs, ...authored }: Authored) {
  const frameworks = new Map<string, Registered>();
  const frameworkOf = async (name: string): Promise<Registered> => {
    const id = await idOfNamed(views, 'framework', name);
    const [found] = (await views.registered({ register: 'framework', id }, { limit: 1 })).items;
    if (found === undefined) throw new CliError(`there is no framework ${id}`);
    return found;
  };
  for (const { framework } of needs.flatMap(({ anyOf }) => anyOf)) {
    if (!frameworks.has(framework)) frameworks.set(framework, await frameworkOf(framework));
  }
  const resolved = needs.map((need) => ({
    ...need,
    anyOf: need.anyOf.map(({ framework: named, skill, ...way }) => {
      const found = frameworks.get(named);
      const version = Number(found?.data['version']);
      return { framework: { id: found?.id, version }, skill: skillIn(found, skill), ...way };
    }),
  }));
  return { ...authored, needs: resolved };
}

function skillIn(framework: Registered | undefined, text: string): string {
  const skills = (framework?.data['skills'] ?? []) as { skill: string; name: string }[];
  const [found, another] = skills.filter(
    ({ skill, name }) => skill === text || name.toLowerCase() === text.toLowerCase(),
  );
  const named = `“${String(framework?.data['name'])}”`;
  if (found === undefined) throw new CliError(`${named} has no skill "${text}"`);
  if (another === undefined) return found.skill;
  throw new CliError(`${named} has several skills "${text}": one of their ids is expected`);
}

function saysSame({ data }: Registered, said: object): boolean {
  const { version: _, ...before } = data;
  return isDeepStrictEqual(before, said);
}

function faultIn(where: string, { issues }: z.ZodError): string {
  const [first] = issues;
  return `${where}: ${first?.path.join('.') || 'the profile'}: ${first?.message}`;
}
