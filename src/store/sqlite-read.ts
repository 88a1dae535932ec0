import { type Database, type Driver, openDatabase, type Statement } from './driver.ts';
import type { Head, Position, StoredEvent } from './event-store.ts';
import { createEnds } from './sqlite-ends.ts';

/** The reads of the ledger on a connection that cannot write. Each is synchronous and sees what is durable. */
export interface Reader {
  stream(name: string, from: bigint, limit: number | undefined): StoredEvent[];
  all(after: Position | undefined, limit: number): StoredEvent[];
  streams(after: string, limit: number): string[];
  index(index: number): StoredEvent | undefined;
  head(): Head;
  countAsOf(instant: string): number;
  /** Changes when another connection, of this process or another, has committed. Costs microseconds. */
  version(): number;
  close(): void;
}

/** How long a read waits when the file is being recovered after a crash, in ms. */
const LOCK_WAIT_MS = 1_000;
/** Numbers of streams kept by name, which never change: at about 120 bytes each, 6 MB. */
const REFS_KEPT = 50_000;
const CACHE_KIB = 32_768;
/** SQLite's largest integer: beyond it there is no revision. */
const LARGEST = 2n ** 63n - 1n;

/** An id as a text made by SQLite: a blob for each row would cost a fifth of the read. */
const COLUMNS = 'position, revision, lower(hex(id)), type, data, metadata';
type Row = [number, number, string, string, string, string];

/** Opens the ledger for reading. The file must have been prepared. */
export function openReader(path: string, driver: Driver): Reader {
  const database = openDatabase(path, { readOnly: true, driver, timeoutMs: LOCK_WAIT_MS });
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  const { ref, stream, some, place, after, all, names, one, last, clock, version } =
    prepare(database);
  const refs = new Map<string, number>();
  const refOf = (name: string): number | undefined => {
    const known = refs.get(name);
    if (known !== undefined) return known;
    const row = ref.get(name) as [number] | undefined;
    if (row === undefined) return undefined;
    if (refs.size >= REFS_KEPT) refs.clear();
    refs.set(name, row[0]);
    return row[0];
  };
  const growth = {
    version: () => (version.get() as [number])[0],
    after: (position: number, limit: number) =>
      after.all(position, limit) as [number, number, number][],
    last: () => (last.get() as [number | null])[0] ?? -1,
  };
  const ends = createEnds(growth);
  return {
    stream(name, from, limit) {
      const found = refOf(name);
      if (found === undefined || from > LARGEST) return [];
      if (limit !== undefined) {
        return (some.all(found, from, limit) as Row[]).map((row) => event(row, name));
      }
      const tail = ends.tail(found, Number(from));
      if (tail !== undefined)
        return tail.map((position) => event(place.get(position) as Row, name));
      const rows = stream.all(found, from) as Row[];
      ends.note(found, rows.at(-1)?.[1] ?? Number(from) - 1);
      return rows.map((row) => event(row, name));
    },
    all: (after, limit) =>
      (all.all(placeOf(after), limit) as [...Row, string][]).map((row) => fromAll(row)),
    streams: (after, limit) => (names.all(after, limit) as [string][]).map(([name]) => name),
    index(index) {
      const row = one.get(index) as [...Row, string] | undefined;
      return row === undefined ? undefined : fromAll(row);
    },
    head() {
      const position = ends.head();
      return { count: position + 1, position: position < 0 ? undefined : positionOf(position) };
    },
    countAsOf(instant) {
      const ms = Date.parse(instant);
      if (Number.isNaN(ms)) throw new RangeError(`${instant} is no instant`);
      return countUntil(clock, ms, ends.head() + 1);
    },
    version: growth.version,
    close: () => database.close(),
  };
}

/** The position of an index: here they are the same number. */
export function positionOf(index: number): Position {
  return String(index) as Position;
}

/** Where a position stands among positions of this store. @throws RangeError when it is none */
export function orderOfPosition(position: string): bigint {
  if (!/^\d{1,15}$/.test(position)) {
    throw new RangeError(`${position} is no position of this store`);
  }
  return BigInt(position);
}

function placeOf(position: Position | undefined): number {
  return position === undefined ? -1 : Number(orderOfPosition(position));
}

function prepare(database: Database) {
  const rows = (sql: string): Statement => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  const ofStream = `SELECT ${COLUMNS} FROM events
    WHERE stream = ? AND revision >= ? ORDER BY revision`;
  const joined = `SELECT ${COLUMNS}, name FROM events JOIN streams ON ref = stream`;
  return {
    ref: rows('SELECT ref FROM streams WHERE name = ?'),
    // Without LIMIT a read that finds nothing new costs half.
    stream: rows(ofStream),
    some: rows(`${ofStream} LIMIT ?`),
    place: rows(`SELECT ${COLUMNS} FROM events WHERE position = ?`),
    after: rows(
      'SELECT position, stream, revision FROM events WHERE position > ? ORDER BY position LIMIT ?',
    ),
    all: rows(`${joined} WHERE position > ? ORDER BY position LIMIT ?`),
    names: rows('SELECT name FROM streams WHERE name > ? ORDER BY name LIMIT ?'),
    one: rows(`${joined} WHERE position = ?`),
    last: rows('SELECT max(position) FROM events'),
    clock: rows('SELECT clock FROM events WHERE position = ?'),
    version: rows('PRAGMA data_version'),
  };
}

function fromAll(row: [...Row, string]): StoredEvent {
  return event(row as unknown as Row, row[6]);
}

function event([position, revision, id, type, data, metadata]: Row, stream: string): StoredEvent {
  return {
    id: uuidOf(id),
    stream,
    revision: BigInt(revision),
    index: position,
    position: positionOf(position),
    type,
    data,
    metadata,
  };
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Binary search over the running clock, which never falls. */
function countUntil(clock: Statement, ms: number, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [at] = clock.get(middle) as [number];
    if (at <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
