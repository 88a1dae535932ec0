import type { Command } from 'commander';
import type { CapabilityQuery } from '../projections/capability/asked.ts';
import { councilTimes } from '../projections/capability/moments.ts';
import { type DimensionName, dimensionNames } from '../projections/capability/table.ts';
import type { Register, Views } from '../projections/views.ts';
import { addMonths, type CivilDate, civilDateIn, isCivilDate } from '../scheme/civil-date.ts';
import { asOfOf } from './as-of.ts';
import { CliError, type CliLedger } from './context.ts';

export interface CapabilityOptions {
  by?: string;
  since?: string;
  on?: string;
  asOf?: string;
  councils?: string;
  framework?: string;
  frameworkVersion?: string;
  skill?: string[];
  level?: string[];
  council?: string[];
  region?: string[];
  nation?: string[];
  type?: string[];
  grade?: string[];
  source?: string[];
  csv?: true;
  json?: true;
  out?: string;
  forPublication?: true;
}

const several = (value: string, before: string[] = []): string[] => [...before, value];

/** What a report, and an explanation of one of its figures, are asked alike. */
export function withFilters(verb: Command): Command {
  return verb
    .option('--on <day>', 'the day for which it is true; today, unless said')
    .option('--as-of <index or time>', 'as it was known then')
    .option('--councils <when>', `bodies of that day, or of today: ${councilTimes.join(', ')}`)
    .option('--framework <id>', 'of this framework alone')
    .option('--framework-version <n>', 'in its words; those in force on the day, unless said')
    .option('--skill <name or id>', 'may be said several times, as all below', several)
    .option('--level <code>', 'at this level', several)
    .option('--council <name or id>', 'at this body; none: employed nowhere', several)
    .option('--region <code>', 'in this region', several)
    .option('--nation <code>', 'in this nation', several)
    .option('--type <code>', 'at bodies of this type', several)
    .option('--grade <grade>', 'of this grade', several)
    .option('--source <source>', 'by self, peer, manager, external, recognition or claim', several);
}

/** The question that options ask. @throws CliError where one is wrong, or a name means nothing or several things */
export async function queryOf(
  ledger: CliLedger,
  options: CapabilityOptions,
): Promise<CapabilityQuery> {
  const views = await ledger.views();
  const today = civilDateIn(ledger.zone, ledger.now());
  const on = dayOf('--on', options.on) ?? today;
  const by = byOf(options.by);
  const { framework, frameworkVersion, level, region, nation, type, grade, source } = options;
  return {
    on,
    asOf: asOfOf(options.asOf),
    by,
    since: by.includes('month')
      ? (dayOf('--since', options.since) ?? addMonths(on, -11))
      : undefined,
    councils: oneOf('--councils', options.councils ?? 'then', councilTimes),
    today,
    framework,
    version: versionOf(frameworkVersion),
    skill: await skillIds(views, options.skill),
    council: await idsOf(options.council, (name) => bodiesNamed(views, name)),
    level,
    region,
    nation,
    type,
    grade,
    source,
  };
}

export function dayOf(option: string, text: string | undefined): CivilDate | undefined {
  if (text === undefined || isCivilDate(text)) return text;
  throw new CliError(`${option} is "${text}": a day is expected, as 2026-01-31`);
}

export function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw new CliError(`${option} is "${text}": one of ${known.join(', ')} is expected`);
}

export function versionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CliError(`"${text}": the number of a version is expected`);
}

function byOf(text = ''): DimensionName[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((name) => oneOf('--by', name, dimensionNames));
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Named = { id: string; name: string };

/** Ids as typed, and of what is called so, in any case. */
async function idsOf(
  texts: readonly string[] | undefined,
  named: (name: string) => Promise<Named[]>,
): Promise<string[] | undefined> {
  if (texts === undefined) return undefined;
  return Promise.all(texts.map(async (text) => idOf(text, await idOrNamed(text, named))));
}

async function idOrNamed(
  text: string,
  named: (name: string) => Promise<Named[]>,
): Promise<Named[]> {
  const meant = ID.test(text) || text === 'none' || text === 'unassigned';
  return meant ? [{ id: text, name: text }] : named(text);
}

function idOf(text: string, found: readonly Named[]): string {
  const ids = [...new Set(found.map(({ id }) => id))];
  if (ids.length === 1 && ids[0] !== undefined) return ids[0];
  throw new CliError(
    ids.length === 0
      ? `nothing is called "${text}"`
      : `"${text}" is the name of ${ids.length} things: one of ${ids.join(', ')} is expected`,
  );
}

/** Things of a register that are called so. */
export async function thingsNamed(
  views: Views,
  register: Register,
  name: string,
): Promise<Named[]> {
  const { items } = await views.registered({ register, text: name }, { limit: 500 });
  return items
    .map(({ id, data }) => ({ id, name: String(data['name'] ?? '') }))
    .filter((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** The id of the one thing that is called so, or that is typed. @throws CliError where nothing is, or several are */
export async function idOfNamed(views: Views, register: Register, text: string): Promise<string> {
  return idOf(text, await idOrNamed(text, (name) => thingsNamed(views, register, name)));
}

const bodiesNamed = (views: Views, name: string) => thingsNamed(views, 'organisation', name);

/** Ids of skills as typed, and of those that are called so. */
export function skillIds(
  views: Views,
  texts: readonly string[] | undefined,
): Promise<string[] | undefined> {
  return idsOf(texts, (name) => skillsNamed(views, name));
}

async function skillsNamed(views: Views, name: string): Promise<Named[]> {
  return (await allSkills(views)).filter((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** What each skill is called, by its id. */
export async function skillNames(views: Views): Promise<ReadonlyMap<string, string>> {
  return new Map((await allSkills(views)).map(({ id, name }) => [id, name]));
}

async function allSkills(views: Views): Promise<Named[]> {
  const { items } = await views.registered({ register: 'framework' }, { limit: 500 });
  return items
    .flatMap(({ data }) => (data['skills'] ?? []) as { skill: string; name: string }[])
    .map(({ skill, name }) => ({ id: skill, name }));
}
