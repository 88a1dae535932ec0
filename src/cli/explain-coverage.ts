import type { Command } from 'commander';
import { limits } from '../limits.ts';
import type { CoverageQuery, NeedCovered, WayTold } from '../projections/capability/coverage.ts';
import type { CoverageCellQuery, MemberStands } from '../projections/capability/coverage-cell.ts';
import type { Views } from '../projections/views.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import { asOfOf } from './as-of.ts';
import { dayOf, idOfNamed, skillNames, versionOf } from './capability-options.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';
import { memberLines } from './explain-lines.ts';

interface Options {
  profile: string;
  profileVersion?: string;
  council: string;
  need?: string;
  on?: string;
  asOf?: string;
  json?: true;
}

/** `explain coverage`: why a body is said to meet a need, or not to, or why that is not known. */
export function explainCoverageVerb(verbs: Command, cli: Cli): void {
  verbs
    .command('coverage')
    .description('how a body stands to a profile: of each need who is enough, and by which facts')
    .requiredOption('--profile <name or id>', 'what is needed')
    .requiredOption('--council <name or id>', 'the body')
    .option('--profile-version <n>', 'the last, unless said')
    .option('--need <code>', 'this one alone')
    .option('--on <day>', 'the day for which it is true; today, unless said')
    .option('--as-of <index or time>', 'as it was known then')
    .option('--json', 'as JSON, a line for each member and way')
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger explain coverage --profile "Running a service" --council "Aldermere Council"',
    )
    .action(async (options: Options) => {
      await withLedger(cli, (ledger) => explain(ledger, cli, options));
    });
}

async function explain(ledger: CliLedger, cli: Cli, options: Options): Promise<void> {
  const views = await ledger.views();
  const today = civilDateIn(ledger.zone, ledger.now());
  const council = await idOfNamed(views, 'organisation', options.council);
  const asked = {
    profile: await idOfNamed(views, 'profile', options.profile),
    version: versionOf(options.profileVersion),
    on: dayOf('--on', options.on) ?? today,
    councils: 'then' as const,
    today,
    council: [council],
  };
  const { report, body } = await bodyOf(views, { ...asked, asOf: asOfOf(options.asOf), by: [] });
  const needs = body.needs.filter(
    ({ need }) => options.need === undefined || need === options.need,
  );
  if (needs.length === 0) {
    const codes = body.needs.map(({ need }) => need).join(', ');
    throw new CliError(`--need is "${options.need}": one of ${codes} is expected`);
  }
  const say = options.json ? () => undefined : cli.print;
  const names = await skillNames(views);
  say(`${body.name}, ${report.profile.name}, version ${report.profile.version}: ${body.state}`);
  for (const { need, state, ways, declared } of needs) {
    say('');
    say(`${report.needs.find((one) => one.need === need)?.name ?? need} (${need}): ${state}`);
    for (const [n, way] of ways.entries()) {
      say(wayLine(way, names));
      const cell = { ...asked, asOf: { index: report.asOf }, need, way: n, all: true };
      for await (const one of eachOf(views, cell)) {
        if (options.json) cli.print(JSON.stringify({ need, way: n, ...one }));
        else for (const line of memberLines(one, words[one.stands])) cli.print(`    ${line}`);
      }
    }
    for (const line of declaredLines(declared)) say(line);
  }
  say('');
  say(`on ${report.on}, as of index ${report.asOf}`);
}

async function bodyOf(views: Views, query: CoverageQuery) {
  const report = await views.coverage(query);
  if (report === undefined) throw new CliError('there is no such profile, or not in this version');
  const [body] = report.items;
  if (body !== undefined) return { report, body };
  throw new CliError('the profile is not meant for that body, or it is not there on that day');
}

const words: Record<MemberStands['stands'], string> = {
  enough: 'enough',
  known: 'known not to be enough',
  'not-known': 'not known',
};

function wayLine(
  { skill, level, wanted, enough, known }: WayTold,
  names: ReadonlyMap<string, string>,
): string {
  const what = names.get(skill) ?? skill;
  return `  ${what}, ${level}: ${wanted} wanted, ${enough} enough, ${known} looked at lately`;
}

function declaredLines(declared: NeedCovered['declared']): string[] {
  return declared.map(
    ({ headcount, of, asOf }) =>
      `  declares ${headcount} of ${of} as of ${asOf}: no evidence, and counted nowhere`,
  );
}

async function* eachOf(views: Views, query: CoverageCellQuery): AsyncGenerator<MemberStands> {
  for (let cursor: string | undefined; ; ) {
    const page = await views.coverageCell(query, { limit: limits.pageMost, cursor });
    yield* page?.items ?? [];
    cursor = page?.next;
    if (cursor === undefined) return;
  }
}
