import { z } from 'zod';
import { closeCycles } from '../commands/close-cycle.ts';
import { determineCycle } from '../commands/determine-cycle.ts';
import { handle } from '../commands/handle.ts';
import { Uuid } from '../events/shapes.ts';
import { mustHaveCycle } from '../projections/cycle-asked.ts';
import {
  closingStates,
  digestOfStatement,
  dueStates,
  type OutcomePage,
} from '../projections/standing-closing.ts';
import { memberStatement } from '../projections/statement.ts';
import { outcomes } from '../scheme/outcome.ts';
import { AskedDay, CycleName } from './asked.ts';
import { type Operation, read, replyOf, requestOf, under, write } from './operation.ts';
import { cursorPage, PageQuery } from './paging.ts';
import { Problem } from './problem.ts';
import { todayOf } from './services.ts';
import { AsOfText } from './statement.ts';

const sha256 = z.string().describe('SHA-256 in hex of the statement in canonical JSON');

const OutcomeShown = z.object({
  member: z.uuid(),
  cycle: z.string(),
  on: z.string(),
  until: z.string().describe('the day from which the cycle is over'),
  outcome: z.enum(outcomes),
  digest: sha256,
  rulebook: z.uuid().describe('the fact that published the rulebook which governs it'),
  version: z.int().describe('of that rulebook'),
  state: z
    .enum(closingStates)
    .describe(`closing determines those that are ${dueStates.join(', ')}`),
  determined: z
    .object({
      event: z.uuid(),
      outcome: z.enum(outcomes),
      digest: sha256,
      index: z.int(),
      on: z.string(),
      version: z.int().optional().describe('of the rulebook that governed it then'),
    })
    .optional(),
});

/** How many members one request closes at most: each is an append of its own. */
const CLOSED_AT_ONCE = 200;

export const cycleOperations: readonly Operation[] = under('cycles', [
  read({
    id: 'list-outcomes',
    path: '/v1/schemes/{scheme}/outcomes',
    summary:
      'What a cycle comes to for each member, and what was determined of it: to look through before it is closed, and to see what a correction has changed since.',
    may: ['admin', 'auditor'],
    limit: 'heavy',
    query: PageQuery.extend({
      cycle: CycleName,
      on: AskedDay.optional().describe('the day for which it is true; absent: today'),
      asOf: AsOfText.optional(),
      state: z.enum(closingStates).optional(),
    }),
    output: cursorPage(OutcomeShown).extend({ asOf: z.int() }),
    async run(services, { path, query: { limit, cursor, state, ...query } }) {
      const scheme = path['scheme'] ?? '';
      const on = query.on ?? todayOf(services);
      const states = state === undefined ? {} : { states: [state] };
      const asked = { ...query, scheme, on, ...states };
      return { body: await services.views.outcomes(asked, { limit, cursor }) };
    },
  }),
  write({
    id: 'determine-cycle',
    path: '/v1/members/{member}/determinations',
    summary: 'Determine what one member’s cycle came to, from their statement of today.',
    may: ['admin'],
    body: z.strictObject({ scheme: Uuid, cycle: CycleName }),
    async run(services, call) {
      const { ledger } = services;
      const { scheme } = call.body;
      const member = call.path['member'] ?? '';
      const on = todayOf(services);
      const wanted = { scheme, cycle: call.body.cycle, on };
      const answer = await memberStatement(ledger.store, member, wanted);
      if (answer === undefined) {
        await mustHaveCycle(ledger.store, member, wanted);
        throw new Problem(404, 'not-found', 'there is no such member, or not in this scheme');
      }
      const { statement, asOf: index } = answer;
      const { outcome, cycle: span } = statement;
      const digest = digestOfStatement(statement);
      const { cycle, until } = span;
      const body = { scheme, cycle, on, until, outcome, digest, index };
      const request = requestOf(determineCycle, call, member);
      return replyOf(await handle(ledger, { ...request, body }));
    },
  }),
  write({
    id: 'close-cycle',
    path: '/v1/schemes/{scheme}/closings',
    summary:
      'Determine a cycle for the members who are due, some at a time: ask again with `next` until there is none. What was determined is not determined again.',
    may: ['admin'],
    limit: 'heavy',
    body: z.strictObject({
      cycle: CycleName,
      limit: z.int().min(1).max(CLOSED_AT_ONCE).default(CLOSED_AT_ONCE),
      cursor: z.string().min(1).max(500).optional().describe('`next` of the answer before'),
    }),
    output: z.object({
      determined: z.int(),
      already: z.int().describe('determined before, by this request or another'),
      refused: z.array(z.object({ code: z.string(), count: z.int() })),
      asOf: z.int(),
      next: z.string().optional(),
    }),
    async run(services, { path, body, actor, caller, correlationId }) {
      const { ledger, views } = services;
      const { limit, cursor, cycle } = body;
      const query = { scheme: path['scheme'] ?? '', cycle, on: todayOf(services) };
      const page = await views.outcomes({ ...query, states: dueStates }, { limit, cursor });
      const who = { actor, own: caller.own, correlationId };
      const closed = await closeCycles(ledger, who, dueOf(page, query.scheme));
      const { asOf, next } = page;
      return { body: { ...closed, asOf, ...(next === undefined ? {} : { next }) }, status: 200 };
    },
  }),
]);

function dueOf({ items, asOf: index }: OutcomePage, scheme: string) {
  return items.map(({ member, rulebook, cycle, on, until, outcome, digest }) => ({
    member,
    rulebook,
    determination: { scheme, cycle, on, until, outcome, digest, index },
  }));
}
