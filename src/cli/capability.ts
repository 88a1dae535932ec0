import type { Command } from 'commander';
import { capabilityTold } from '../export/capability-told.ts';
import { tableCsv } from '../projections/capability/csv.ts';
import type { CapabilityReport } from '../projections/capability/report.ts';
import { dimensionNames } from '../projections/capability/table.ts';
import { type CapabilityOptions, queryOf, withFilters } from './capability-options.ts';
import { tableLines } from './columns.ts';
import { type Cli, withLedger } from './context.ts';
import { publishedCapability, showPublished } from './for-publication.ts';
import { outOption, publicationOption, writeReport } from './report-out.ts';

/** `capability`: who can do what, in figures. */
export function capabilityVerb(program: Command, cli: Cli): void {
  const verb = program
    .command('capability')
    .description('how many people have which skills, where: on a day, as known at an index')
    .option('--by <dimensions>', `any of ${dimensionNames.join(', ')}, with commas between`)
    .option('--since <day>', 'with month: from the month of this day; eleven before, unless said')
    .option('--csv', 'as CSV')
    .option('--json', 'as JSON; people are hundredths of a person')
    .option(...outOption)
    .option(...publicationOption);
  withFilters(verb)
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger capability --by skill,level --region north-east --on 2025-12-31',
    )
    .action(async (options: CapabilityOptions) => {
      await withLedger(cli, async (ledger) => {
        if (options.forPublication) {
          const told = await publishedCapability(ledger, options);
          return showPublished(ledger, cli.print, told, options);
        }
        const query = await queryOf(ledger, options);
        const report = await (await ledger.views()).capability(query);
        if (options.out !== undefined) {
          const told = capabilityTold(report, query, options);
          await writeReport(ledger, cli.print, options.out, told);
        } else if (options.json) cli.print(JSON.stringify(report));
        else if (options.csv) cli.print(tableCsv(report).trimEnd());
        else for (const line of linesOf(report)) cli.print(line);
      });
    });
}

function linesOf({
  dimensions,
  cells,
  totals,
  bases,
  on,
  asOf,
  outside,
}: CapabilityReport): string[] {
  const names = dimensions.map(
    ({ values }) => new Map(values.map(({ key, name }) => [key, name ?? key])),
  );
  // Of what is cut by nothing but months, each cell is a total.
  const cut = dimensions.some(({ name }) => name !== 'month');
  const rows = [...(cut ? cells : []), ...totals].map((cell) => {
    const total = cut && cell.key.length < dimensions.length;
    const words = dimensions.map((_, n) => {
      const key = cell.key[n];
      if (total) return n === 0 ? `all${key === undefined ? '' : ` ${key}`}` : '';
      return names[n]?.get(key ?? '') ?? key ?? '';
    });
    const figures = [cell.people, cell.current, cell.stale].map((one) => one / 100);
    return [...words, ...figures, cell.councils];
  });
  const heading = [...dimensions.map(({ name }) => name), 'people', 'current', 'stale', 'councils'];
  const [base] = bases.slice(-1);
  return [
    ...tableLines([heading, ...rows]),
    `${base?.heads ?? 0} members on ${on}, ${(base?.withSkill ?? 0) / 100} of them with a skill, as of index ${asOf}`,
    ...(outside > 0 ? [`${outside} credits are of skills that these versions have no more`] : []),
  ];
}
