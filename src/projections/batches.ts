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
  /** The same without an end to the transaction: rows may wait in memory for `commit`. @throws UnreadableFact */
  follow(batch: readonly StoredEvent[], earlier: Earlier): void;
  /** Writes what waits, and the checkpoint. */
  commit(): void;
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
  let last: StoredEvent | undefined;

  const followOne = (stored: StoredEvent, earlier: Earlier): void => {
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
  const orRollBack = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  const follow: Batches['follow'] = (batch, earlier) => {
    if (batch.length === 0) return;
    const next = last === undefined ? checkpoint.count : last.index + 1;
    if (batch[0]?.index !== next) {
      throw new RangeError(`fact ${next} was expected, not ${batch[0]?.index}`);
    }
    if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');
    orRollBack(() => {
      for (const stored of batch) followOne(stored, earlier);
    });
    last = batch.at(-1);
  };
  const commit = (): void => {
    if (last === undefined) return;
    const after = checkpointAt(last);
    orRollBack(() => {
      for (const following of all) following.flush();
      note.run(after.count, after.position ?? null, after.leaf ?? null);
      database.exec('COMMIT');
    });
    checkpoint = after;
    last = undefined;
  };
  return {
    checkpoint: () => checkpoint,
    follow,
    commit,
    take(batch, earlier) {
      follow(batch, earlier);
      commit();
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
