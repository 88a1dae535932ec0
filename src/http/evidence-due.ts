import { z } from 'zod';
import { disposeOfDue } from '../commands/dispose-due.ts';
import type { EvidenceDue } from '../projections/evidence-due.ts';
import { AskedDay } from './asked.ts';
import { type Operation, read, under, write } from './operation.ts';
import { cursorPage, PageQuery } from './paging.ts';
import { todayOf } from './services.ts';

const DueShown = z.object({
  member: z.uuid().describe('in whose stream it stands'),
  claim: z.uuid(),
  evidence: z.uuid(),
  file: z.boolean().describe('a file; else a link'),
  until: z.string().describe('the first day on which it need not be kept any more'),
  scheme: z.uuid(),
  rulebook: z.object({ version: z.int(), eventId: z.uuid() }).describe('which says so'),
  kind: z.string(),
  keepMonths: z.int().describe('for so many months after the end of the cycle'),
  cycle: z.string(),
});

/** How many one request disposes of at most: each is an append of its own. */
const DISPOSED_AT_ONCE = 200;

export const evidenceDueOperations: readonly Operation[] = under('claims', [
  read({
    id: 'list-evidence-due',
    path: '/v1/reports/evidence-due',
    summary:
      'Evidence that by the rulebooks need not be kept any more, and is there. What a hold, or an open decision, review or appeal keeps back is left out.',
    may: ['admin', 'auditor'],
    limit: 'heavy',
    query: PageQuery.extend({
      on: AskedDay.optional().describe('the day on which it is due; absent: today'),
    }),
    output: cursorPage(DueShown).extend({ asOf: z.int() }),
    async run(services, { query: { limit, cursor, on = todayOf(services) } }) {
      const page = await services.views.evidenceDue({ on }, { limit, cursor });
      return { body: { ...page, items: page.items.map(shown) } };
    },
  }),
  write({
    id: 'dispose-of-evidence',
    path: '/v1/evidence-disposals',
    summary:
      'Dispose of evidence that is due today, some at a time: ask again with `next` until there is none. The same request again disposes of what is due then. Keys are destroyed and files deleted; facts, points and statements stay.',
    may: ['admin'],
    limit: 'heavy',
    body: z.strictObject({
      limit: z.int().min(1).max(DISPOSED_AT_ONCE).default(DISPOSED_AT_ONCE),
      cursor: z.string().min(1).max(500).optional().describe('`next` of the answer before'),
    }),
    output: z.object({
      disposed: z.int(),
      refused: z
        .array(z.object({ code: z.string(), count: z.int() }))
        .describe('what was found to be kept back since'),
      asOf: z.int(),
      next: z.string().optional(),
    }),
    async run(services, { body: { limit, cursor }, actor, caller, correlationId }) {
      const { ledger, views, evidence } = services;
      const page = await views.evidenceDue({ on: todayOf(services) }, { limit, cursor });
      const who = { actor, own: caller.own, correlationId };
      const due = page.items.map(({ keeping, ...item }) => ({
        ...item,
        rulebook: keeping.rulebook.eventId,
      }));
      const done = await disposeOfDue(ledger, who, due, (blob) => evidence.delete(blob));
      const { asOf, next } = page;
      return { body: { ...done, asOf, ...(next === undefined ? {} : { next }) }, status: 200 };
    },
  }),
]);

function shown({ keeping, ...item }: EvidenceDue) {
  return { ...item, ...keeping };
}
