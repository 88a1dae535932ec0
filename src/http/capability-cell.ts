import { z } from 'zod';
import type { CapabilityQuery } from '../projections/capability/asked.ts';
import type { MemberDerived } from '../projections/capability/cell.ts';
import { verdicts } from '../projections/capability/derivation.ts';
import type { CapabilityReport } from '../projections/capability/report.ts';
import type { Cell } from '../projections/capability/table.ts';
import { capabilityAsked, capabilityQuery } from './capability-query.ts';
import { type Operation, read, under } from './operation.ts';
import { cursorPage, PageQuery } from './paging.ts';

const FactNamed = z.object({ index: z.int(), id: z.uuid(), type: z.string() });

const CreditShown = z.object({
  verdict: z.enum(verdicts).describe('whether it counts, or why it does not'),
  framework: z.uuid(),
  version: z.int(),
  level: z.string().describe('as it was credited'),
  source: z.string(),
  observedOn: z.string(),
  until: z.string().optional(),
  validUntil: z.string().optional(),
  fact: FactNamed,
  by: FactNamed.optional().describe('what ended it or took it back'),
});

/** Somebody behind a figure, with the facts that count. */
export const MemberDerivedShown = z.object({
  member: z.uuid(),
  absorbed: z.array(z.uuid()).describe('other ids that this human had'),
  counted: z.boolean(),
  placed: z.array(
    z.object({
      council: z.string(),
      name: z.string().optional().describe('of the body; absent: at none'),
      region: z.string(),
      type: z.string(),
      grade: z.string(),
      people: z.number().describe('what part of them is counted there; in hundredths'),
    }),
  ),
  skills: z.array(
    z.object({
      skill: z.uuid(),
      name: z.string(),
      level: z.string().optional(),
      current: z.boolean(),
      counted: z.boolean(),
      credits: z.array(CreditShown),
    }),
  ),
});

/** Whether those are wanted, too, of whom something does not count. */
export const allAsked = z
  .stringbool({ truthy: ['true'], falsy: ['false'] })
  .default(false)
  .describe('those, too, of whom something does not count');

export const capabilityCellOperations: readonly Operation[] = under('reports', [
  read({
    id: 'explain-capability',
    path: '/v1/reports/capability/cell',
    summary:
      'What a figure of the report of capability is made of: the members whom the filters select, and the facts by which each counts.',
    may: ['admin', 'auditor'],
    limit: 'heavy',
    query: PageQuery.extend({
      ...capabilityAsked,
      all: allAsked,
    }),
    output: cursorPage(MemberDerivedShown).extend({ on: z.string(), asOf: z.int() }),
    async run(services, { query: { limit, cursor, all, ...asked } }) {
      const query = { ...capabilityQuery(services, asked), all };
      const { items, ...page } = await services.views.capabilityCell(query, { limit, cursor });
      return { body: { ...page, items: items.map(derivedShown) } };
    },
  }),
]);

/** People in whole persons. */
export function derivedShown<One extends MemberDerived>({ placed, ...one }: One) {
  return {
    ...one,
    placed: placed.map(({ people, ...place }) => ({ ...place, people: people / 100 })),
  };
}

const filters = [
  'skill',
  'level',
  'council',
  'region',
  'nation',
  'type',
  'grade',
  'source',
] as const;

/** Where a cell of a report is taken apart: what it is cut by has become a filter, and the index stands. */
export function cellPath(
  report: CapabilityReport,
  query: CapabilityQuery,
  cell: Pick<Cell, 'key'>,
): string {
  const asked = new URLSearchParams({
    on: query.on,
    asOf: String(report.asOf),
    councils: query.councils,
  });
  const [only, another] = report.frameworks;
  if (only !== undefined && another === undefined) {
    asked.set('framework', only.framework);
    asked.set('version', String(only.version));
  }
  for (const name of filters) {
    const values = query[name];
    if (values !== undefined) asked.set(name, values.join(','));
  }
  for (const [n, { name }] of report.dimensions.entries()) {
    const value = cell.key[n] ?? '';
    if (name !== 'month') asked.set(name, value);
    else asked.set('on', report.bases.find(({ month }) => month === value)?.on ?? query.on);
  }
  return `/v1/reports/capability/cell?${asked}`;
}
