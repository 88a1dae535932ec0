import { stringify } from 'csv-stringify/sync';
import type { Told } from '../export/about.ts';
import { capabilityGiven, capabilityGivenTold, givenPlaces } from '../export/capability-given.ts';
import { coverageGiven, coverageGivenTold, givenWholes } from '../export/coverage-given.ts';
import { type GivenSource, NoSuchTable } from '../export/given.ts';
import { type CapabilityOptions, idOfNamed, oneOf, skillIds } from './capability-options.ts';
import { tableLines } from './columns.ts';
import { CliError, type CliLedger, type Print } from './context.ts';
import { writeReport } from './report-out.ts';

/** What a table that was given out cannot be asked: it is of one day, and knows no more than it says. */
const foreign = [
  'on',
  'asOf',
  'since',
  'councils',
  'frameworkVersion',
  'profileVersion',
  'grade',
  'source',
] as const;

type Options = CapabilityOptions & { profile?: string; profileVersion?: string };

/** A cut of the table of capability that was given out last. @throws CliError where there is none, or it is not so cut */
export async function publishedCapability(ledger: CliLedger, options: Options): Promise<Told> {
  const { skill, level, council, region, nation, type } = ofATable(options);
  const source = await sourceOf(ledger);
  const framework =
    options.framework && (await idOfNamed(source.views, 'framework', options.framework));
  const query = {
    framework,
    by: listed(options.by).map((name) => oneOf('--by', name, ['skill', ...givenPlaces])),
    filter: {
      skill: await skillIds(source.views, skill),
      level,
      council: council && (await bodies(source, council)),
      region,
      nation,
      type,
    },
  };
  const found = await orInWords(() => capabilityGiven(source, query));
  return capabilityGivenTold(source, found, options);
}

/** Sums of the table of coverage that was given out last. @throws CliError where there is none, or it is not so cut */
export async function publishedCoverage(ledger: CliLedger, options: Options): Promise<Told> {
  const { skill, level, council, region, nation, type } = ofATable(options);
  if ([skill, level, council, region, nation, type].some((filter) => filter !== undefined)) {
    throw new CliError('--for-publication: coverage is summed with --by, and not filtered');
  }
  const source = await sourceOf(ledger);
  const by = listed(options.by).map((name) => oneOf('--by', name, givenWholes));
  const profile = await idOfNamed(source.views, 'profile', options.profile ?? '');
  const found = await orInWords(() => coverageGiven(source, { profile, by }));
  return coverageGivenTold(found, options);
}

/** Shows what may leave the society, in the form that was asked for. */
export async function showPublished(
  ledger: CliLedger,
  print: Print,
  told: Told,
  { out, json, csv }: Options,
): Promise<void> {
  const [sheet] = told.sheets;
  const rows = sheet?.rows ?? [];
  if (out !== undefined) return writeReport(ledger, print, out, told);
  if (json) return print(JSON.stringify(told.report));
  if (csv) {
    return print(
      stringify(
        rows.map((row) => row.slice()),
        { escape_formulas: true },
      ).trimEnd(),
    );
  }
  for (const line of tableLines(rows.map((row) => row.map(String)))) print(line);
  print(`as it was given out: ${told.disclosure?.table}, ${told.standing}`);
}

function ofATable(options: Options): Options {
  const strange = foreign.find((name) => options[name] !== undefined);
  if (strange === undefined) return options;
  const option = strange.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new CliError(
    `--${option} does not go with --for-publication: a table that was given out is of one day, by what it shows`,
  );
}

async function sourceOf({ streams, views }: CliLedger): Promise<GivenSource> {
  return {
    load: async (category, id) => (await streams.load(category, id)).state,
    views: await views(),
  };
}

function listed(text = ''): string[] {
  return text.split(',').filter(Boolean);
}

function bodies({ views }: GivenSource, names: readonly string[]): Promise<string[]> {
  return Promise.all(names.map((name) => idOfNamed(views, 'organisation', name)));
}

async function orInWords<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NoSuchTable) throw new CliError(`--for-publication: ${error.message}`);
    throw error;
  }
}
