import { streamName } from '../events/ids.ts';
import { withoutRetracted } from '../events/retraction.ts';
import { isStatementFact } from '../scheme/facts.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import { type Statement, statement, type Wanted } from '../scheme/statement.ts';
import type { EventStore } from '../store/event-store.ts';
import { ZONE } from './day-handed-in.ts';
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
 * @returns undefined when the member has no fact by then, takes no part in the scheme, or has no such cycle
 * @throws RangeError when the time of `asOf` is no instant
 */
export async function memberStatement(
  store: EventStore,
  member: string,
  query: Omit<Wanted, 'zone'> & { asOf?: AsOf | undefined },
): Promise<StatementAnswer | undefined> {
  const asOf = await endOf(store, query.asOf);
  const facts = await memberFacts(store, member, asOf);
  if (facts.length === 0) return undefined;
  const rulebooks = await rulebooksOf(store, query.scheme, asOf);
  const read = withoutRetracted(facts).filter(isStatementFact);
  const stated = statement(rulebooks, read, { ...query, zone: ZONE });
  return stated && { member, asOf, statement: stated };
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
