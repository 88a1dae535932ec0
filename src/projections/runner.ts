import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { limits } from '../limits.ts';
import {
  type EventStore,
  type Position,
  type StoredEvent,
  StoreUnavailable,
} from '../store/event-store.ts';
import { type Batches, earlierFacts } from './batches.ts';

/** How often the ledger is looked at while somebody waits for a position, in ms. */
const HURRY_MS = 3;
/** How long a store that does not answer is left alone, in ms. */
const AGAIN_MS = 1_000;

export interface Running {
  store: EventStore;
  /** The file in use now; another after a rebuild. */
  batches(): Batches;
  /** Called after each batch. */
  onProgress(): void;
  /** Whether somebody waits for what comes. */
  hurried(): boolean;
  signal: AbortSignal;
}

/** Follows the store from the checkpoint, a transaction a batch, until `signal` aborts. */
export interface Runner {
  /** Ends a rest at once: somebody waits, or the file is another. */
  wake(): void;
  /** Resolves when it was aborted. @throws UnreadableFact, and what the store throws but StoreUnavailable */
  done: Promise<void>;
}

export function startRunner(running: Running): Runner {
  let resting: AbortController | undefined;
  const { store, signal } = running;
  signal.addEventListener('abort', () => resting?.abort(), { once: true });

  const rest = async (after: Position | undefined): Promise<void> => {
    if (running.hurried()) return sleep(HURRY_MS);
    resting = new AbortController();
    try {
      for await (const _news of store.follow(after, 1, resting.signal)) return;
    } finally {
      resting = undefined;
    }
  };
  /** A store that does not answer now will: nobody else would begin this again. */
  const readOrRest = async (position: Position | undefined): Promise<StoredEvent[]> => {
    try {
      return await store.readAll(position, limits.batch);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || signal.aborted) throw error;
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      return [];
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const batches = running.batches();
      const { position } = batches.checkpoint();
      const batch = await readOrRest(position);
      const earlier = await earlierFacts(store, batch);
      if (signal.aborted) return;
      if (batches !== running.batches()) continue;
      if (batch.length === 0) {
        await rest(position);
        continue;
      }
      batches.take(batch, earlier);
      running.onProgress();
      await turn();
    }
  };
  return { wake: () => resting?.abort(), done: run() };
}
