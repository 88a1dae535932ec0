import { streamName } from '../events/ids.ts';
import { withoutRetracted } from '../events/retraction.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import { isStatementFact } from '../scheme/facts.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import { type Statement, statement } from '../scheme/statement.ts';
import type { EventStore } from '../store/event-store.ts';
import { type AsOf, endOf, factsOf, memberFacts } from './member-facts.ts';

export interface StatementAnswer {
  member: string;
  /** Facts of the ledger with a lower index were looked at. */
  asOf: number;
  statement: Statement;
}

/**
 * A member's statement, folded from their own stream: always current, or as of an earlier end.
 *
 * @returns undefined when the member has no fact by then
 * @throws RangeError when the time of `asOf` is no instant
 */
export async function memberStatement(
  store: EventStore,
  member: string,
  query: { scheme: string; cycle: string; on: CivilDate; asOf?: AsOf | undefined },
): Promise<StatementAnswer | undefined> {
  const { scheme, cycle, on } = query;
  const asOf = await endOf(store, query.asOf);
  const facts = await memberFacts(store, member, asOf);
  if (facts.length === 0) return undefined;
  const rulebooks = await rulebooksOf(store, scheme, asOf);
  const read = withoutRetracted(facts).filter(isStatementFact);
  return { member, asOf, statement: statement(rulebooks, read, { scheme, cycle, on }) };
}

/** The rulebooks that a scheme had published by `end`, in order. */
export async function rulebooksOf(
  store: EventStore,
  scheme: string,
  end: number,
): Promise<PublishedRulebook[]> {
  const facts = await factsOf(store, streamName('scheme', scheme), end);
  return facts.flatMap((fact) =>
    fact.type === 'RulebookPublished' ? [{ eventId: fact.id, ...fact.data }] : [],
  );
}
