import type { TableGiven } from '../commands/release-state.ts';
import { bySkill, figureOf, type Look, rootOf } from '../commands/table-cells.ts';
import { type Changes, changesIn } from '../commands/table-changes.ts';
import { releasedRows } from '../projections/capability/csv.ts';
import { levelOfPlaces } from '../projections/capability/published-places.ts';
import {
  cutReleased,
  type FigureShown,
  type ReleasedSkill,
} from '../projections/capability/released.ts';
import type { Views } from '../projections/views.ts';
import type { Told } from './about.ts';
import { cutByItsOwn, type Given, type GivenSource, lastGiven, subjectOf } from './given.ts';
import { disclosedBy } from './given-told.ts';

/** What a table of capability that was given out may be cut by, besides skill. */
export const givenPlaces = ['state', 'level', 'region', 'type', 'nation', 'council'] as const;

/** Which cut of which table is asked for. */
export interface CapabilityGivenQuery {
  release?: string | undefined;
  framework?: string | undefined;
  by: readonly string[];
  /** Any of these codes; absent: all. */
  filter: Readonly<Record<string, readonly string[] | undefined>>;
}

interface CapabilityGiven {
  given: Given;
  dimensions: string[];
  cells: FigureShown[];
  /** Skills whose figures are of an earlier day, since too few people moved. */
  stood: ({ skill: string } & Look)[];
  changes: Changes;
  /** Skills of which nothing is said beside earlier tables with other places. */
  unsaid: string[];
}

/** A cut of the table of capability that was given out last. @throws NoSuchTable where there is none, or it is not so cut */
export async function capabilityGiven(
  source: GivenSource,
  { release, framework, by, filter }: CapabilityGivenQuery,
): Promise<CapabilityGiven> {
  const given = await lastGiven(source, release, { report: 'capability', of: framework });
  const { table, profile } = given;
  const { query, asOf } = table.data;
  const dimensions = ['skill', ...by.filter((name) => name !== 'skill')];
  const asked = Object.keys(filter).filter((name) => filter[name] !== undefined);
  cutByItsOwn(table, [...dimensions, ...asked]);
  const skills = await skillsOf(source.views, table);
  const told = skills.filter((one) => one.told && (filter['skill']?.includes(one.skill) ?? true));
  return {
    given,
    dimensions,
    cells: cutReleased(query.by, told, dimensions, filter, profile.smallBase),
    stood: told
      .filter(({ look }) => look.asOf !== asOf || look.on !== query.on)
      .map(({ skill, look }) => ({ skill, ...look })),
    changes: changesIn(table),
    unsaid: skills.filter((one) => !one.told).map(({ skill }) => skill),
  };
}

/** The cut as files of a report. */
export async function capabilityGivenTold(
  { views }: GivenSource,
  found: CapabilityGiven,
  question: object,
): Promise<Told> {
  const { given, changes, ...report } = found;
  const { query, asOf, standing } = given.table.data;
  const id = subjectOf(given.table);
  const [framework] = (await views.registered({ register: 'framework', id }, { limit: 1 })).items;
  const skills = (framework?.data['skills'] ?? []) as { skill: string; name: string }[];
  const rows = releasedRows({ ...report, on: query.on, asOf, standing }, skills);
  return {
    name: 'capability-released',
    on: query.on,
    asOf,
    question,
    by: { framework: { id, name: framework?.data['name'] } },
    report: { ...report, changes },
    sheets: [{ name: 'capability-released', rows }],
    ...disclosedBy(given),
  };
}

/** The skills of a table, each with the places that it had on the day of its figures. */
async function skillsOf(
  views: Views,
  table: TableGiven,
): Promise<(ReleasedSkill & { look: Look; told: boolean })[]> {
  const level = levelOfPlaces(table.data.query.by);
  const framework = subjectOf(table);
  const found: (ReleasedSkill & { look: Look; told: boolean })[] = [];
  const placesAt = new Map<string, ReadonlyMap<string, string[][]>>();
  for (const [skill, cells] of bySkill(table.cells)) {
    const root = cells.flatMap((cell) => rootOf(cell) ?? [])[0];
    if (root === undefined) continue;
    const { look, rule, told } = root;
    const name = `${look.on}/${look.asOf}`;
    const bySkillThen =
      placesAt.get(name) ??
      groupedBySkill(await views.publishedPlaces({ framework, level, ...look }));
    placesAt.set(name, bySkillThen);
    const places = bySkillThen.get(skill) ?? [];
    const shown = cells.flatMap((cell) => figureOf(cell) ?? []);
    found.push({ skill, rule, shown, places, look, told });
  }
  return found;
}

function groupedBySkill(places: readonly string[][]): ReadonlyMap<string, string[][]> {
  const groups = new Map<string, string[][]>();
  for (const place of places) {
    const [skill = ''] = place;
    const group = groups.get(skill);
    if (group === undefined) groups.set(skill, [place]);
    else group.push(place);
  }
  return groups;
}
