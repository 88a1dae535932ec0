import { setImmediate as turn } from 'node:timers/promises';
import { type Position, type StoredEvent, StoreUnavailable } from './event-store.ts';
import { type Reading, readAll } from './kurrentdb-read.ts';
import { backoff, pause } from './kurrentdb-timers.ts';

/** Pulls batches after a position; a store that does not answer for a while is waited for. */
export async function* follow(
  reading: Reading,
  mustBeOpen: () => void,
  after: Position | undefined,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<StoredEvent[], void> {
  let place = after;
  for (let tries = 0; !signal.aborted; ) {
    mustBeOpen();
    let batch: StoredEvent[];
    try {
      batch = await readAll(reading, place, limit);
      tries = 0;
    } catch (error) {
      mustBeOpen();
      if (!(error instanceof StoreUnavailable)) throw error;
      await pause(backoff(tries++, 5_000, reading.random), signal);
      continue;
    }
    const last = batch.at(-1);
    if (last === undefined) {
      await reading.feed.news(signal);
      continue;
    }
    place = last.position;
    yield batch;
    await turn();
  }
}
