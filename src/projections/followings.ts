import type { Database } from '../store/driver.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { Following, Projection, Retraction, ViewFact } from './projection.ts';
import { viewFact } from './view-facts.ts';

/** Several projections on one open database. */
export interface Followings {
  /**
   * Gives a fact to those that handle it.
   *
   * @param earlier the facts of its stream up to it, asked for where it retracts one
   * @throws UnreadableFact
   */
  follow(stored: StoredEvent, earlier: () => readonly ViewFact[]): void;
  /** Writes what waits in memory. */
  flush(): void;
}

export function openFollowings(database: Database, projections: readonly Projection[]): Followings {
  const byType = new Map<string, Following[]>();
  const all = projections.map((projection) => {
    const following = projection.on(database);
    for (const type of projection.types) {
      byType.set(type, [...(byType.get(type) ?? []), following]);
    }
    return following;
  });
  return {
    follow(stored, earlier) {
      if (stored.type === 'FactRetracted') {
        const fact = viewFact(stored) as Retraction;
        const facts = earlier();
        for (const following of all) following.retract(fact, facts);
        return;
      }
      const concerned = byType.get(stored.type);
      if (concerned === undefined) return;
      const fact = viewFact(stored);
      for (const following of concerned) following.apply(fact);
    },
    flush() {
      for (const following of all) following.flush();
    },
  };
}
