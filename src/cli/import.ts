import { Command, Option } from 'commander';
import { type ImportReport, type ImportRequest, importFile, kinds } from '../import/import.ts';
import type { Kind, KnownOrganisation } from '../import/kind.ts';
import { type Cli, CliError, type CliLedger, progressBar, withLedger } from './context.ts';
import { frameworkCommand } from './import-framework.ts';
import { fieldLines, importerOf, many, readBytes, sourceOf } from './import-options.ts';
import { reportLines } from './import-report.ts';
import { schemeOf } from './scheme.ts';

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

/**
 * `import organisations|members|claims FILE`: rows of a CSV file, each a command or more; `import framework FILE`, all
 * of whose rows are one.
 */
export function importVerb(program: Command, cli: Cli): void {
  const verb = program
    .command('import')
    .description('bring in a file; what was brought in before adds nothing');
  for (const kind of kinds) verb.addCommand(commandOf(kind, cli).copyInheritedSettings(verb));
  verb.addCommand(frameworkCommand(cli).copyInheritedSettings(verb));
}

function commandOf(kind: Kind, cli: Cli): Command {
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
  return `\n${fieldLines(fields)}\n\nExamples:\n  skills-ledger import ${name} ${name}.csv --dry-run\n  skills-ledger import ${name} ${name}.csv --by jane --map "${fields[0]?.name}=Our ref"`;
}

async function run(
  cli: Cli,
  ledger: CliLedger,
  { kind, bytes, path, options }: { kind: Kind; bytes: Buffer; path: string; options: Options },
): Promise<void> {
  const { map, digits, json, dryRun = false } = options;
  const set = await Promise.all(options.set.map((given) => withSchemeId(ledger, given)));
  const source = sourceOf(options.source);
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

/** `scheme=TITLE` with the id in place of the title. */
async function withSchemeId(ledger: CliLedger, given: string): Promise<string> {
  const [, named] = /^scheme=(.+)$/.exec(given) ?? [];
  return named === undefined ? given : `scheme=${await schemeOf(ledger, named)}`;
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
