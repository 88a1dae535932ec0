import type { Command } from 'commander';
import { coverageTold } from '../export/coverage-told.ts';
import {
  type CouncilCovered,
  type CoverageCut,
  type CoverageReport,
  coverageCuts,
} from '../projections/capability/coverage.ts';
import { coverageCsv } from '../projections/capability/coverage-csv.ts';
import type { CoverageShare } from '../projections/capability/coverage-states.ts';
import { asOfOf } from './as-of.ts';
import {
  type CapabilityOptions,
  oneOf,
  queryOf,
  thingsNamed,
  versionOf,
  withFilters,
} from './capability-options.ts';
import { tableLines } from './columns.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';
import { publishedCoverage, showPublished } from './for-publication.ts';
import { outOption, publicationOption, writeReport } from './report-out.ts';

interface Options extends CapabilityOptions {
  profile: string;
  profileVersion?: string;
}

/** `coverage`: which bodies have what a profile says that they need. */
export function coverageVerb(program: Command, cli: Cli): void {
  const verb = program
    .command('coverage')
    .description(
      'which bodies have what a profile asks, which lack it, and of which it is not known',
    )
    .requiredOption('--profile <name or id>', 'what is needed')
    .option('--profile-version <n>', 'the last, unless said')
    .option('--by <dimensions>', `shares by any of ${coverageCuts.join(', ')}`)
    .option('--csv', 'as CSV, a line for each body, need and way')
    .option('--json', 'as JSON')
    .option(...outOption)
    .option(...publicationOption);
  withFilters(verb)
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger coverage --profile "Running a service" --type district --by region',
    )
    .action(async (options: Options) => {
      await withLedger(cli, async (ledger) => {
        if (options.forPublication) {
          const told = await publishedCoverage(ledger, options);
          return showPublished(ledger, cli.print, told, options);
        }
        const report = await reportOf(ledger, options);
        if (options.out !== undefined) {
          const told = coverageTold(report, asOfOf(options.asOf), options);
          await writeReport(ledger, cli.print, options.out, told);
        } else if (options.json) cli.print(JSON.stringify(report));
        else if (options.csv) cli.print(coverageCsv(report).trimEnd());
        else for (const line of linesOf(report)) cli.print(line);
      });
    });
}

async function reportOf(ledger: CliLedger, options: Options): Promise<CoverageReport> {
  const { by = '', profile, profileVersion, ...filters } = options;
  const { version: _, ...query } = await queryOf(ledger, filters);
  const views = await ledger.views();
  const found = await thingsNamed(views, 'profile', profile);
  if (found.length > 1) throw new CliError(`"${profile}" is the name of ${found.length} profiles`);
  const report = await views.coverage({
    ...query,
    profile: found[0]?.id ?? profile,
    version: versionOf(profileVersion),
    by: by
      .split(',')
      .filter(Boolean)
      .map((name): CoverageCut => oneOf('--by', name, coverageCuts)),
  });
  if (report !== undefined) return report;
  throw new CliError(`there is no profile "${profile}", or not in this version`);
}

function linesOf({ profile, all, needs, sums, items, types, on, asOf }: CoverageReport): string[] {
  const shares = ['', 'councils', 'met', 'partly', 'not met', 'not known', 'lacking'];
  return [
    `${profile.name}, version ${profile.version}`,
    '',
    ...tableLines([
      shares,
      shareRow('all', all),
      ...needs.map((need) => shareRow(`need ${need.need}`, need)),
      ...sums.map((sum) => shareRow(sum.key.join(' '), sum)),
    ]),
    '',
    ...tableLines([['council', 'type', 'region', 'state', 'missing'], ...items.map(councilRow)]),
    '',
    `${types.length === 0 ? 'all types of body' : `types of body: ${types.join(', ')}`}; on ${on}, as of index ${asOf}`,
  ];
}

function shareRow(name: string, of: CoverageShare): (string | number)[] {
  const { councils, met, partly, notMet, notKnown, lacking, known, share } = of;
  const percent = share === undefined ? '' : ` (${Math.round(share * 100)}%)`;
  return [name, councils, met, partly, notMet, notKnown, `${lacking} of ${known} known${percent}`];
}

function councilRow({ name, type, region, state, needs }: CouncilCovered): string[] {
  const missing = needs.flatMap(({ need, state: of, declared }) => {
    if (of === 'met') return [];
    return [`${need} ${of}${declared.length > 0 ? ' (declares some)' : ''}`];
  });
  return [name, type, region ?? '', state, missing.join(', ')];
}
