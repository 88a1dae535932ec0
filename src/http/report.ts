import { z } from 'zod';
import { Code, Uuid } from '../events/shapes.ts';
import { decisionKinds } from '../projections/views.ts';
import { type Operation, read, under } from './operation.ts';
import { cursorPage, PageQuery } from './paging.ts';

export const reportOperations: readonly Operation[] = under('reports', [
  read({
    id: 'list-balances',
    path: '/v1/balances',
    summary:
      'Points awarded, by member, scheme, cycle and category. Nothing has been weighed: caps are not applied.',
    may: ['admin', 'auditor'],
    query: PageQuery.extend({
      member: Uuid.optional(),
      scheme: Uuid.optional(),
      cycle: Code.optional(),
      category: Code.optional(),
    }),
    output: cursorPage(
      z.object({
        member: z.uuid(),
        scheme: z.uuid(),
        cycle: z.string(),
        category: z.string(),
        awarded: z.int().describe('hundredths of a point'),
      }),
    ),
    async run({ views }, { query: { limit, cursor, ...filter } }) {
      return { body: await views.balances(present(filter), { limit, cursor }) };
    },
  }),
  read({
    id: 'list-queue',
    path: '/v1/queue',
    summary: 'Claims that wait for a decision, the oldest first.',
    may: ['assessor', 'admin', 'auditor'],
    query: PageQuery.extend({
      assignee: z.union([Uuid, z.literal('nobody')]).optional(),
      member: Uuid.optional(),
    }),
    output: cursorPage(
      z.object({
        claim: z.uuid(),
        member: z.uuid(),
        submittedOn: z.string().describe('its age counts from here'),
        assignee: z.uuid().optional(),
        kinds: z.array(z.string()),
        lines: z.int(),
      }),
    ),
    async run({ views }, { query: { limit, cursor, assignee, member } }) {
      const filter = { ...(member === undefined ? {} : { member }) };
      const whose =
        assignee === undefined ? {} : { assignee: assignee === 'nobody' ? null : assignee };
      return { body: await views.queue({ ...filter, ...whose }, { limit, cursor }) };
    },
  }),
  read({
    id: 'list-decisions',
    path: '/v1/persons/{person}/decisions',
    summary:
      'What one person decided, the newest first; a panel’s stands once for each who took it.',
    may: ['admin', 'auditor'],
    query: PageQuery,
    output: cursorPage(
      z.object({
        event: z.uuid(),
        index: z.int(),
        by: z.uuid(),
        member: z.uuid(),
        claim: z.uuid(),
        kind: z.enum(decisionKinds),
        decidedOn: z.string(),
        recordedAt: z.string(),
        capacity: z.string(),
        under: z.uuid().optional(),
        lines: z.array(z.uuid()),
      }),
    ),
    async run({ views }, { path, query }) {
      return { body: await views.decisions({ by: path['person'] ?? '' }, query) };
    },
  }),
]);

/** Absent is absent: what was not asked for is no filter. */
function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as never;
}
