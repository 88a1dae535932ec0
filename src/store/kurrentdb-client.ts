import type { Writable } from 'node:stream';
import type { AppendExpectedRevision, EventStoreDBClient } from '@eventstore/db-client';
import { StoreUnavailable } from './event-store.ts';
import { shownAddress } from './kurrentdb-address.ts';
import { collected, followed, READ_SILENCE_MS } from './kurrentdb-collect.ts';
import type { WireEvent, WireEventToAppend } from './kurrentdb-event.ts';
import { createGate } from './kurrentdb-gate.ts';
import { NoAnswer, outcomeOf } from './kurrentdb-outcome.ts';
import { createSlots } from './kurrentdb-slots.ts';
import { within } from './kurrentdb-timers.ts';

/** A place in the server's log. */
export interface Place {
  commit: bigint;
  prepare: bigint;
}

/** What this adapter asks of the client. Streams have their full names here; errors are the client's own. */
export interface Connection {
  /**
   * One try. It may settle late: who asks has a timer. It waits for a turn until `signal` aborts.
   *
   * @returns the revision of the last event, and a place that is not after it
   */
  append(
    stream: string,
    expected: AppendExpectedRevision,
    events: readonly WireEventToAppend[],
    signal: AbortSignal,
  ): Promise<{ revision: bigint; commit: bigint | undefined }>;
  /** From the leader; empty where there is no such stream. */
  readStream(stream: string, from: bigint, limit?: number): Promise<WireEvent[]>;
  /** From the leader: what stands at the place and after it, of all streams, system events included. */
  readAll(from: Place | undefined, limit: number): Promise<WireEvent[]>;
  /** The last events of all, the latest first. */
  readLast(limit: number): Promise<WireEvent[]>;
  /**
   * What comes after the place, until it fails, ends, or the signal aborts. May fall silent.
   *
   * @param begun is called when the server has confirmed it
   */
  subscribe(
    after: Place | undefined,
    signal: AbortSignal,
    begun: () => void,
  ): AsyncIterable<WireEvent>;
  /** Lets a stream keep its last event alone. */
  keepLast(stream: string): Promise<void>;
  release(): Promise<void>;
}

/** Longer than this no try takes: the client's own keepalive ends it after 20 s. */
const STUCK_MS = 30_000;
/** Tries under way at a time: more would only wait at the server. */
const UNDER_WAY = 100;

/** Events of other systems, and the system's own but for what is done to streams: truncated, deleted. */
const FOLLOWED = '^([^$]|\\$metadata$|\\$streamDeleted$)';

interface Live {
  address: string;
  users: number;
  connection: Promise<Shared>;
}

type Shared = Omit<Connection, 'release'> & { dispose(): Promise<void> };

let live: Live | undefined;
let ending: Promise<unknown> = Promise.resolve();

/**
 * The connection of this thread to a cluster, shared by all stores on it. The client keeps pending appends of
 * all its objects in one map, and what befalls one rejects those of the others: so there is one at a time.
 *
 * @throws Error while a store on another cluster is open
 */
