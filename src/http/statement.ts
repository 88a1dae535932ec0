import { z } from 'zod';
import { Uuid } from '../events/shapes.ts';
import { mustHaveCycle } from '../projections/cycle-asked.ts';
import { memberHistory } from '../projections/history.ts';
import { statementText } from '../projections/kept-statements.ts';
import type { AsOf } from '../projections/member-facts.ts';
import { memberStatement, type StatementAnswer } from '../projections/statement.ts';
import { AskedDay, CycleName } from './asked.ts';
import { memberState } from './member.ts';
import { type Call, type Operation, read, under } from './operation.ts';
import { statementPage } from './pages/statement.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';
import { HistoryShown, StatementShown } from './shown.ts';

/** Facts with a lower index, or recorded by a time: `1200`, or `2026-01-31T12:00:00Z`. */
export const AsOfText = z
  .string()
  .refine(
    (text) =>
      /^\d{1,15}$/.test(text) ||
      (/^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))),
    {
      error: 'an index (1200) or a time in UTC (2026-01-31T12:00:00Z) is expected',
    },
  )
  .transform(
    (text): AsOf =>
      /^\d+$/.test(text) ? { index: Number(text) } : { time: new Date(text).toISOString() },
  );

const seers = ['own', 'admin', 'auditor', 'reviewer', 'assessor', { shares: 'statement' }] as const;

const StatementQuery = z.strictObject({
  scheme: Uuid.optional().describe('where absent: the scheme of the member, if it is one'),
  cycle: CycleName.optional().describe(
    'by the year in which it begins, or its first day; absent: the one in which `on` lies',
  ),
  on: AskedDay.optional(),
  asOf: AsOfText.optional(),
});

export const statementOperations: readonly Operation[] = under('members', [
  read({
    id: 'show-statement',
    path: '/v1/members/{member}/statement',
    summary:
      'Points of a member in a scheme and cycle, with the reason for every one that does not count: on a day, as known at an index or time.',
    may: seers,
    query: StatementQuery,
    output: StatementShown,
    async run(services, call) {
      return { json: await asked(services, call, statementText) };
    },
  }),
  read({
    id: 'print-statement',
    path: '/v1/members/{member}/statement.html',
    summary: 'The same as a page (HTML) that prints on A4. It opens no name and no title.',
    may: seers,
    query: StatementQuery,
    async run(services, call) {
      const { statement, ...about } = await asked(services, call, stated);
      return { page: statementPage(statement, { society: services.ledger.name, ...about }) };
    },
  }),
  read({
    id: 'show-history',
    path: '/v1/members/{member}/history',
    summary:
      'Every fact of a member in order, with the points awarded after it: as of any index or time.',
    may: ['own', 'admin', 'auditor', 'reviewer', 'assessor'],
    query: z.strictObject({ asOf: AsOfText.optional() }),
    limit: 'heavy',
    output: HistoryShown,
    async run(services, { path, query }) {
      const member = path['member'] ?? '';
      await memberState(services, member);
      return { body: await memberHistory(services.ledger.store, member, query) };
    },
  }),
]);

/** The statement that a call asks for, in the form of `answer`; today's, of the only scheme, unless it says otherwise. */
async function asked<T>(
  services: Services,
  { path, query }: Call<z.output<typeof StatementQuery>>,
  answer: (...asked: Parameters<typeof statementText>) => Promise<T | undefined>,
): Promise<T> {
  const member = path['member'] ?? '';
  const { scheme, cycle, on = todayOf(services), asOf } = query;
  const schemeOf = async (): Promise<string> => {
    const { state } = await memberState(services, member);
    return scheme ?? onlyScheme([...state.membership.schemes.keys()]);
  };
  const wanted = { scheme, cycle, on, asOf };
  const found = await answer(services.ledger.store, member, wanted, schemeOf);
  if (found !== undefined) return found;
  await mustHaveCycle(services.ledger.store, member, { ...wanted, scheme: await schemeOf() });
  const detail = 'there was no such member then, or not in this scheme';
  throw new Problem(404, 'not-found', detail);
}

async function stated(
  ...[store, member, wanted, schemeOf]: Parameters<typeof statementText>
): Promise<StatementAnswer | undefined> {
  return memberStatement(store, member, { ...wanted, scheme: await schemeOf() });
}

function onlyScheme(schemes: string[]): string {
  const [scheme] = schemes;
  if (schemes.length === 1 && scheme !== undefined) return scheme;
  throw new Problem(
    400,
    'input-wrong',
    `scheme is expected: this member takes part in ${schemes.length}`,
  );
}
