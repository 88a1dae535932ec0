import { streamName } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import { withoutRetracted } from '../events/retraction.ts';
import { isStatementFact } from '../scheme/facts.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import { type Statement, statement, type Wanted } from '../scheme/statement.ts';
import type { EventStore } from '../store/event-store.ts';
import { ZONE } from './day-handed-in.ts';
import { type AsOf, endOf, factsOf, readMember } from './member-facts.ts';

export interface StatementAnswer {
  member: string;
  /** Facts of the ledger with a lower index were looked at. */
  asOf: number;
  statement: Statement;
}

/** What is asked of a member's statement. */
export type StatementQuery = Omit<Wanted, 'zone'> & { asOf?: AsOf | undefined };

/**
 * A member's statement, folded from their own stream: always current, or as of an earlier end.
 *
 * @returns undefined when the member has no fact by then, takes no part in the scheme, or has no such cycle
 * @throws RangeError when the time of `asOf` is no instant
 */
export async function memberStatement(
  store: EventStore,
  member: string,
  query: StatementQuery,
): Promise<StatementAnswer | undefined> {
  const asOf = await endOf(store, query.asOf);
  const stated = await statementAt(store, member, query, asOf);
  return stated && { member, asOf, statement: stated.statement };
}

/** The statement from the facts with an index below `end`, and of how many facts of which streams it was made. */
export async function statementAt(
  store: EventStore,
  member: string,
  query: StatementQuery,
  end: number,
): Promise<{ statement: Statement; streams: Map<string, number> } | undefined> {
  const { facts, streams } = await readMember(store, member, end);
  if (facts.length === 0) return undefined;
  const ofScheme = streamName('scheme', query.scheme);
  const published = await factsOf(store, ofScheme, end);
  streams.set(ofScheme, published.length);
  const read = withoutRetracted(facts).filter(isStatementFact);
  const stated = statement(rulebooksIn(published), read, { ...query, zone: ZONE });
  return stated && { statement: stated, streams };
}

/** The rulebooks that a scheme had published by `end`, in order. */
export async function rulebooksOf(
  store: EventStore,
  scheme: string,
  end: number,
): Promise<PublishedRulebook[]> {
  return rulebooksIn(await factsOf(store, streamName('scheme', scheme), end));
}

function rulebooksIn(facts: readonly AnyFact[]): PublishedRulebook[] {
  return facts.flatMap((fact) =>
    fact.type === 'RulebookPublished' ? [{ eventId: fact.id, ...fact.data }] : [],
  );
}
