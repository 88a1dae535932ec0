import type { AnyFact } from './registry.ts';

/** What is read of a fact here, so that facts without all their metadata will do. */
type Told = AnyFact extends infer F ? (F extends AnyFact ? Omit<F, 'metadata'> : never) : never;

/** The ids of facts that these facts retract. */
export function retractedBy(facts: readonly Told[]): Set<string> {
  const retracted = new Set<string>();
  for (const fact of facts) if (fact.type === 'FactRetracted') retracted.add(fact.data.eventId);
  return retracted;
}

/**
 * A stream's facts without those that it retracts (contract, 5): what every fold begins with. Given the facts
 * up to an earlier end it keeps what was retracted only later, so that as-of shows what was known then.
 */
export function withoutRetracted<F extends Told>(facts: readonly F[]): F[] {
  const retracted = retractedBy(facts);
  return retracted.size === 0 ? [...facts] : facts.filter(({ id }) => !retracted.has(id));
}
