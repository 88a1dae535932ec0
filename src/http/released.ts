import { z } from 'zod';
import { CellKey } from '../events/release.ts';
import { Uuid } from '../events/shapes.ts';
import {
  type CapabilityGivenQuery,
  capabilityGiven,
  capabilityGivenTold,
  givenPlaces,
} from '../export/capability-given.ts';
import { type GivenSource, subjectOf } from '../export/given.ts';
import { type Operation, read, under } from './operation.ts';
import { fileOf } from './report-file.ts';
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
    .pipe(z.array(z.enum(['skill', ...givenPlaces])))
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
      const { given, ...found } = await capabilityGiven(givenSource(services), questionOf(query));
      const { query: of, releaseId, standing, asOf } = given.table.data;
      const { release } = given;
      const framework = subjectOf(given.table);
      const head = { release, table: releaseId, framework, standing, on: of.on, asOf };
      return { body: { ...head, ...found } };
    },
    told,
  }),
  read({
    id: 'export-released-capability',
    path: '/v1/reports/capability/released.csv',
    summary: 'The same as CSV.',
    may: ['signed-in'],
    query: Asked,
    async run(services, call) {
      return fileOf(services, await told(services, call), 'text/csv');
    },
  }),
]);

async function told(services: Services, { query }: { query: Asked }) {
  const source = givenSource(services);
  const found = await capabilityGiven(source, questionOf(query));
  return capabilityGivenTold(source, found, query);
}

function questionOf({ release, framework, by, ...filter }: Asked): CapabilityGivenQuery {
  return { release, framework, by, filter };
}

/** Where tables that were given out are read. */
export function givenSource({ ledger, views }: Services): GivenSource {
  return { views, load: async (category, id) => (await ledger.streams.load(category, id)).state };
}
