import { type Position, type StoredEvent, StoreUnavailable } from './event-store.ts';
import type { Connection } from './kurrentdb-client.ts';
import { fromWire, positionOf, type WireEvent } from './kurrentdb-event.ts';
import type { Feed } from './kurrentdb-feed.ts';
import { commitAt, type LedgerIndex } from './kurrentdb-index.ts';
import { NoAnswer, outcomeOf } from './kurrentdb-outcome.ts';
import { backoff, pause } from './kurrentdb-timers.ts';

/** How long a read is tried, in ms, before the caller is told that the store does not answer. */
const READ_WITHIN_MS = 10_000;
/** How long an event that was read may be on its way to this process's index, in ms. */
const FOLLOWED_WITHIN_MS = 5_000;
const MOST_PAUSE_MS = 1_000;
/** Events asked for at a time, foreign ones included. */
const PAGE = 1_000;

export interface Reading {
  connection: Connection;
  prefix: string;
  index: LedgerIndex;
  feed: Feed;
  random: () => number;
  closing: AbortSignal;
}

/** Reads with further tries. @throws StoreUnavailable when there is no answer in time, or none to be had */
export async function readPatiently<T>(
  { random, closing }: Pick<Reading, 'random' | 'closing'>,
  read: () => Promise<T>,
): Promise<T> {
  const late = AbortSignal.any([AbortSignal.timeout(READ_WITHIN_MS), closing]);
  for (let tries = 0; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      const { kind, message } = outcomeOf(error);
      if (kind === 'broken') throw error;
      if (kind !== 'retry') throw new StoreUnavailable(`the store refuses a read: ${message}`);
      if (late.aborted) throw new StoreUnavailable(`the store does not answer: ${message}`);
    }
    await pause(backoff(tries, MOST_PAUSE_MS, random), late);
  }
}

/** Facts of one stream from a revision on, from the leader, each with its index. */
export async function readStream(
  reading: Reading,
  stream: string,
  from: bigint,
  limit: number | undefined,
): Promise<StoredEvent[]> {
  const { connection, prefix, feed } = reading;
  if (limit === 0) return [];
  const damaged = feed.damage.has(stream);
  const known = (damaged ? undefined : feed.recent.revisionOf(prefix + stream)) ?? -1n;
  const events = await readPatiently(reading, async () => {
    const read = await connection.readStream(prefix + stream, from, limit);
    // A node that lags: what this process has written, or has seen, is in every answer of it.
    const end = read.at(-1)?.revision ?? from - 1n;
    if (end < known && read.length !== limit) {
      throw new NoAnswer(`${stream} was read up to ${end}, and ${known} is there`);
    }
    return read;
  });
  const first = events[0];
  if (first !== undefined && first.revision !== from) {
    throw new StoreUnavailable(
      `${stream} begins at revision ${first.revision}, and ${from} was asked for: verify reports it`,
    );
  }
  const last = events.at(-1);
  if (last !== undefined) {
    await followed(feed, commitAt(positionOf(last.commit)));
  }
  // Read to its end: what comes after it will be followed.
  if (events.length !== limit && !damaged && (last !== undefined || from === 0n)) {
    feed.recent.note(prefix + stream, last?.revision ?? -1n);
  }
  return events.map((event) => placed(reading, event));
}

/** Facts of the ledger after a position, of those that this process has followed. */
export async function readAll(
  reading: Reading,
  after: Position | undefined,
  limit: number,
): Promise<StoredEvent[]> {
  const { index, feed } = reading;
  const start = after === undefined ? 0 : index.countUntil(commitAt(after));
  const count = Math.min(limit, index.count - start);
  if (count <= 0) return [];
  const recent = feed.recent.from(start, count);
  if (recent !== undefined) return recent;
  const last = index.commitOf(start + count - 1);
  const events: WireEvent[] = [];
  let from = index.commitOf(start);
  for (;;) {
    const page = await readPatiently(reading, () =>
      reading.connection.readAll({ commit: from, prepare: from }, Math.min(PAGE, count + 1)),
    );
    for (const event of page) if (isOf(reading, event, last)) events.push(event);
    const end = page.at(-1)?.commit;
    if (end === undefined || end >= last || page.length === 1) break;
    // The place is inclusive: what was read last is read again, and dropped.
    from = end;
    if (events.at(-1)?.commit === end) events.pop();
  }
  return events.map((event) => placed(reading, event));
}

/** A fact of ours at or before `last`; what is done to our streams stands in the same log, and is none. */
function isOf({ prefix, index }: Reading, event: WireEvent, last: bigint): boolean {
  const { commit, stream } = event;
  if (commit === undefined || commit > last || !stream.startsWith(prefix)) return false;
  return index.indexAt(commit) !== undefined;
}

/** Waits until this process has followed the log up to a place. */
export async function followed(feed: Feed, commit: bigint): Promise<void> {
  try {
    await feed.wait(commit, FOLLOWED_WITHIN_MS);
  } catch (error) {
    throw new StoreUnavailable(outcomeOf(error).message);
  }
}

function placed({ prefix, index }: Reading, event: WireEvent): StoredEvent {
  const at = index.indexAt(commitAt(positionOf(event.commit)));
  if (at === undefined) {
    throw new StoreUnavailable(`the fact at ${event.commit} is not in this process's index yet`);
  }
  return fromWire(event, prefix, at);
}
