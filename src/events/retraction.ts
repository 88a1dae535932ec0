import type { AnyFact } from './registry.ts';

/** The ids of facts that these facts retract. */
export function retractedBy(facts: readonly AnyFact[]): Set<string> {
  const retracted = new Set<string>();
  for (const fact of facts) if (fact.type === 'FactRetracted') retracted.add(fact.data.eventId);
  return retracted;
}

/**
 * A stream's facts without those that it retracts (contract, 5): what every fold begins with. Given the facts
 * up to an earlier end it keeps what was retracted only later, so that as-of shows what was known then.
 */
export function withoutRetracted(facts: readonly AnyFact[]): AnyFact[] {
  const retracted = retractedBy(facts);
  return retracted.size === 0 ? [...facts] : facts.filter(({ id }) => !retracted.has(id));
}
