import type { Command } from 'commander';
import { standingTold } from '../export/standing-told.ts';
import { limits } from '../limits.ts';
import { standingCsv, standingHeading } from '../projections/standing-csv.ts';
import type { Standing } from '../projections/standing-member.ts';
import type { StandingQuery } from '../projections/standing-report.ts';
import { type CivilDate, civilDateIn, isCivilDate } from '../scheme/civil-date.ts';
import { type Outcome, outcomes } from '../scheme/outcome.ts';
import { pointsText } from '../scheme/points-text.ts';
import { asOfOf } from './as-of.ts';
import { type Cli, CliError, type CliLedger, progressBar, withLedger } from './context.ts';
import { outOption, writeReport } from './report-out.ts';
import { schemeOf } from './scheme.ts';

export interface Options {
  scheme?: string;
  cycle?: string;
  on?: string;
  asOf?: string;
  grade?: string;
  organisation?: string;
  outcome?: string;
  dueBy?: string;
  csv?: true;
  json?: true;
  out?: string;
}

/** `standing`: how the members of a scheme stand in a cycle. */
export function standingVerb(program: Command, cli: Cli): void {
  program
    .command('standing')
    .description('how the members of a scheme stand in a cycle: who is short, and until when')
    .option('--scheme <id or title>', 'where there is more than one')
    .option(
      '--cycle <year>',
      'by the year in which it begins or its first day; the one of --on, unless said',
    )
    .option('--on <day>', 'the day for which it is true; today, unless said')
    .option('--as-of <index or time>', 'as it was known then')
    .option('--grade <grade>', 'of this grade alone')
    .option('--organisation <id>', 'employed there on that day')
    .option('--outcome <outcome>', outcomes.join(', '))
    .option('--due-by <day>', 'whose last day is this one or earlier')
    .option('--csv', 'as CSV')
    .option('--json', 'as JSON, a line for each member')
    .option(...outOption)
    .addHelpText('after', '\nExample:\n  skills-ledger standing --cycle 2025 --outcome short --csv')
    .action(async (options: Options) => {
      await withLedger(cli, async (ledger) => {
        const query = await queryOf(ledger, options);
        if (options.out !== undefined) return toFiles(cli, ledger, query, options);
        const heading = options.csv ? standingHeading.trimEnd() : line(headings);
        let begun = options.json === true;
        const { asOf, members } = await eachPage(cli, ledger, query, (items) => {
          // Not before there is an answer: what was asked may be refused.
          if (!begun) cli.print(heading);
          begun = true;
          if (items.length === 0) return;
          if (options.csv) cli.print(standingCsv(items).trimEnd());
          else for (const item of items) cli.print(options.json ? JSON.stringify(item) : row(item));
        });
        if (!options.csv && !options.json) {
          cli.print(`${members} members on ${query.on}, as of index ${asOf}`);
        }
      });
    });
}

async function toFiles(
  cli: Cli,
  ledger: CliLedger,
  query: StandingQuery,
  { out = '', ...question }: Options,
): Promise<void> {
  const bar = progressBar(cli.terminal, 'members');
  const told = await standingTold(await ledger.views(), query, question, (members, more) =>
    bar.at(members, members + (more ? limits.pageMost : 0)),
  );
  bar.end();
  await writeReport(ledger, cli.print, out, told);
}

async function eachPage(
  cli: Cli,
  ledger: CliLedger,
  query: StandingQuery,
  show: (items: Standing[]) => void,
): Promise<{ asOf: number; members: number }> {
  const views = await ledger.views();
  const bar = progressBar(cli.terminal, 'members');
  let members = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await views.standing(query, { limit: limits.pageMost, cursor });
    show(page.items);
    members += page.items.length;
    bar.at(members, members + (page.next === undefined ? 0 : limits.pageMost));
    cursor = page.next;
    if (cursor !== undefined) continue;
    bar.end();
    return { asOf: page.asOf, members };
  }
}

export async function queryOf(ledger: CliLedger, options: Options): Promise<StandingQuery> {
  const { cycle, grade, organisation } = options;
  return {
    scheme: await schemeOf(ledger, options.scheme),
    cycle,
    grade,
    organisation,
    on: dayOf('--on', options.on) ?? civilDateIn(ledger.zone, ledger.now()),
    asOf: asOfOf(options.asOf),
    outcome: outcomeOf(options.outcome),
    dueBy: dayOf('--due-by', options.dueBy),
  };
}

function dayOf(option: string, text: string | undefined): CivilDate | undefined {
  if (text === undefined || isCivilDate(text)) return text;
  throw new CliError(`${option} is "${text}": a day is expected, as 2026-01-31`);
}

function outcomeOf(text: string | undefined): Outcome | undefined {
  const found = outcomes.find((outcome) => outcome === text);
  if (text === undefined || found !== undefined) return found;
  throw new CliError(`--outcome is "${text}": one of ${outcomes.join(', ')} is expected`);
}

const headings = ['member', 'grade', 'target', 'counted', 'needed', 'outcome', 'do by'];

function row({ target, outcome, doBy, unmet, ...one }: Standing): string {
  const { member, grade = '', counted, needed } = one;
  const asked = target === undefined ? '' : pointsText(target);
  const figures = [asked, pointsText(counted), pointsText(needed)];
  return [line([member, grade, ...figures, outcome, doBy]), ...unmet].join('  ');
}

function line([member = '', grade = '', ...cells]: readonly string[]): string {
  const [target = '', counted = '', needed = '', outcome = '', doBy = ''] = cells;
  const figures = [target, counted, needed].map((figure) => figure.padStart(9)).join('');
  return `${member.padEnd(36)}  ${grade.padEnd(10)}${figures}  ${outcome.padEnd(11)}  ${doBy}`;
}
