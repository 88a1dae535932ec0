import type { Command } from 'commander';
import { v4 } from 'uuid';
import { handle } from '../commands/handle.ts';
import { madeCoverageRelease } from '../commands/make-coverage-release.ts';
import { madeRelease } from '../commands/make-release.ts';
import { seriesOf, type TableGiven } from '../commands/release-state.ts';
import { releaseTable } from '../commands/release-table.ts';
import { changesIn } from '../commands/table-changes.ts';
import { type Actor, Uuid } from '../events/shapes.ts';
import { coverageLook, disclosureProfiles } from '../projections/capability/coverage-look.ts';
import { coverageStates } from '../projections/capability/coverage-states.ts';
import type { Register, Views } from '../projections/views.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import { adminOf } from './admin.ts';
import { asOfOf } from './as-of.ts';
import { thingsNamed } from './capability-options.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';

interface Options {
  framework?: string;
  profile?: string;
  under?: string;
  on?: string;
  asOf?: string;
  final?: true;
  by: string;
}

/** `release`: gives out a table by the disclosure profile, and says what changed since the last one. */
export function releaseVerb(program: Command, cli: Cli): void {
  program
    .command('release')
    .description('give out a table of capability or of coverage: figures that tell of nobody')
    .option('--framework <name or id>', 'capability in the skills of this framework')
    .option('--profile <name or id>', 'how bodies stand to this profile')
    .option('--under <id>', 'the disclosure profile, where there is more than one')
    .option('--on <day>', 'the day for which it is true; today, unless said')
    .option('--as-of <index or time>', 'as it was known then')
    .option('--final', 'it is final; provisional, unless said')
    .requiredOption('--by <person>', 'who gives it out: an admin, by sign-in, number or person id')
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger release --framework Digital --by jane --final',
    )
    .action(async (options: Options) => {
      await withLedger(cli, async (ledger) => {
        for (const line of linesOf(await given(ledger, options))) cli.print(line);
      });
    });
}

async function given(ledger: CliLedger, options: Options): Promise<TableGiven> {
  const actor: Actor = { id: await adminOf(ledger, options.by), role: 'admin' };
  const views = await ledger.views();
  const release = options.under ?? oneOf(await disclosureProfiles(views));
  const body = await madeBy(ledger, views, release, options);
  await handle(ledger, {
    definition: releaseTable,
    subject: release,
    raw: { ...options },
    body,
    key: v4(),
    actor,
    own: new Set([actor.id]),
    correlationId: v4(),
  });
  const { tables } = (await ledger.streams.load('release', release)).state;
  const table = tables.get(seriesOf(body.query));
  if (table === undefined) throw new Error('the table was written and is not there');
  return table;
}

async function madeBy(ledger: CliLedger, views: Views, release: string, options: Options) {
  const { framework, profile, final } = options;
  const asOf = asOfOf(options.asOf);
  const on = options.on ?? civilDateIn(ledger.zone, ledger.now());
  const asked = { on, asOf, standing: final ? ('final' as const) : ('provisional' as const) };
  const streams = { release, others: await disclosureProfiles(views) };
  const load: Parameters<typeof madeRelease>[0] = async (category, id) =>
    (await ledger.streams.load(category, id)).state;
  if (framework !== undefined && profile === undefined) {
    const id = await named(views, 'framework', framework);
    return madeRelease(load, streams, { ...asked, framework: id }, views.published);
  }
  if (profile === undefined || framework !== undefined) {
    throw new CliError('either --framework or --profile is expected');
  }
  const id = await named(views, 'profile', profile);
  return madeCoverageRelease(
    load,
    streams,
    { ...asked, profile: id },
    coverageStates,
    async (look, by) => {
      const found = await coverageLook(views, id, look, by);
      if (found === undefined) throw new CliError(`there is no profile ${id}`);
      return found;
    },
  );
}

async function named(views: Views, register: Register, name: string): Promise<string> {
  const found = await thingsNamed(views, register, name);
  const [only, another] = found.length > 0 ? found : [{ id: name }];
  if (another === undefined && Uuid.safeParse(only?.id).success) return only?.id ?? '';
  throw new CliError(
    another === undefined ? `nothing is called "${name}"` : `"${name}" names several: say an id`,
  );
}

function oneOf(ids: readonly string[]): string {
  const [only, another] = ids;
  if (only === undefined) throw new CliError('no disclosure profile was published yet');
  if (another !== undefined) throw new CliError('there are several profiles: say one with --under');
  return only;
}

function linesOf(table: TableGiven): string[] {
  const { releaseId, query, asOf, standing } = table.data;
  const { figures, why } = changesIn(table);
  const said = table.cells.filter(({ status }) => status === 'shown').length;
  const what = `${query.report} on ${query.on}, as of index ${asOf}, ${standing}`;
  return [
    `${what}: ${said} figures were given out, by ${query.by.join(', ')}`,
    ...(table.before === undefined
      ? []
      : [`${figures.length} of them changed since the last table`]),
    ...(why.length === 0 ? [] : [`why: ${why.join(', ')}`]),
    `table ${releaseId}`,
  ];
}
