import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { fallsShort, type Preview, type PreviewRow } from '../projections/preview.ts';
import { type CivilDate, civilDateIn, isCivilDate } from '../scheme/civil-date.ts';
import { pointsText } from '../scheme/points-text.ts';
import { type Cli, CliError, progressBar, withLedger } from './context.ts';
import { rulebookIn } from './rulebook-file.ts';
import { fromOf } from './rulebook-published.ts';
import { schemeOf } from './scheme.ts';

interface Options {
  scheme: string;
  from: string;
  on?: string;
  csv?: true;
  json?: true;
}

/** `rulebook preview FILE`: what it would do to every member, before anybody is bound by it. */
export function previewVerb(verb: Command, cli: Cli): void {
  verb
    .command('preview <file>')
    .description(
      'who would gain, lose and fall short by a rulebook, member by member; writes nothing',
    )
    .requiredOption('--scheme <id or title>', 'the scheme whose next version it would be')
    .requiredOption('--from <day>', 'the day from which it would be in force')
    .option('--on <day>', 'the day for which it is true; today, or --from where that is later')
    .option('--csv', 'to whom it does something, as CSV')
    .option('--json', 'the whole as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger rulebook preview rules.yaml --scheme ID --from 2027-01-01',
    )
    .action(async (file: string, options: Options) => {
      const rulebook = rulebookIn(file);
      const effectiveFrom = fromOf(options.from);
      const { csv, json } = options;
      await withLedger(cli, async (ledger) => {
        const scheme = await schemeOf(ledger, options.scheme);
        const today = civilDateIn(ledger.zone, ledger.now());
        const on = onOf(options.on) ?? (effectiveFrom > today ? effectiveFrom : today);
        const bar = progressBar(cli.terminal, 'members');
        const request = { scheme, effectiveFrom, rulebook, on };
        const views = await ledger.views();
        const preview = await views
          .preview(request, ({ count, of }) => bar.at(count, of))
          .finally(bar.end);
        if (preview === undefined) {
          throw new CliError(`there is no scheme ${scheme}: rulebook list shows all`);
        }
        if (json) cli.print(JSON.stringify(preview));
        else for (const line of csv ? csvLines(preview) : textLines(preview)) cli.print(line);
      });
    });
}

function onOf(text: string | undefined): CivilDate | undefined {
  if (text === undefined || isCivilDate(text)) return text;
  throw new CliError(`--on is "${text}": a day is expected, as 2026-01-31`);
}

function textLines({ version, on, asOf, sums, rows }: Preview): string[] {
  const { members, cycles, gaining, losing, same, fallingShort, newlyMet, untargeted } = sums;
  const { needed, counted } = sums;
  const moved = ({ before, after }: typeof needed): string =>
    `${pointsText(before)} -> ${pointsText(after)}`;
  return [
    `as version ${version}, on ${on}, from the ledger as of index ${asOf}; nothing was written`,
    `members        ${members}, with ${cycles} cycles that it would govern`,
    `gaining        ${gaining}`,
    `losing         ${losing}`,
    `the same       ${same}`,
    `falling short  ${fallingShort}`,
    `newly met      ${newlyMet}`,
    ...untargetedLine(untargeted, cycles),
    `counted        ${moved(counted)}`,
    `still needed   ${moved(needed)}`,
    ...rows.map(rowLine),
  ];
}

function untargetedLine(untargeted: number, cycles: number): string[] {
  if (untargeted === 0) return [];
  const of = untargeted === cycles ? 'all' : `${untargeted} of ${cycles}`;
  return [
    `warning: in ${of} cycles no target is named for the member's grade, so nothing is asked`,
  ];
}

function rowLine(row: PreviewRow): string {
  const { member, before, after, change } = row;
  const figure = (of: 'target' | 'counted' | 'needed'): string =>
    `${of} ${pointsText(before?.[of] ?? 0)} -> ${pointsText(after[of] ?? 0)}`;
  const what = fallsShort(row)
    ? 'falls short'
    : change < 0
      ? 'loses'
      : change > 0
        ? 'gains'
        : 'same';
  const by = change === 0 ? '' : ` ${pointsText(Math.abs(change))}`;
  const figures = (['target', 'counted', 'needed'] as const).map(figure).join(', ');
  return `  ${member} ${after.cycle}  ${`${what}${by}`.padEnd(20)} ${figures}`;
}

const columns = ['target', 'counted', 'carriedIn', 'needed', 'outcome'] as const;

function csvLines({ rows }: Preview): string[] {
  const head = [
    ...['member', 'cycle', 'change', 'falls-short'],
    ...columns.flatMap((column) => [`${column}-before`, `${column}-after`]),
  ];
  const lines = rows.map((row) => [
    row.member,
    row.after.cycle,
    pointsText(row.change),
    fallsShort(row) ? 'yes' : 'no',
    ...columns.flatMap((column) => [cell(row.before?.[column]), cell(row.after[column])]),
  ]);
  return stringify([head, ...lines])
    .trimEnd()
    .split('\n');
}

function cell(value: number | string | undefined): string {
  return typeof value === 'number' ? pointsText(value) : (value ?? '');
}
