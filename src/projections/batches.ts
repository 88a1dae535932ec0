import type { AnyFact } from '../events/registry.ts';
import type { Database } from '../store/driver.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import type { Following, Projection, Retraction } from './projection.ts';
import { viewFact } from './view-facts.ts';
import { type Checkpoint, checkpointAt, readCheckpoint } from './views-file.ts';

/** For each `FactRetracted` of a batch, by its id, the facts of its stream up to it. */
export type Earlier = ReadonlyMap<string, readonly AnyFact[]>;

/** The read models of one open file as they follow the ledger. */
export interface Batches {
  checkpoint(): Checkpoint;
  /**
   * Follows a batch that begins where the checkpoint ends: rows and checkpoint in one transaction.
   * After an error what is in memory is ahead of the rows: let go of this, and open it again.
   *
   * @throws UnreadableFact
   */
  take(batch: readonly StoredEvent[], earlier: Earlier): void;
}

/** Opens the projections on a file. */
export function openBatches(database: Database, projections: readonly Projection[]): Batches {
  const byType = new Map<string, Following[]>();
  const all = projections.map((projection) => {
    const following = projection.on(database);
    for (const type of projection.types) {
      byType.set(type, [...(byType.get(type) ?? []), following]);
    }
    return following;
  });
  const note = database.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)');
  let checkpoint = readCheckpoint(database);

  const follow = (stored: StoredEvent, earlier: Earlier): void => {
    if (stored.type === 'FactRetracted') {
      const fact = viewFact(stored) as Retraction;
      const facts = earlier.get(stored.id) ?? [];
      for (const following of all) following.retract(fact, facts);
      return;
    }
    const concerned = byType.get(stored.type);
    if (concerned === undefined) return;
    const fact = viewFact(stored);
    for (const following of concerned) following.apply(fact);
  };
  return {
    checkpoint: () => checkpoint,
    take(batch, earlier) {
      const last = batch.at(-1);
      if (last === undefined) return;
      if (batch[0]?.index !== checkpoint.count) {
        throw new RangeError(`fact ${checkpoint.count} was expected, not ${batch[0]?.index}`);
      }
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const stored of batch) follow(stored, earlier);
        for (const following of all) following.flush();
        const after = checkpointAt(last);
        note.run(after.count, after.position ?? null, after.leaf ?? null);
        database.exec('COMMIT');
        checkpoint = after;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

/** Reads what the retractions of a batch need. */
export async function earlierFacts(
  store: EventStore,
  batch: readonly StoredEvent[],
): Promise<Earlier> {
  const earlier = new Map<string, readonly AnyFact[]>();
  for (const { id, type, stream, index } of batch) {
    if (type !== 'FactRetracted') continue;
    const stored = await store.readStream(stream, 0n);
    earlier.set(id, stored.filter((fact) => fact.index <= index).map(viewFact));
  }
  return earlier;
}
