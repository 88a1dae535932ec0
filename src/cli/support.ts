import type { Command } from 'commander';
import type {
  NeedSupported,
  SupportReport,
  WaySupported,
} from '../projections/capability/support.ts';
import type { EntryTold } from '../projections/capability/support-entries.ts';
import { civilDateIn, lastDayOf } from '../scheme/civil-date.ts';
import { pointsText } from '../scheme/points-text.ts';
import { asOfOf } from './as-of.ts';
import { dayOf, idOfNamed, versionOf } from './capability-options.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';

interface Options {
  council: string;
  profile: string;
  profileVersion?: string;
  on?: string;
  asOf?: string;
  json?: true;
}

/** `support`: where help is near for what a body lacks. */
export function supportVerb(program: Command, cli: Cli): void {
  program
    .command('support')
    .description(
      'for each gap of a body: who nearby has what it lacks, which bodies do, what on offer builds it',
    )
    .requiredOption('--council <name or id>', 'the body that needs help')
    .requiredOption('--profile <name or id>', 'what is needed')
    .option('--profile-version <n>', 'the last, unless said')
    .option('--on <day>', 'the day for which it is true; today, unless said')
    .option('--as-of <index or time>', 'as it was known then')
    .option('--json', 'as JSON, every need; points are hundredths')
    .addHelpText(
      'after',
      '\nWho shares their contact with the body is named by person id; all others are counted.' +
        '\n\nExample:\n  skills-ledger support --council "Aldermere Council" --profile "Running a service"',
    )
    .action(async (options: Options) => {
      await withLedger(cli, async (ledger) => {
        const report = await reportOf(ledger, options);
        if (options.json) cli.print(JSON.stringify(report));
        else for (const line of linesOf(report)) cli.print(line);
      });
    });
}

async function reportOf(ledger: CliLedger, options: Options): Promise<SupportReport> {
  const views = await ledger.views();
  const today = civilDateIn(ledger.zone, ledger.now());
  const council = await idOfNamed(views, 'organisation', options.council);
  const report = await views.support({
    council,
    profile: await idOfNamed(views, 'profile', options.profile),
    version: versionOf(options.profileVersion),
    on: dayOf('--on', options.on) ?? today,
    asOf: asOfOf(options.asOf),
    today,
    sharedWith: [council],
  });
  if (report !== undefined) return report;
  throw new CliError('there is no such body on that day, or no such profile');
}

function linesOf({ profile, council, regions, needs, on, asOf }: SupportReport): string[] {
  const gaps = needs.filter(({ state }) => state !== 'met');
  return [
    `${council.name} (${council.type}, ${council.region ?? 'in no region'}): ${profile.name}, version ${profile.version}`,
    ...(gaps.length === 0 ? ['every need is met'] : []),
    ...gaps.flatMap(needLines),
    '',
    `looked for in ${regions.map(({ region }) => region).join(', ') || 'no region'}; on ${on}, as of index ${asOf}`,
  ];
}

function needLines({ name, state, ways, partners }: NeedSupported): string[] {
  const bodies = partners.map((one) => `    ${one.name} (${one.type}, ${one.region})`);
  return [
    '',
    `${name}: ${state}`,
    ...ways.flatMap(wayLines),
    `  met by ${partners.length} bodies nearby`,
    ...bodies,
  ];
}

function wayLines({
  level,
  wants,
  wanted,
  enough,
  known,
  helpers,
  entries,
}: WaySupported): string[] {
  const what = wants.map(({ name }) => name).join(' and ') || 'a skill that is there no more';
  return [
    `  ${what}, ${level}: ${wanted} wanted, ${enough} there, ${known} looked at lately`,
    ...helpers.map(({ region, people }) => `    ${region}: ${people} people have it`),
    ...helpers.flatMap(({ persons }) =>
      persons.map(({ person, at }) => {
        const bodies = at.map(({ name }) => name).join(', ');
        return `      shares their contact: ${person}, ${bodies}`;
      }),
    ),
    ...(entries.length === 0 ? ['    nothing on offer builds it'] : entries.flatMap(entryLines)),
  ];
}

function entryLines({ title, kind, minutes, sessions, earns }: EntryTold): string[] {
  const days = sessions.map(dayText);
  const points = earns.map((one) => `${pointsText(one.points)} points (${one.category})`);
  return [
    `    ${title}: ${kind}, ${minutes} minutes, ${points.join(', ') || 'no points'}; ${days.join(', ') || 'no day is set'}`,
  ];
}

function dayText(days: { from: string; until: string }): string {
  const last = lastDayOf(days);
  return last === days.from ? last : `${days.from} to ${last}`;
}
