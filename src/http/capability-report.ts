import { z } from 'zod';
import { capabilityTold } from '../export/capability-told.ts';
import { limits } from '../limits.ts';
import type { CapabilityQuery } from '../projections/capability/asked.ts';
import type { CapabilityReport, Constant } from '../projections/capability/report.ts';
import type { Cell } from '../projections/capability/table.ts';
import { pageOf, placeOf } from '../projections/paging.ts';
import { cellPath } from './capability-cell.ts';
import { capabilityAsked, capabilityQuery, cutBy } from './capability-query.ts';
import { type Operation, read, under } from './operation.ts';
import { fileOf } from './report-file.ts';
import type { Services } from './services.ts';

const persons = z.number().describe('of who is employed by several only a part; in hundredths');

const figures = {
  people: persons,
  current: persons.describe('of them who has something current'),
  stale: persons.describe('of them who has only what went stale'),
  holdings: persons.describe('skills of people, each counted for itself'),
  currentHoldings: persons,
  persons: z.int().describe('how many are meant, whatever their parts'),
  councils: z.int().describe('bodies where one of them is'),
  currentCouncils: z.int().describe('bodies where one of them has something current'),
  events: z.int().describe('observations and approvals behind it'),
};

const base = {
  members: persons,
  withSkill: persons.describe('of them who has any skill'),
  persons: z.int(),
};

const ReportShown = z.object({
  on: z.string(),
  asOf: z.int().describe('facts with a lower index were looked at; later pages look at the same'),
  councils: z.string(),
  frameworks: z.array(
    z.object({
      framework: z.uuid(),
      version: z.int(),
      name: z.string(),
      levels: z.array(z.object({ code: z.string(), name: z.string() })),
      staleAfterMonths: z.int().optional(),
    }),
  ),
  dimensions: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ key: z.string(), name: z.string().optional() })),
    }),
  ),
  cells: z
    .array(
      z.object({
        key: z.array(z.string()).describe('a value of each dimension, in their order'),
        ...figures,
        href: z.string().describe('who and what is behind it'),
      }),
    )
    .describe('where nobody is counted there is none'),
  totals: z.array(z.object({ month: z.string().optional(), ...figures, href: z.string() })),
  bases: z
    .array(
      z.object({
        month: z.string().optional(),
        on: z.string(),
        ...base,
        byType: z.array(z.object({ type: z.string(), ...base })),
      }),
    )
    .describe('who was looked at'),
  constant: z
    .object({
      persons: z.int(),
      cells: z.array(z.object({ key: z.array(z.string()), ...figures })),
    })
    .optional()
    .describe('of a trend: the cells of this page over those alone who were there in every month'),
  outside: z.int().describe('credits of skills for which these versions have no place any more'),
  next: z.string().optional(),
});

/** Who may see people: all others are answered from what was given out (`released-capability`). */
const seers = ['admin', 'auditor'] as const;

export const capabilityReportOperations: readonly Operation[] = under('reports', [
  read({
    id: 'report-capability',
    path: '/v1/reports/capability',
    summary:
      'Who can do what, where, in figures: by any of skill, level, body, region, type, grade and month; on a day, as known at an index or time.',
    may: seers,
    limit: 'heavy',
    query: z.strictObject({
      ...capabilityAsked,
      ...cutBy,
      limit: z.coerce
        .number<string>()
        .int()
        .min(1)
        .max(limits.cellsMost)
        .default(limits.cellsDefault)
        .describe('cells of a page'),
      cursor: z.string().min(1).max(500).optional(),
    }),
    output: ReportShown,
    async run(services, { query: { limit, cursor, ...asked } }) {
      const place = placeOf(cursor, ['number', 'number']) as [number, number] | undefined;
      const wanted = capabilityQuery(services, asked);
      const query = place === undefined ? wanted : { ...wanted, asOf: { index: place[0] } };
      const report = await services.views.capability(query);
      return { body: reportPage(report, query, { from: place?.[1] ?? 0, limit }) };
    },
    told: (services, { query: { limit: _, cursor: __, ...asked } }) => told(services, asked),
  }),
  read({
    id: 'export-capability',
    path: '/v1/reports/capability.csv',
    summary: 'The whole report of capability as CSV.',
    may: seers,
    limit: 'heavy',
    query: z.strictObject({ ...capabilityAsked, ...cutBy }),
    async run(services, { query }) {
      return fileOf(services, await told(services, query), 'text/csv');
    },
  }),
]);

async function told(services: Services, asked: Parameters<typeof capabilityQuery>[1]) {
  const query = capabilityQuery(services, asked);
  return capabilityTold(await services.views.capability(query), query, asked);
}

function reportPage(
  report: CapabilityReport,
  query: CapabilityQuery,
  { from, limit }: { from: number; limit: number },
) {
  const rows = report.cells.slice(from, from + limit + 1);
  const { items: cells, next } = pageOf(
    rows,
    { limit },
    () => [report.asOf, from + limit],
    (cell) => ({
      key: cell.key,
      ...figuresShown(cell),
      href: cellPath(report, query, cell),
    }),
  );
  const { constant, ...plain } = report;
  const months = report.dimensions.filter(({ name }) => name === 'month');
  return {
    ...plain,
    cells,
    ...(constant === undefined ? {} : { constant: constantShown(constant, cells) }),
    totals: report.totals.map(({ key, ...cell }) => ({
      ...(key[0] === undefined ? {} : { month: key[0] }),
      ...figuresShown(cell),
      href: cellPath({ ...report, dimensions: key.length === 0 ? [] : months }, query, { key }),
    })),
    bases: report.bases.map((one) => ({
      ...(one.month === undefined ? {} : { month: one.month }),
      on: one.on,
      ...baseShown(one),
      byType: one.byType.map((of) => ({ type: of.type, ...baseShown(of) })),
    })),
    ...(next === undefined ? {} : { next }),
  };
}

function constantShown({ heads, cells }: Constant, page: readonly Pick<Cell, 'key'>[]) {
  const keys = new Set(page.map(({ key }) => key.join('\n')));
  const shown = cells.filter(({ key }) => keys.has(key.join('\n')));
  return { persons: heads, cells: shown.map((cell) => ({ key: cell.key, ...figuresShown(cell) })) };
}

const whole = (hundredths: number): number => hundredths / 100;

function figuresShown(cell: Omit<Cell, 'key'>) {
  const { councils, currentCouncils, events } = cell;
  return {
    people: whole(cell.people),
    current: whole(cell.current),
    stale: whole(cell.stale),
    holdings: whole(cell.holdings),
    currentHoldings: whole(cell.currentHoldings),
    persons: cell.heads,
    councils,
    currentCouncils,
    events,
  };
}

function baseShown({
  members,
  withSkill,
  heads,
}: {
  members: number;
  withSkill: number;
  heads: number;
}) {
  return { members: whole(members), withSkill: whole(withSkill), persons: heads };
}
