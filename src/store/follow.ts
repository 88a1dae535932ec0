import { setImmediate as turn } from 'node:timers/promises';
import { type Position, type StoredEvent, StoreUnavailable } from './event-store.ts';
import type { Reader } from './sqlite-read.ts';

/** How often another process' commits are looked for, in ms: `PRAGMA data_version` costs microseconds. */
const POLL_MS = 50;

/** Tells followers that the ledger may have grown. */
export interface News {
  /** Called after an append of our own. */
  tell(): void;
  /** Resolves at the next news, or when the signal aborts, or at `end`. */
  wait(signal: AbortSignal): Promise<void>;
  /** Wakes everyone for the last time. */
  end(): void;
}

/** Appends of this process are told at once; others' are found by polling, only while someone waits. */
export function createNews(reader: Reader): News {
  const sleepers = new Set<() => void>();
  let seen = reader.version();
  let timer: NodeJS.Timeout | undefined;

  const wakeAll = (): void => {
    clearInterval(timer);
    timer = undefined;
    for (const wake of [...sleepers]) wake();
  };
  // `seen` moves here alone: a commit between a follower's read and its wait differs from it, and wakes.
  const poll = (): void => {
    const version = reader.version();
    if (version === seen) return;
    seen = version;
    wakeAll();
  };
  return {
    tell: wakeAll,
    end: wakeAll,
    wait: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = (): void => {
          sleepers.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        sleepers.add(wake);
        signal.addEventListener('abort', wake, { once: true });
        timer ??= setInterval(poll, POLL_MS).unref();
      }),
  };
}

/** Where a follower is to read, and whether it still may. */
export interface Source {
  reader: Reader;
  news: News;
  isOpen(): boolean;
}

/** Pulls batches after a position; who does not ask for the next batch holds nothing up. */
export async function* follow(
  source: Source,
  after: Position | undefined,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<StoredEvent[], void> {
  let place = after;
  while (!signal.aborted) {
    if (!source.isOpen()) throw new StoreUnavailable('the store was closed');
    const batch = source.reader.all(place, limit);
    const last = batch.at(-1);
    if (last === undefined) {
      await source.news.wait(signal);
      continue;
    }
    place = last.position;
    yield batch;
    // A consumer without a wait of its own would else keep timers and sockets waiting until the head.
    await turn();
  }
}
