import type { AnyFact } from '../events/registry.ts';

/** What was determined last of each cycle of a member, by scheme and cycle (`<scheme>/<cycle>`). */
export type Determinations = Map<string, { digest: string; index: number }>;

/** Follows the facts about cycles that were closed. */
export function evolveDeterminations(state: Determinations, fact: AnyFact): void {
  if (fact.type !== 'CycleDetermined') return;
  const { scheme, cycle, digest, index } = fact.data;
  state.set(`${scheme}/${cycle}`, { digest, index });
}
