import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import type { Connection } from './kurrentdb-client.ts';
import type { Feed } from './kurrentdb-feed.ts';
import type { Columns, LedgerIndex } from './kurrentdb-index.ts';
import { readPatiently } from './kurrentdb-read.ts';

/** What a process has learnt from the log, as it is kept in a file; the next start reads on from its end. */
export interface Kept extends Columns {
  /** What was done to streams by other hands. */
  damage: [stream: string, what: string][];
}

interface Head {
  format: 1;
  /** Prefix of the ledger's streams. */
  prefix: string;
  count: number;
  lastId: string;
  damage: Kept['damage'];
  sha256: string;
}

/**
 * Reads such a file. It may have been deleted at any time, be another ledger's, or damaged: then there is none.
 *
 * @param path absent where nothing is kept
 */
export function readKept(path: string | undefined, prefix: string): Kept | undefined {
  if (path === undefined) return undefined;
  try {
    const bytes = readFileSync(path);
    const end = bytes.indexOf('\n');
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as Head;
    const body = bytes.subarray(end + 1);
    const { count, lastId, damage } = head;
    if (head.format !== 1 || head.prefix !== prefix || head.sha256 !== digestOf(body)) return;
    // Numbers of a double begin at multiples of eight.
    const values = new Float64Array(new Uint8Array(body).buffer);
    if (values.length !== count * 2) return undefined;
    return { positions: values.subarray(0, count), clocks: values.subarray(count), lastId, damage };
  } catch {
    return undefined;
  }
}

/** Writes the file whole or not at all. It is a cache: where it cannot be written, the next start reads more. */
export function writeKept(
  path: string,
  prefix: string,
  { columns, damage }: { columns: Columns; damage: Feed['damage'] },
): void {
  const { positions, clocks, lastId } = columns;
  const body = Buffer.concat([bytesOf(positions), bytesOf(clocks)]);
  const head: Head = {
    format: 1,
    prefix,
    count: positions.length,
    lastId,
    damage: [...damage],
    sha256: digestOf(body),
  };
  const fresh = `${path}.${process.pid}-${threadId}`;
  try {
    writeFileSync(fresh, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]));
    renameSync(fresh, path);
  } catch {
    rmSync(fresh, { force: true });
  }
}

/**
 * Whether the log still is what was kept of it: at the place of the last fact stands that fact. A log that was
 * brought back from a backup, cut, or is another server's has something else there, or nothing.
 */
export async function holds(
  kept: Kept,
  prefix: string,
  reading: { connection: Connection; random: () => number; closing: AbortSignal },
): Promise<boolean> {
  const commit = BigInt(kept.positions.at(-1) ?? 0);
  try {
    const [event] = await readPatiently(reading, () =>
      reading.connection.readAll({ commit, prepare: commit }, 1),
    );
    return event?.commit === commit && event.id === kept.lastId && event.stream.startsWith(prefix);
  } catch {
    // A server may refuse a place that it does not know. What is wrong besides, the reading from the start will tell.
    return false;
  }
}

/** Keeps an index that has grown since `count` facts: now, while it grows further, and at its end. */
export function keeping(
  path: string | undefined,
  prefix: string,
  { index, feed, count }: { index: LedgerIndex; feed: Feed; count: number },
): { end(): void } {
  let written = count;
  const write = (least: number): void => {
    const columns = index.columns();
    if (path === undefined || columns === undefined || index.count < written + least) return;
    written = index.count;
    writeKept(path, prefix, { columns, damage: feed.damage });
  };
  const timer = setInterval(() => write(WORTH), LOOK_MS);
  timer.unref();
  write(1);
  return {
    end() {
      clearInterval(timer);
      write(1);
    },
  };
}

const LOOK_MS = 60_000;
/** So many facts more are worth writing the whole file, 16 bytes a fact, while others wait for this thread. */
const WORTH = 50_000;

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
