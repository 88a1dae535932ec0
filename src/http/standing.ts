import { z } from 'zod';
import { Code, Uuid } from '../events/shapes.ts';
import type { Told } from '../export/about.ts';
import { standingTold } from '../export/standing-told.ts';
import { type StandingQuery, sumNames } from '../projections/standing-report.ts';
import { outcomes } from '../scheme/outcome.ts';
import { AskedDay, CycleName } from './asked.ts';
import { type Operation, read, under } from './operation.ts';
import { cursorPage, PageQuery } from './paging.ts';
import { fileOf } from './report-file.ts';
import { type Services, todayOf } from './services.ts';
import { AsOfText } from './statement.ts';

const hundredths = z.int().describe('hundredths of a point');

const StandingShown = z.object({
  member: z.uuid(),
  grade: z.string().optional(),
  organisations: z.array(z.uuid()).describe('who employs them on that day'),
  takesPart: z.boolean().describe('on that day a member, and in the scheme'),
  cycle: z.object({ cycle: z.string(), from: z.string(), until: z.string() }),
  rulebook: z.int().describe('version that governs the cycle'),
  target: hundredths.optional(),
  awarded: hundredths,
  counted: hundredths,
  carriedIn: hundredths,
  needed: hundredths,
  outcome: z.enum(outcomes),
  doBy: z.string(),
  recordBy: z.string().optional(),
  unmet: z.array(z.string()).describe('requirements for which it is not met, in words'),
  daysLeft: z.int().describe('until the last day on which it may be done'),
});

const asked = {
  scheme: Uuid,
  cycle: CycleName.optional().describe(
    'by the year in which it begins, or its first day; absent: for each the one in which `on` lies',
  ),
  on: AskedDay.optional().describe('the day for which it is true; absent: today'),
  asOf: AsOfText.optional(),
  grade: Code.optional(),
  organisation: Uuid.optional().describe('employed there on that day'),
  outcome: z.enum(outcomes).optional(),
  dueBy: AskedDay.optional().describe(
    'the last day on which it may be done is this one or earlier',
  ),
  takesPart: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
};

type Asked = Omit<StandingQuery, 'on'> & { on?: string | undefined };

/** What is asked, of today unless a day is named. */
function wanted(services: Services, query: Asked): StandingQuery {
  return { ...query, on: query.on ?? todayOf(services) };
}

/** Who may see people: a standing is one person’s, and so is a sum of few (docs/adr/0026-who-may-see-people.md). */
const may = ['admin', 'auditor'] as const;

export const standingOperations: readonly Operation[] = under('reports', [
  read({
    id: 'list-standing',
    path: '/v1/reports/standing',
    summary:
      'How the members of a scheme stand in a cycle: on a day, as known at an index or time, by grade, employer and outcome.',
    may,
    limit: 'heavy',
    query: PageQuery.extend(asked),
    output: cursorPage(StandingShown).extend({
      asOf: z
        .int()
        .describe('facts with a lower index were looked at; later pages look at the same'),
    }),
    async run(services, { query: { limit, cursor, ...query } }) {
      return { body: await services.views.standing(wanted(services, query), { limit, cursor }) };
    },
    told: (services, { query: { limit: _, cursor: __, ...query } }) => told(services, query),
  }),
  read({
    id: 'sum-standing',
    path: '/v1/reports/standing-sums',
    summary:
      'The same in sums, by grade, employer, outcome or the day by which it is due. Who is employed by several stands in the sum of each.',
    may,
    limit: 'heavy',
    query: z.strictObject({
      ...asked,
      by: z
        .string()
        .default('')
        .transform((text) => text.split(',').filter(Boolean))
        .pipe(z.array(z.enum(sumNames)))
        .describe(`any of ${sumNames.join(', ')}, with commas between`),
    }),
    output: z.object({ asOf: z.int(), all: SumShown(), sums: z.array(SumShown()) }),
    async run(services, { query: { by, ...query } }) {
      return { body: await services.views.standingSums(wanted(services, query), by) };
    },
  }),
  read({
    id: 'export-standing',
    path: '/v1/reports/standing.csv',
    summary: 'The whole report of standing as CSV.',
    may,
    limit: 'heavy',
    query: z.strictObject(asked),
    async run(services, { query }) {
      return fileOf(services, await told(services, query), 'text/csv');
    },
  }),
]);

function SumShown() {
  return z.object({
    grade: z.string().optional(),
    organisation: z.uuid().optional().describe('absent: employed nowhere'),
    outcome: z.enum(outcomes).optional(),
    doBy: z.string().optional(),
    members: z.int(),
    awarded: hundredths,
    counted: hundredths,
    needed: hundredths,
  });
}

/** The whole report, as files. */
function told(services: Services, query: Asked): Promise<Told> {
  return standingTold(services.views, wanted(services, query), query);
}
