import { setImmediate as turn } from 'node:timers/promises';
import type { EventStore } from '../store/event-store.ts';
import { earlierFacts, openBatches } from './batches.ts';
import type { Projection } from './projection.ts';
import { createViewsFile, removeDatabase } from './views-file.ts';

/** Facts read at a time: others on this thread wait for them. More at a time are moved about by the collector. */
const READ = 500;
/**
 * Facts of one transaction. What a claim came to is written once for each, so that many of them make a rebuild
 * faster; others on this thread wait for the writing, a fifth of a second. 50,000 take 100 MB of memory more.
 */
const BATCH = 20_000;

export interface Rebuilding {
  store: EventStore;
  projections: readonly Projection[];
  /** Where the fresh file is made. */
  path: string;
  signal: AbortSignal;
  /** Facts of one transaction. */
  batch?: number;
  onProgress?(count: number): void;
}

/**
 * Builds the read models from the first fact in a fresh file: the secondary indexes are made at the end,
 * then it catches up. Resolves when it has read all there is, with the file closed; what was begun is
 * deleted when it fails.
 *
 * @returns whether it came to the end: false when the signal aborted it
 * @throws UnreadableFact
 */
export async function rebuild(rebuilding: Rebuilding): Promise<boolean> {
  const { store, projections, path, signal, batch = BATCH, onProgress } = rebuilding;
  const database = createViewsFile(path, projections);
  const batches = openBatches(database, projections);
  const catchUp = async (): Promise<void> => {
    let { position, count } = batches.checkpoint();
    let uncommitted = 0;
    while (!signal.aborted) {
      const facts = await store.readAll(position, Math.min(READ, batch - uncommitted));
      if (facts.length > 0) batches.follow(facts, await earlierFacts(store, facts));
      uncommitted += facts.length;
      if (facts.length === 0 || uncommitted === batch) {
        batches.commit();
        uncommitted = 0;
      }
      if (facts.length === 0) return;
      position = facts.at(-1)?.position;
      count += facts.length;
      onProgress?.(count);
      await turn();
    }
  };
  try {
    await catchUp();
    for (const sql of projections.flatMap(({ indexes }) => indexes)) {
      if (signal.aborted) break;
      database.exec(sql);
      await turn();
    }
    await catchUp();
  } catch (error) {
    database.close();
    removeDatabase(path);
    throw error;
  }
  database.close();
  if (signal.aborted) removeDatabase(path);
  return !signal.aborted;
}
