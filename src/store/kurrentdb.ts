import { checkAppend } from './append-check.ts';
import {
  type Appended,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  StoreUnavailable,
} from './event-store.ts';
import { shownAddress } from './kurrentdb-address.ts';
import { appendOnce } from './kurrentdb-append.ts';
import { connect } from './kurrentdb-client.ts';
import { startClock } from './kurrentdb-clock.ts';
import { positionOf } from './kurrentdb-event.ts';
import { type Feed, startFeed } from './kurrentdb-feed.ts';
import { follow } from './kurrentdb-follow.ts';
import { createLedgerIndex } from './kurrentdb-index.ts';
import { holds, keeping, readKept } from './kurrentdb-kept.ts';
import { outcomeOf } from './kurrentdb-outcome.ts';
import { followed, type Reading, readAll, readPatiently, readStream } from './kurrentdb-read.ts';
import { sharedReads } from './kurrentdb-shared.ts';
import { backoff, pause } from './kurrentdb-timers.ts';

export interface KurrentStoreOptions {
  /** Connection string: `esdb://` or `esdb+discover://`. */
  address: string;
  /** The prefix of the ledger's streams, without its full stop. */
  name: string;
  /** The real time in ms: compared with the store's. */
  nowMs: () => number;
  random: () => number;
  /** How long a store that does not answer is waited for, in ms. */
  openWithinMs?: number;
  /** How long an append is tried until its outcome is known, in ms. */
  knownWithinMs?: number;
  /** Where this process keeps what it has learnt from the log; it may be deleted at any time. Absent: nowhere. */
  keptFile?: string;
}

const OPEN_WITHIN_MS = 30_000;
const KNOWN_WITHIN_MS = 10_000;
/** How long a first reading of the whole log may take, in ms: some hundred millions of facts. */
const CATCH_UP_MS = 6 * 3_600_000;

/**
 * Opens a ledger on EventStoreDB or KurrentDB, and follows its log. Resolves when this process knows where every
 * fact stands that was stored before.
 *
 * @throws StoreUnavailable, one line, when it does not answer in time or refuses
 */
export async function openKurrentStore(options: KurrentStoreOptions): Promise<EventStore> {
  const { address, name, nowMs, random, keptFile } = options;
  const prefix = `${name}.`;
  const connection = await connect(address);
  const clock = startClock(connection, `clock-${name}`, nowMs);
  const ending = new AbortController();
  const closing = ending.signal;
  let feed: Feed | undefined;
  let keeper: ReturnType<typeof keeping> | undefined;
  const release = async (): Promise<void> => {
    ending.abort();
    clock.end();
    await feed?.end();
    keeper?.end();
    await connection.release();
  };
  try {
    const struck = await answered(options, () => clock.strike());
    const found = readKept(keptFile, prefix);
    const holding = found && (await holds(found, prefix, { connection, random, closing }));
    const kept = holding === true ? found : undefined;
    const index = createLedgerIndex(kept);
    const onOther = (event: Parameters<typeof clock.see>[0]): boolean => clock.see(event);
    const damage = kept?.damage ?? [];
    feed = startFeed({ connection, prefix, index, random, onOther, damage });
    await feed.wait(struck, CATCH_UP_MS);
    keeper = keeping(keptFile, prefix, { index, feed, count: kept?.positions.length ?? 0 });
    const reading: Reading = { connection, prefix, index, feed, random, closing };
    const { knownWithinMs = KNOWN_WITHIN_MS } = options;
    return storeOver(reading, { knownWithinMs, wrongClock: clock.wrong, release });
  } catch (error) {
    await release();
    throw error;
  }
}

/** The first answer of a store that may be starting, or between two leaders. */
async function answered<T>(options: KurrentStoreOptions, ask: () => Promise<T>): Promise<T> {
  const { address, random, openWithinMs = OPEN_WITHIN_MS } = options;
  const late = AbortSignal.timeout(openWithinMs);
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const { kind, message } = outcomeOf(error);
      const where = shownAddress(address);
      if (kind !== 'retry') throw new StoreUnavailable(`${where} refuses: ${message}`);
      if (late.aborted) {
        throw new StoreUnavailable(
          `${where} does not answer after ${openWithinMs / 1_000} s: ${message}`,
        );
      }
    }
    await pause(backoff(tries, 2_000, random), late);
  }
}

