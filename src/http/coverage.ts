import { z } from 'zod';
import { coverageTold } from '../export/coverage-told.ts';
import { limits } from '../limits.ts';
import { type CoverageReport, coverageCuts } from '../projections/capability/coverage.ts';
import { coverageStates } from '../projections/capability/coverage-states.ts';
import { pageOf, placeOf } from '../projections/paging.ts';
import { capabilityAsked, profileAsked } from './capability-query.ts';
import { coverageShown, listBehind } from './coverage-shown.ts';
import { type Operation, read, under } from './operation.ts';
import { cursorPage } from './paging.ts';
import { Problem } from './problem.ts';
import { fileOf } from './report-file.ts';
import { type Services, todayOf } from './services.ts';

const { on, asOf, councils, type, council, region, nation, source } = capabilityAsked;
const asked = z.strictObject({
  ...profileAsked,
  on,
  asOf,
  councils,
  type: type.describe('types of body that are asked; absent: those that the profile is meant for'),
  council,
  region,
  nation,
  source,
  by: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(coverageCuts)))
    .describe(`shares by any of ${coverageCuts.join(', ')}, with commas between`),
});

const share = {
  councils: z.int(),
  met: z.int(),
  partly: z.int(),
  notMet: z.int(),
  notKnown: z.int().describe('no member there, or none looked at lately: silence is no lack'),
  known: z.int(),
  lacking: z.int().describe('known to lack something: partly or not met'),
  share: z.number().optional().describe('lacking over known; absent where nothing is known'),
};
const state = z.enum(coverageStates);

const Covered = z.object({
  council: z.uuid(),
  name: z.string(),
  type: z.string(),
  region: z.string().optional(),
  nation: z.string().optional(),
  state,
  members: z.int(),
  needs: z.array(
    z.object({
      need: z.string(),
      state,
      ways: z.array(
        z.object({
          framework: z.object({ id: z.uuid(), version: z.int() }),
          skill: z.uuid(),
          level: z.string(),
          wanted: z.int(),
          enough: z.int().describe('people who have it, current'),
          missing: z.int(),
          known: z.int().describe('people looked at lately, whatever came of it'),
          href: z.string().describe('who is behind it'),
        }),
      ),
      declared: z
        .array(
          z.object({
            organisation: z.uuid(),
            skill: z.uuid(),
            level: z.string().optional(),
            headcount: z.int(),
            of: z.int(),
            asOf: z.string(),
            by: z.uuid(),
          }),
        )
        .describe('what the body says of itself: no evidence, and counted nowhere'),
    }),
  ),
});

/** Who may see people: all others are answered from what was given out (`released-coverage`). */
const may = ['admin', 'auditor'] as const;

export const coverageOperations: readonly Operation[] = under('reports', [
  read({
    id: 'report-coverage',
    path: '/v1/reports/coverage',
    summary:
      'Which bodies have what a profile says that they need, which lack it, and of which it is not known: the share over the known, and the list behind it.',
    may,
    limit: 'heavy',
    query: asked.extend({
      limit: z.coerce
        .number<string>()
        .int()
        .min(1)
        .max(limits.cellsMost)
        .default(limits.cellsDefault)
        .describe('bodies of a page'),
      cursor: z.string().min(1).max(500).optional(),
    }),
    output: cursorPage(Covered).extend({
      profile: z.object({
        profile: z.uuid(),
        version: z.int(),
        name: z.string(),
        retiredFrom: z.string().optional(),
      }),
      on: z.string(),
      asOf: z.int(),
      councils: z.string(),
      types: z.array(z.string()).describe('types of body that were asked; none: all'),
      all: z.object(share),
      needs: z.array(z.object({ need: z.string(), name: z.string(), ...share })),
      sums: z.array(
        z.object({
          key: z.array(z.string()),
          ...share,
          href: z.string().describe('which bodies these are'),
        }),
      ),
    }),
    async run(services, { query: { limit, cursor, ...query } }) {
      const place = placeOf(cursor, ['number', 'number']) as [number, number] | undefined;
      const report = await reportOf(services, {
        ...query,
        ...(place === undefined ? {} : { asOf: { index: place[0] } }),
      });
      const from = place?.[1] ?? 0;
      const page = pageOf(
        report.items.slice(from, from + limit + 1),
        { limit },
        () => [report.asOf, from + limit],
        coverageShown(report),
      );
      const { profile, version, name, retiredFrom } = report.profile;
      const told = {
        profile,
        version,
        name,
        ...(retiredFrom === undefined ? {} : { retiredFrom }),
      };
      const behind = listBehind(report, query);
      const sums = report.sums.map((sum) => ({ ...sum, href: behind(query.by, sum.key) }));
      return { body: { ...report, profile: told, ...page, sums } };
    },
    told: (services, { query: { limit: _, cursor: __, ...query } }) => toldOf(services, query),
  }),
  read({
    id: 'export-coverage',
    path: '/v1/reports/coverage.csv',
    summary: 'The whole report of coverage as CSV.',
    may,
    limit: 'heavy',
    query: asked,
    async run(services, { query }) {
      return fileOf(services, await toldOf(services, query), 'text/csv');
    },
  }),
]);

async function toldOf(services: Services, query: z.output<typeof asked>) {
  return coverageTold(await reportOf(services, query), query.asOf, query);
}

async function reportOf(
  services: Services,
  query: z.output<typeof asked>,
): Promise<CoverageReport> {
  const today = todayOf(services);
  const report = await services.views.coverage({ ...query, on: query.on ?? today, today });
  if (report !== undefined) return report;
  throw new Problem(404, 'profile-unknown', 'there is no such profile, or not in this version');
}