export async function connect(address: string): Promise<Connection> {
  if (live !== undefined && live.address !== address) {
    throw new Error('one process uses one cluster: a store on another one is open');
  }
  live ??= { address, users: 0, connection: ending.then(() => open(address)) };
  const mine = live;
  mine.users += 1;
  const release = async (): Promise<void> => {
    mine.users -= 1;
    if (mine.users > 0) return;
    if (live === mine) live = undefined;
    ending = mine.connection.then(
      (shared) => shared.dispose(),
      () => undefined,
    );
    await ending;
  };
  try {
    return { ...(await mine.connection), release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function open(address: string): Promise<Shared> {
  // Loaded here alone: it takes 0.2 s, and a ledger in a file does without it.
  const { EventStoreDBClient, eventTypeFilter } = await import('@eventstore/db-client');
  // Reads have an object of their own: a read that meets a new leader closes its object's channel, and the
  // appends under way on it would be left to chance. It never appends, so it shares no pending append.
  const made = (): EventStoreDBClient => {
    try {
      return EventStoreDBClient.connectionString(address);
    } catch (error) {
      throw unusable(address, error);
    }
  };
  const [writing, reading] = [made(), made()];
  const slots = createSlots(UNDER_WAY);
  let underWay = 0;
  const gate = createGate({ length: () => bufferedOf(writing), underWay: () => underWay });
  const filter = eventTypeFilter({ regex: FOLLOWED });

  const appendOnce = async (
    stream: string,
    expected: AppendExpectedRevision,
    events: readonly WireEventToAppend[],
  ) => {
    const { nextExpectedRevision, position } = await writing.appendToStream(
      stream,
      events.map((event) => ({ ...event, contentType: 'application/json' as const })),
      { expectedRevision: expected },
    );
    return { revision: nextExpectedRevision, commit: position?.commit };
  };
  const tried: typeof appendOnce = async (...asked) => {
    try {
      return await within(STUCK_MS, 'append', appendOnce(...asked));
    } catch (error) {
      // Cancels the stream of appends, which rejects all that are pending; the next append begins another.
      if (error instanceof NoAnswer) await within(1_000, 'reset', writing.dispose());
      throw error;
    } finally {
      underWay -= 1;
    }
  };
  return {
    async append(stream, expected, events, signal) {
      await slots.take(signal);
      try {
        await gate.enter(signal);
        underWay += 1;
        return await tried(stream, expected, events);
      } finally {
        slots.give();
      }
    },
    async readStream(stream, from, limit) {
      const options = { fromRevision: from, requiresLeader: true, ...counted(limit) };
      try {
        return await collected(reading.readStream(stream, options), `read ${stream}`);
      } catch (error) {
        if ((error as { type?: unknown }).type === 'stream-not-found') return [];
        throw error;
      }
    },
    readAll: (from, limit) =>
      collected(
        reading.readAll({ maxCount: limit, requiresLeader: true, fromPosition: from ?? 'start' }),
        'read $all',
      ),
    readLast: (limit) =>
      collected(
        reading.readAll({
          maxCount: limit,
          requiresLeader: true,
          direction: 'backwards',
          fromPosition: 'end',
        }),
        'read the end of $all',
      ),
    subscribe(after, signal, begun) {
      const subscription = reading.subscribeToAll({ fromPosition: after ?? 'start', filter });
      subscription.on('confirmation', begun);
      return followed(subscription, signal);
    },
    keepLast: (stream) =>
      within(
        READ_SILENCE_MS,
        `metadata of ${stream}`,
        writing.setStreamMetadata(stream, { maxCount: 1 }).then(() => undefined),
      ),
    async dispose() {
      await Promise.allSettled([writing, reading].map((each) => ended(each)));
    },
  };
}

/** The client says that a certificate cannot be loaded, and not which. */
function unusable(address: string, error: unknown): StoreUnavailable {
  const files = [...address.matchAll(/[?&]((?:tlsca|usercert|userkey)file=[^&]+)/gi)];
  const named = files.map(([, option]) => option).join(', ');
  const which = named === '' ? 'is wrong' : `(${named}) cannot be used`;
  return new StoreUnavailable(`${shownAddress(address)} ${which}: ${outcomeOf(error).message}`);
}

/** How much waits in the client's stream of appends, the only one of an object that does nothing else. */
function bufferedOf(client: EventStoreDBClient): number | undefined {
  // The client tells nobody; it keeps its streams here, so as to end them.
  const { disposableStreams } = client as unknown as { disposableStreams?: Set<Writable> };
  const [stream] = disposableStreams ?? [];
  return stream?.writableLength;
}

async function ended(client: EventStoreDBClient): Promise<void> {
  await within(2_000, 'dispose', client.dispose());
  // The channel has no public way to be closed, and its sockets would keep the process.
  const channel = await within(2_000, 'channel', channelOf(client));
  channel?.close();
}

type Closing = { close(): void };

async function channelOf(client: EventStoreDBClient): Promise<Closing | undefined> {
  const { getChannel } = client as unknown as { getChannel?: () => Promise<Closing> };
  return getChannel?.();
}

function counted(limit: number | undefined): { maxCount?: number } {
  return limit === undefined ? {} : { maxCount: limit };
}
