import type { Position } from './event-store.ts';

/**
 * Which fact stands where: index, position in the server's log, and the ledger's running clock, 16 bytes a
 * fact. Made by following the log; nothing of it is stored in the log.
 */
export interface LedgerIndex {
  readonly count: number;
  /** Appends the next fact; its position is above the last one's. */
  add(commit: bigint, recordedAt: number | undefined, id: string): void;
  /** How many facts stand at or before a position. */
  countUntil(commit: bigint): number;
  /** The index of the fact at exactly this position, or undefined. */
  indexAt(commit: bigint): number | undefined;
  /** @throws RangeError outside of the ledger */
  commitOf(index: number): bigint;
  /** Facts in the longest prefix whose running clock is at or before an instant, in ms. */
  countAsOf(ms: number): number;
  /** All that it is, valid until the next is added; undefined where there is no fact. */
  columns(): Columns | undefined;
}

/** An index as two columns, and the id of its last fact. */
export interface Columns {
  positions: Float64Array;
  clocks: Float64Array;
  lastId: string;
}

const CAPACITY = 1_024;

/** @param from an index that was kept, to go on with */
export function createLedgerIndex(from?: Columns): LedgerIndex {
  let count = from?.positions.length ?? 0;
  // Offsets in a log: exact in a double up to 2^53 bytes.
  let positions = withRoom(from?.positions);
  let clocks = withRoom(from?.clocks);
  let lastId = from?.lastId;

  const firstAbove = (values: Float64Array, value: number): number => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    get count() {
      return count;
    },
    add(commit, recordedAt, id) {
      if (count === positions.length) {
        positions = withRoom(positions);
        clocks = withRoom(clocks);
      }
      lastId = id;
      const before = count === 0 ? -Infinity : (clocks[count - 1] as number);
      positions[count] = Number(commit);
      clocks[count] = Math.max(before, recordedAt ?? before);
      count += 1;
    },
    countUntil: (commit) => firstAbove(positions, Number(commit)),
    indexAt(commit) {
      const until = firstAbove(positions, Number(commit));
      return until > 0 && positions[until - 1] === Number(commit) ? until - 1 : undefined;
    },
    commitOf(index) {
      if (index < 0 || index >= count) throw new RangeError(`the ledger has no index ${index}`);
      return BigInt(positions[index] as number);
    },
    countAsOf: (ms) => firstAbove(clocks, ms),
    columns() {
      if (lastId === undefined) return undefined;
      return { positions: positions.subarray(0, count), clocks: clocks.subarray(0, count), lastId };
    },
  };
}

/** Where a position stands in the server's log. @throws RangeError when it is none of this store */
export function commitAt(position: Position): bigint {
  if (!/^\d{1,15}$/.test(position)) {
    throw new RangeError(`${position} is no position of this store`);
  }
  return BigInt(position);
}

function withRoom(values: Float64Array = new Float64Array(0)): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(CAPACITY, values.length * 2));
  larger.set(values);
  return larger;
}
