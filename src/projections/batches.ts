import type { Database } from '../store/driver.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { openFollowings } from './followings.ts';
import type { Projection, ViewFact } from './projection.ts';
import { viewFact } from './view-facts.ts';
import { type Checkpoint, checkpointAt, checkpointWriter, readCheckpoint } from './views-file.ts';

/** For each `FactRetracted` of a batch, by its id, the facts of its stream up to it. */
export type Earlier = ReadonlyMap<string, readonly ViewFact[]>;

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
  const followings = openFollowings(database, projections);
  const note = checkpointWriter(database);
  let checkpoint = readCheckpoint(database);
  let last: StoredEvent | undefined;

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
      for (const stored of batch) {
        followings.follow(stored, () => earlier.get(stored.id) ?? []);
      }
    });
    last = batch.at(-1);
  };
  const commit = (): void => {
    if (last === undefined) return;
    const after = checkpointAt(last);
    orRollBack(() => {
      followings.flush();
      note(after);
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
  const earlier = new Map<string, readonly ViewFact[]>();
  for (const { id, type, stream, index } of batch) {
    if (type !== 'FactRetracted') continue;
    const stored = await store.readStream(stream, 0n);
    earlier.set(id, stored.filter((fact) => fact.index <= index).map(viewFact));
  }
  return earlier;
}
