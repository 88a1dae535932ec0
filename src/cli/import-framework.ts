import { Command, Option } from 'commander';
import { type FrameworkReport, importFramework } from '../import/framework.ts';
import { skillFields } from '../import/framework-skills.ts';
import { type Cli, CliError, withLedger } from './context.ts';
import { fieldLines, importerOf, many, readBytes, sourceOf } from './import-options.ts';
import { badLine, fileLines } from './import-report.ts';
import { visible } from './visible.ts';

interface Options {
  name?: string;
  framework?: string;
  map: string[];
  levels?: string;
  blank: string[];
  mapping?: string;
  level: string[];
  staleAfter?: string;
  from?: string;
  source: string;
  by?: string;
  dryRun?: true;
  json?: true;
}

/** `import framework FILE`: a file of skills as the next version of a framework. */
export function frameworkCommand(cli: Cli): Command {
  const repeated = (flags: string, says: string, none: string) =>
    new Option(flags, says).argParser(many).default([], none);
  return new Command('framework')
    .description('publish a file of skills as the first or next version of a framework')
    .argument('<file>', 'CSV (UTF-8 or Windows-1252; commas, semicolons or tabs) or JSON')
    .option('--name <text>', 'what the framework is called; by its name it is found again')
    .option('--framework <id>', 'the framework whose next version it is, where its name differs')
    .option('--dry-run', 'do as the import would, and write nothing')
    .option('--by <person>', 'who imports: an admin, by sign-in, membership number or person id')
    .addOption(
      repeated(
        '--map <field=Column>',
        'read a field from a column; empty: from none',
        'guessed by the heading',
      ),
    )
    .option('--levels <Columns>', 'the columns of levels, lowest first, apart by commas')
    .addOption(repeated('--blank <text>', 'what stands for an empty cell', 'nothing'))
    .option('--mapping <file>', 'CSV of what became of skills: old,new (names or ids, or retired)')
    .addOption(repeated('--level <old=new>', 'a level that is another now, by its code', 'none'))
    .option('--stale-after <months>', 'when a skill goes stale after it was observed')
    .option('--from <day>', 'since when this version is in force')
    .option('--source <code>', 'the system that the file comes from', 'old-system')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      `\n${fieldLines(skillFields)}\n\nExamples:\n  skills-ledger import framework skills.csv --name "Digital skills" --dry-run\n  skills-ledger import framework skills.csv --name "Digital skills" --levels Basic,Advanced --by jane\n  skills-ledger import framework next.csv --name "Digital skills" --mapping changes.csv --by jane`,
    )
    .action((path: string, options: Options) => run(cli, path, options));
}

async function run(cli: Cli, path: string, options: Options): Promise<void> {
  const { name, framework, map, levels, blank, level, mapping, from } = options;
  const source = sourceOf(options.source);
  const request = {
    ...{ name, framework, map, levels, blank, level, source },
    bytes: readBytes(path),
    fates: mapping === undefined ? undefined : readBytes(mapping),
    staleAfterMonths: monthsOf(options.staleAfter),
    effectiveFrom: from,
    dryRun: options.dryRun ?? false,
  };
  await withLedger(cli, async (ledger) => {
    const onBehalfOf = await importerOf(ledger, options);
    const report = await importFramework({ ...request, onBehalfOf }, ledger);
    if (options.json) cli.print(JSON.stringify({ file: path, source, ...report }));
    else for (const line of reportLines(path, report)) cli.print(visible(line));
    if (report.outcome === 'refused') throw new CliError(failureOf(report));
  });
}

function monthsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new CliError(`--stale-after is "${text}": a number of months is expected`);
}

/** What was kept, renamed and skipped, and why; then what became of it. */
function reportLines(path: string, report: FrameworkReport): string[] {
  const { renamed, skipped, held, bad, unread, since, unresolved } = report;
  // A row of JSON is an item of a list: where it stands in the file is not known.
  const row = report.delimiter === undefined ? 'item' : 'line';
  const treated = ({ line, name, says }: FrameworkReport['held'][number]): string =>
    `${row} ${line}: “${name}” ${says}`;
  return [
    ...fileLines(path, report),
    ...(unread.length === 0 ? [] : [`not read: ${unread.join(', ')}`]),
    ...renamed.map(treated),
    ...skipped.map(treated),
    ...held.map((skill) => `${treated(skill)}: it is held or not`),
    ...bad.map((one) => badLine(one, row)),
    ...unresolved.map(({ skill, name }) => `gone: “${name}” (${skill})`),
    ...(since?.recoded ?? []).map(
      ({ line, name, before, code }) =>
        `${row} ${line}: “${name}” was “${before}”, by its code ${code}`,
    ),
    ...(since?.added ?? []).map((name) => `new: “${name}”`),
    `${report.rows} rows: ${report.kept} kept (${held.length} held or not), ${renamed.length} renamed, ${skipped.length} skipped, ${bad.length} bad`,
    ...sinceLine(report),
    outcomeLine(report),
  ];
}

function sinceLine({ since, version, outcome }: FrameworkReport): string[] {
  if (since === undefined) return [];
  const { same, added, mapped, recoded } = since;
  const before = outcome === 'there before' ? version : version - 1;
  return [
    `beside version ${before}: ${same} kept by name, ${recoded.length} by code, ${added.length} new, ${mapped} mapped`,
  ];
}

function outcomeLine({ outcome, name, framework, version, dryRun }: FrameworkReport): string {
  const what = `“${name}” (${framework})`;
  if (outcome === 'there before') return `${what}: version ${version} says the same`;
  if (outcome === 'refused') return `${what}: nothing was published`;
  return `${what}: version ${version} ${dryRun ? 'would be' : 'is'} published`;
}

function failureOf({ bad, unresolved, refusal }: FrameworkReport): string {
  const names = unresolved.slice(0, 3).map(({ name }) => name);
  const first = [...names, ...(unresolved.length > 3 ? ['...'] : [])].join('; ');
  const gone = `skills of which nothing says what became of them: ${unresolved.length} (${first}); --mapping says it`;
  return [
    ...(bad.length > 0 ? [`bad rows: ${bad.length}`] : []),
    ...(unresolved.length > 0 ? [gone] : []),
    ...(refusal === undefined ? [] : [refusal]),
  ].join('; ');
}
