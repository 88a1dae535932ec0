import { readFileSync, statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type ImportReport, type ImportRequest, importFile, kinds } from '../import/import.ts';
import type { Kind, KnownOrganisation } from '../import/kind.ts';
import { limits } from '../limits.ts';
import { adminOf } from './admin.ts';
import { type Cli, CliError, type CliLedger, progressBar, withLedger } from './context.ts';
import { reportLines } from './import-report.ts';

interface Options {
  map: string[];
  set: string[];
  digits: string[];
  source: string;
  by?: string;
  dryRun?: true;
  json?: true;
}

const PAGE = 500;

/** `import organisations|members|claims FILE`: rows of a CSV file, each a command or more. */
export function importVerb(program: Command, cli: Cli): void {
  const verb = program
    .command('import')
    .description('bring in a CSV file; a row that was brought in before adds nothing');
  for (const kind of kinds) verb.addCommand(commandOf(kind, cli).copyInheritedSettings(verb));
}

function commandOf(kind: Kind, cli: Cli): Command {
  const many = (value: string, before: string[]): string[] => [...before, value];
  return new Command(kind.name)
    .description(`bring in ${kind.name} from a CSV file`)
    .argument('<file>', 'UTF-8 or Windows-1252, with commas, semicolons or tabs')
    .option('--dry-run', 'decide on every row as the import would, and write nothing')
    .option('--by <person>', 'who imports: an admin, by sign-in, membership number or person id')
    .addOption(
      new Option('--map <field=Column>', 'read a field from a column; empty: from none')
        .argParser(many)
        .default([], 'guessed by the heading'),
    )
    .addOption(
      new Option('--set <field=value>', 'of rows whose column is empty or missing')
        .argParser(many)
        .default([], 'none'),
    )
    .addOption(
      new Option('--digits <field=width>', 'put lost leading zeros back')
        .argParser(many)
        .default([], 'none'),
    )
    .option('--source <code>', 'the system that the rows come from', 'old-system')
    .option('--json', 'the report as JSON')
    .addHelpText('after', helpOf(kind))
    .action(async (path: string, options: Options) => {
      const bytes = readBytes(path);
      await withLedger(cli, (ledger) => run(cli, ledger, { kind, bytes, path, options }));
    });
}

function helpOf({ name, fields }: Kind): string {
  const width = Math.max(...fields.map((field) => field.name.length));
  const lines = fields.map(({ name: field, says, needed }) => {
    return `  ${field.padEnd(width)}  ${needed ? 'needed: ' : ''}${says}`;
  });
  return `\nFields:\n${lines.join('\n')}\n\nExamples:\n  skills-ledger import ${name} ${name}.csv --dry-run\n  skills-ledger import ${name} ${name}.csv --by jane --map "${fields[0]?.name}=Our ref"`;
}

async function run(
  cli: Cli,
  ledger: CliLedger,
  { kind, bytes, path, options }: { kind: Kind; bytes: Buffer; path: string; options: Options },
): Promise<void> {
  const { map, set, digits, source, json, dryRun = false } = options;
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(source)) {
    throw new CliError(`--source is "${source}": a code is expected, as old-system`);
  }
  const onBehalfOf = await importerOf(ledger, options);
  const request: ImportRequest = { kind, bytes, map, set, digits, source, dryRun, onBehalfOf };
  const bar = progressBar(cli.terminal, 'rows');
  const tools = { ledger, organisations: () => organisationsOf(ledger), onProgress: bar.at };
  const report = await importFile(request, tools).finally(bar.end);
  if (json) cli.print(JSON.stringify({ file: path, source, ...report }));
  else for (const line of reportLines(path, report)) cli.print(line);
  const failed = failureOf(report);
  if (failed !== '') throw new CliError(failed);
}

function failureOf({ rows, refused, changed, openedOn }: ImportReport): string {
  return [
    refused > 0 ? `bad rows: ${refused} of ${rows}` : '',
    changed.length > 0 ? `changed rows: ${changed.length} of ${rows}` : '',
    openedOn === undefined
      ? ''
      : `nothing was read from line ${openedOn} on, where a quote stays open`,
  ]
    .filter(Boolean)
    .join('; ');
}

function readBytes(path: string): Buffer {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new CliError(`there is no file ${path}`);
  if (size > limits.importBytes) {
    throw new CliError(`${path} has ${size} bytes, at most ${limits.importBytes}: split it`);
  }
  return readFileSync(path);
}

/** Who imports: the facts say on whose behalf, and nobody decides on a claim that they entered. */
async function importerOf(ledger: CliLedger, { by, dryRun }: Options): Promise<string | undefined> {
  if (by !== undefined) return adminOf(ledger, by);
  if (dryRun) return undefined;
  throw new CliError('--by is expected: the admin who imports; --dry-run needs none');
}

async function organisationsOf(ledger: CliLedger): Promise<KnownOrganisation[]> {
  const views = await ledger.views();
  const known: KnownOrganisation[] = [];
  let cursor: string | undefined;
  do {
    const page = await views.registered({ register: 'organisation' }, { limit: PAGE, cursor });
    for (const { id, data } of page.items) {
      known.push({ ...(data as unknown as Omit<KnownOrganisation, 'id'>), id });
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return known;
}
