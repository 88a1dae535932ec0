/** The store's own coordinate of a fact: opaque, for resuming and for "at least this position" only. */
export type Position = string & { readonly position: unique symbol };

/** A fact ready to be stored. `data` and `metadata` are canonical JSON texts (RFC 8785). */
export interface EventToAppend {
  /** UUIDv5 of command, stream and ordinal: the same try again has the same id. */
  id: string;
  type: string;
  data: string;
  metadata: string;
  /** `metadata.recordedAt` again (UTC, milliseconds), so that a store need not parse to order by time. */
  recordedAt: string;
}

/** A fact as stored. What is answered, hashed or shown is computed from this, never from what was sent. */
export interface StoredEvent {
  id: string;
  stream: string;
  revision: bigint;
  /** 0, 1, 2, ... over our facts in ledger order: the same on every store and after every copy. */
  index: number;
  position: Position;
  type: string;
  data: string;
  metadata: string;
}

/** Where an append ended: of its last event. */
export interface Appended {
  revision: bigint;
  index: number;
  position: Position;
}

/** The end of the ledger: how many facts there are, and where the last of them stands. */
export interface Head {
  count: number;
  position: Position | undefined;
}

/** How a store that stands elsewhere is reached, since it was opened. */
export interface Reach {
  /** Further tries of appends. */
  retries: number;
  /** Times that the log was followed anew. */
  reconnects: number;
  /** Events in the store that are no facts of this ledger. */
  foreign: number;
  /** Why the log is not followed just now, if it is not. */
  trouble: string | undefined;
}

/** What was done to a stream that no ledger does. */
export interface Damage {
  stream: string;
  /** In words that follow the stream's name. */
  what: string;
}

export type ExpectedRevision = bigint | 'no-stream';

/**
 * The port to the log of facts. Every adapter passes `test/store/event-store.contract.ts`.
 *
 * Revisions in a stream are 0, 1, 2, ...; a batch is appended whole or not at all; a promise of `append`
 * resolves only when the facts are durable.
 */
export interface EventStore {
  /**
   * Appends at the expected revision. The same ids at the same expected revision succeed again at the
   * place where they are (a prefix of an earlier batch too), whatever the bytes: the first bytes stay.
   *
   * @throws WrongExpectedRevision when the stream is elsewhere and holds other ids there
   * @throws AppendRefused when a fact or the batch is too large (`limits.ts`), or malformed
   * @throws StoreUnavailable when the outcome is unknown or the store cannot write now, as by a wrong clock
   */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
  ): Promise<Appended>;

  /** Facts of one stream from a revision on, in order; empty where there are none. `limit` defaults to all. */
  readStream(stream: string, from: bigint, limit?: number): Promise<StoredEvent[]>;

  /**
   * Facts of a stream from a revision to the last one that this process has followed, asking nobody: its own
   * appends are in it, others' may be on their way. Undefined where it cannot say. Only for what the expected
   * revision protects. Absent where a read costs next to nothing.
   */
  followed?(stream: string, from: bigint): StoredEvent[] | undefined;

  /** Facts of the whole ledger in order, after a position (`undefined`: from the first), at most `limit`. */
  readAll(after: Position | undefined, limit: number): Promise<StoredEvent[]>;

  /**
   * Names of streams in the order of their bytes, after a name ('' before the first), at most `limit`. Absent
   * where the store keeps no list of them.
   */
  streams?(after: string, limit: number): Promise<string[]>;

  /** The fact with this index, or undefined when the ledger is shorter. */
  readIndex(index: number): Promise<StoredEvent | undefined>;

  head(): Promise<Head>;

  /** The length of the longest prefix of the ledger whose facts were all recorded at or before `instant`. */
  countAsOf(instant: string): Promise<number>;

  /**
   * Follows the ledger after a position, in order, in batches of at most `limit`, appends of other processes
   * included, until `signal` aborts. Never skips, never repeats, never ends by itself.
   */
  follow(
    after: Position | undefined,
    limit: number,
    signal: AbortSignal,
  ): AsyncIterable<StoredEvent[]>;

  /** Streams of the ledger that other hands have deleted or cut short. Absent where the store allows neither. */
  damage?(): Promise<Damage[]>;

  /** How the store is reached. Absent where nothing lies between. */
  reach?(): Reach;

  /** Finishes what was accepted, then lets go of every handle. */
  close(): Promise<void>;
}

export class WrongExpectedRevision extends Error {
  override name = 'WrongExpectedRevision';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;
  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`${stream} is at revision ${actual}, expected ${expected}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

export class AppendRefused extends Error {
  override name = 'AppendRefused';
}

export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