function storeOver(
  reading: Reading,
  opened: {
    knownWithinMs: number;
    wrongClock: () => string | undefined;
    release: () => Promise<void>;
  },
): EventStore {
  const { connection, prefix, index, feed, random } = reading;
  const { knownWithinMs, wrongClock, release } = opened;
  const shared = sharedReads();
  const accepted = new Set<Promise<Appended>>();
  let retries = 0;
  let closed: Promise<void> | undefined;
  const mustBeOpen = (): void => {
    if (closed !== undefined) throw new StoreUnavailable('the store was closed');
  };
  const onRetry = (): void => {
    retries += 1;
  };

  const append = async (
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
  ): Promise<Appended> => {
    const wrong = wrongClock() ?? damaged(feed, stream);
    if (wrong !== undefined) throw new StoreUnavailable(wrong);
    const to = { connection, random, knownWithinMs, onRetry };
    const stored = await appendOnce(to, prefix + stream, stream, expected, events);
    return appendedAt(reading, stream, stored);
  };
  const close = async (): Promise<void> => {
    await Promise.allSettled(accepted);
    await release();
  };

  return {
    async append(stream, expected, events) {
      mustBeOpen();
      checkAppend(stream, expected, events);
      const appending = append(stream, expected, events);
      accepted.add(appending);
      try {
        return await appending;
      } finally {
        accepted.delete(appending);
      }
    },
    async readStream(stream, from, limit) {
      mustBeOpen();
      return shared.read(`${stream} ${from} ${limit}`, () =>
        readStream(reading, stream, from, limit),
      );
    },
    followed(stream, from) {
      mustBeOpen();
      return feed.damage.has(stream) ? undefined : feed.recent.of(prefix + stream, from);
    },
    async readAll(after, limit) {
      mustBeOpen();
      return readAll(reading, after, limit);
    },
    async readIndex(at) {
      mustBeOpen();
      if (at >= index.count) return undefined;
      const before = at === 0 ? undefined : positionOf(index.commitOf(at - 1));
      return (await readAll(reading, before, 1))[0];
    },
    async head() {
      mustBeOpen();
      const { count } = index;
      return { count, position: count === 0 ? undefined : positionOf(index.commitOf(count - 1)) };
    },
    async countAsOf(instant) {
      mustBeOpen();
      const ms = Date.parse(instant);
      if (Number.isNaN(ms)) throw new RangeError(`${instant} is no instant`);
      return index.countAsOf(ms);
    },
    async damage() {
      return [...feed.damage].map(([stream, what]) => ({ stream, what }));
    },
    follow: (after, limit, signal) => follow(reading, mustBeOpen, after, limit, signal),
    reach: () => ({ retries, ...feed.state }),
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function damaged(feed: Feed, stream: string): string | undefined {
  const what = feed.damage.get(stream);
  return what === undefined ? undefined : `${stream} ${what}: nothing is written to it any more`;
}

async function appendedAt(
  reading: Reading,
  stream: string,
  { revision, commit }: { revision: bigint; commit: bigint | undefined },
): Promise<Appended> {
  const at = commit ?? (await commitOf(reading, stream, revision));
  await followed(reading.feed, at);
  const found = reading.index.indexAt(at);
  // A server that says the place of another event of the append: its last one is looked up.
  if (found === undefined)
    throw new StoreUnavailable(`the fact at ${at} was stored and is not found`);
  return { revision, index: found, position: positionOf(at) };
}

async function commitOf(reading: Reading, stream: string, revision: bigint): Promise<bigint> {
  const { connection, prefix } = reading;
  const [event] = await readPatiently(reading, () =>
    connection.readStream(prefix + stream, revision, 1),
  );
  return BigInt(positionOf(event?.commit));
}
