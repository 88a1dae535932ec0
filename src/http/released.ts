import { z } from 'zod';
import type { TableGiven } from '../commands/release-state.ts';
import { bySkill, figureOf, type Look, rootOf } from '../commands/table-cells.ts';
import { changesIn } from '../commands/table-changes.ts';
import { CellKey } from '../events/release.ts';
import { Uuid } from '../events/shapes.ts';
import { disclosureProfiles } from '../projections/capability/coverage-look.ts';
import { releasedCsv } from '../projections/capability/csv.ts';
import { levelOfPlaces } from '../projections/capability/published-places.ts';
import { cutReleased, type ReleasedSkill } from '../projections/capability/released.ts';
import type { Registered } from '../projections/views.ts';
import { type Operation, read, under } from './operation.ts';
import { Problem } from './problem.ts';
import type { Services } from './services.ts';

const Bounds = z.object({ least: z.int(), most: z.int() });

const ChangesShown = z.object({
  anew: z.array(z.string()).describe('skills whose figures are new'),
  stood: z
    .array(z.string())
    .describe('skills whose earlier figures go on to stand, since too few people moved'),
  figures: z.array(
    z.object({
      key: z.array(z.string()),
      before: Bounds.optional(),
      now: Bounds.optional(),
    }),
  ),
  why: z.array(z.string()).describe('why people moved, most first; what few did is not said'),
});

const places = ['state', 'level', 'region', 'type', 'nation', 'council'] as const;

const codes = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(CellKey).min(1).max(200));

const asked = {
  release: Uuid.optional().describe('the disclosure profile; absent: the only one'),
  framework: Uuid.optional().describe('absent: the only one of which a table was given out'),
  by: z
    .string()
    .default('level')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(['skill', ...places])))
    .refine((by) => new Set(by).size === by.length, { error: 'each dimension once' })
    .describe('skill always, and any of the dimensions of the table, with commas between'),
  skill: codes.optional(),
  state: codes.optional().describe('current, stale'),
  level: codes.optional(),
  region: codes.optional(),
  type: codes.optional(),
  nation: codes.optional(),
  council: codes.optional(),
};

const Asked = z.strictObject(asked);
type Asked = z.output<typeof Asked>;

export const releasedOperations: readonly Operation[] = under('releases', [
  read({
    id: 'released-capability',
    path: '/v1/reports/capability/released',
    summary:
      'Who can do what, where, as it was last given out: any cut of the table, made of what it says alone.',
    may: ['signed-in'],
    query: Asked,
    output: z.object({
      release: z.uuid(),
      table: z.uuid(),
      framework: z.uuid(),
      standing: z.enum(['provisional', 'final']),
      on: z.string(),
      asOf: z.int().describe('facts with a lower index were looked at'),
      dimensions: z.array(z.string()),
      cells: z.array(
        z.object({
          key: z.array(z.string()),
          how: z
            .enum(['about', 'few', 'sum'])
            .describe(
              'a figure of its own; so few, or none; bounds that follow from other figures',
            ),
          least: z.int(),
          most: z.int(),
          percent: Bounds.optional().describe('of all who have the skill'),
        }),
      ),
      stood: z
        .array(z.object({ skill: z.string(), on: z.string(), asOf: z.int() }))
        .describe('skills whose figures are of an earlier day, since too few people moved'),
      changes: ChangesShown.describe('since the table before, as far as it may be said'),
      unsaid: z
        .array(z.string())
        .describe('skills of which nothing is said beside earlier tables with other places'),
    }),
    async run(services, { query }) {
      return { body: await released(services, query) };
    },
  }),
  read({
    id: 'export-released-capability',
    path: '/v1/reports/capability/released.csv',
    summary: 'The same as CSV.',
    may: ['signed-in'],
    query: Asked,
    async run(services, { query }) {
      const table = await released(services, query);
      const filter = { register: 'framework' as const, id: table.framework };
      const [framework] = (await services.views.registered(filter, { limit: 1 })).items;
      const bytes = Buffer.from(releasedCsv(table, skillsNamed(framework)));
      return { file: { bytes, media: 'text/csv', name: 'capability-released.csv' } };
    },
  }),
]);

/** A cut of the table of capability that was given out last. @throws Problem where there is none, or it is not so cut */
export async function released(services: Services, { release, framework, by, ...filter }: Asked) {
  const { given, id, smallBase } = await lastGiven(services, release, {
    report: 'capability',
    of: framework,
  });
  const { query, releaseId, standing, asOf } = given.data;
  const dimensions = ['skill', ...by.filter((name) => name !== 'skill')];
  const strange = [...dimensions, ...Object.keys(filter)].find((name) => !query.by.includes(name));
  if (strange !== undefined) {
    const detail = `this table is by ${query.by.join(', ')}, not by ${strange}`;
    throw new Problem(400, 'input-wrong', detail);
  }
  const skills = await skillsOf(services, given);
  const told = skills.filter((one) => one.told && (filter.skill?.includes(one.skill) ?? true));
  return {
    release: id,
    table: releaseId,
    framework: subjectOf(given),
    standing,
    on: query.on,
    asOf,
    dimensions,
    cells: cutReleased(query.by, told, dimensions, filter, smallBase),
    stood: told
      .filter(({ look }) => look.asOf !== asOf || look.on !== query.on)
      .map(({ skill, look }) => ({ skill, ...look })),
    changes: changesIn(given),
    unsaid: skills.filter((one) => !one.told).map(({ skill }) => skill),
  };
}

function skillsNamed(framework: Registered | undefined): { skill: string; name: string }[] {
  return (framework?.data['skills'] ?? []) as { skill: string; name: string }[];
}

/** Of which framework, or profile, a table is. */
function subjectOf({ data }: TableGiven): string {
  return data.query.filters[0]?.values[0] ?? '';
}

/** The last table, by the disclosure profile and of the framework or profile that are named. @throws Problem where it is not one */
export async function lastGiven(
  { views, ledger }: Services,
  release: string | undefined,
  { report, of }: { report: string; of: string | undefined },
) {
  const ids = release === undefined ? await disclosureProfiles(views) : [release];
  const found: { id: string; given: TableGiven; smallBase: number }[] = [];
  for (const id of ids) {
    const { profile, tables } = (await ledger.streams.load('release', id)).state;
    for (const given of tables.values()) {
      if (given.data.query.report !== report) continue;
      if (of !== undefined && subjectOf(given) !== of) continue;
      found.push({ id, given, smallBase: profile?.data.smallBase ?? 0 });
    }
  }
  const [only, another] = found;
  if (only === undefined) {
    throw new Problem(404, 'not-found', 'no such table was given out yet');
  }
  if (another !== undefined) {
    throw new Problem(
      400,
      'input-wrong',
      'there are several: name the framework or profile, and the release',
    );
  }
  return only;
}

/** The skills of a table, each with the places that it had on the day of its figures. */
async function skillsOf(
  { views }: Services,
  given: TableGiven,
): Promise<(ReleasedSkill & { look: Look; told: boolean })[]> {
  const level = levelOfPlaces(given.data.query.by);
  const framework = subjectOf(given);
  const found: (ReleasedSkill & { look: Look; told: boolean })[] = [];
  const placesAt = new Map<string, ReadonlyMap<string, string[][]>>();
  for (const [skill, cells] of bySkill(given.cells)) {
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
