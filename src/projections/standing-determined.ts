import type { AnyFact } from '../events/registry.ts';
import { withoutRetracted } from '../events/retraction.ts';
import { cycleNamed } from '../scheme/cycle-names.ts';
import type { Statement } from '../scheme/statement.ts';
import type { EventStore } from '../store/event-store.ts';
import { dayHandedIn } from './day-handed-in.ts';
import { endOf, memberFacts } from './member-facts.ts';
import { memberStatement } from './statement.ts';

/** What was determined last of a member's cycle, and the statement that it was determined by. */
export interface DeterminedStatement {
  event: string;
  on: string;
  digest: string;
  statement: Statement;
}

/** Reads a determination from the member's own stream; undefined where the cycle was not determined. */
export async function determinedStatement(
  store: EventStore,
  member: string,
  { scheme, cycle: asked }: { scheme: string; cycle: string },
): Promise<DeterminedStatement | undefined> {
  const facts = withoutRetracted(await memberFacts(store, member, await endOf(store, undefined)));
  const determined = facts.filter(
    (fact) => fact.type === 'CycleDetermined' && fact.data.scheme === scheme,
  ) as Extract<AnyFact, { type: 'CycleDetermined' }>[];
  const cycle = cycleNamed([...new Set(determined.map(({ data }) => data.cycle))], asked);
  const fact = determined.findLast(({ data }) => data.cycle === cycle);
  if (fact === undefined || cycle === undefined) return undefined;
  const on = dayHandedIn(fact);
  const asOf = { index: fact.data.index };
  const answer = await memberStatement(store, member, { scheme, cycle, on, asOf });
  return answer && { event: fact.id, on, digest: fact.data.digest, statement: answer.statement };
}
