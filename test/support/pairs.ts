import type { RejectionCode } from '../../src/commands/rejection.ts';
import type { AnyNewFact } from '../../src/events/registry.ts';
import type { Outcome } from './specification.ts';

/** What a pair comes to: the facts that follow (`facts`), or the named refusal. */
export type Comes = 'facts' | RejectionCode;

/** Checks one pair of a truth table. */
export function check(verdict: Comes, outcome: Outcome, facts: AnyNewFact[]): Promise<void> {
  return verdict === 'facts' ? outcome.then(...facts) : outcome.thenRefused(verdict);
}

/** The entries of a record, with its keys as they are typed. */
export function entries<K extends string, V>(record: Record<K, V>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
