import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join as pathIn } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from '../store/driver.ts';
import type { EventStore } from '../store/event-store.ts';
import { earlierFacts, openBatches } from './batches.ts';
import { buildPiece, cut, join, type Piece, type StreamsStore } from './pieces.ts';
import type { Projection } from './projection.ts';
import {
  checkpointAt,
  checkpointWriter,
  createViewsFile,
  fillViewsFile,
  removeDatabase,
} from './views-file.ts';

/** Facts read at a time: others on this thread wait for them. More at a time are moved about by the collector. */
const READ = 500;
/**
 * Facts of one transaction. What a claim came to is written once for each, so that many of them make a rebuild
 * faster; others on this thread wait for the writing, a fifth of a second. 50,000 take 100 MB of memory more.
 */
const BATCH = 20_000;

/** Where pieces are made: threads mostly, each of all read models. */
export interface Pieces {
  /** Into how many pieces a ledger of so many facts is cut. */
  count(facts: number): number;
  /** Makes the rows of a piece; when the signal aborts it ends early. @throws what went wrong there */
  build(piece: Piece, signal: AbortSignal, onProgress: (count: number) => void): Promise<void>;
}

export interface Rebuilding {
  store: EventStore;
  projections: readonly Projection[];
  /** Where the fresh file is made. What is made beside it begins with this name. */
  path: string;
  signal: AbortSignal;
  /** Absent: all rows are made on this thread. */
  pieces?: Pieces | undefined;
  /** Facts of one transaction, where they are followed in ledger order. */
  batch?: number;
  onProgress?(count: number): void;
}

/**
 * Builds the read models from the first fact in a fresh file: stream by stream where the store knows their
 * names, the secondary indexes at the end, then it catches up. Resolves when it has read all there is, with
 * the file closed; what was begun is deleted when it fails.
 *
 * @returns whether it came to the end: false when the signal aborted it
 * @throws UnreadableFact
 */
export async function rebuild(rebuilding: Rebuilding): Promise<boolean> {
  const { store, projections, path, signal } = rebuilding;
  let database: Database | undefined;
  try {
    database = knowsStreams(store)
      ? await byStreams(store, rebuilding)
      : createViewsFile(path, projections);
    if (database === undefined) return false;
    await catchUp(database, rebuilding);
    for (const sql of projections.flatMap(({ indexes }) => indexes)) {
      if (signal.aborted) break;
      database.exec(sql);
      await turn();
    }
    await catchUp(database, rebuilding);
  } catch (error) {
    database?.close();
    removeBegun(path);
    throw error;
  }
  database.close();
  if (signal.aborted) removeDatabase(path);
  return !signal.aborted;
}

function knowsStreams(store: EventStore): store is StreamsStore {
  return store.streams !== undefined;
}

/** Deletes what a rebuild that was killed has left. */
export function removeBegun(path: string): void {
  removeDatabase(path);
  rmSync(folderOf(path), { recursive: true, force: true });
}

function folderOf(path: string): string {
  return `${path}.pieces`;
}

/** Rows of all facts up to where the ledger ends now, made in pieces that are joined; undefined when aborted. */
async function byStreams(
  store: StreamsStore,
  rebuilding: Rebuilding,
): Promise<Database | undefined> {
  const { projections, path, signal } = rebuilding;
  const pieces = rebuilding.pieces ?? piecesHere(1, store, projections);
  const folder = folderOf(path);
  removeBegun(path);
  mkdirSync(folder);
  try {
    const { count: end } = await store.head();
    const pathOf = (piece: number): string => pathIn(folder, `${piece}.db`);
    const count = pieces.count(end);
    await buildAll(cut(count, end, pathOf), pieces, rebuilding);
    if (signal.aborted) return undefined;
    renameSync(pathOf(0), path);
    const database = fillViewsFile(path);
    const others = Array.from({ length: count - 1 }, (_, at) => pathOf(at + 1));
    join(database, others);
    for (const projection of projections) projection.settle?.(database);
    const last = await store.readIndex(end - 1);
    if (last !== undefined) checkpointWriter(database)(checkpointAt(last));
    return database;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pieces made on this thread. */
export function piecesHere(
  count: number,
  store: StreamsStore,
  projections: readonly Projection[],
): Pieces {
  return {
    count: () => count,
    build: (piece, signal, onProgress) =>
      buildPiece(piece, { store, projections, signal, onProgress }),
  };
}

/** Makes all pieces at a time; where one fails the others end, too. */
async function buildAll(
  cuts: readonly Piece[],
  pieces: Pieces,
  { signal, onProgress }: Rebuilding,
): Promise<void> {
  const failing = new AbortController();
  const ending = AbortSignal.any([signal, failing.signal]);
  const counts = cuts.map(() => 0);
  const building = cuts.map(async (piece, at) => {
    try {
      await pieces.build(piece, ending, (count) => {
        counts[at] = count;
        onProgress?.(counts.reduce((sum, other) => sum + other));
      });
    } catch (error) {
      failing.abort();
      throw error;
    }
  });
  const ends = await Promise.allSettled(building);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Follows what was not read yet, in ledger order. */
async function catchUp(database: Database, rebuilding: Rebuilding): Promise<void> {
  const { store, projections, signal, batch = BATCH, onProgress } = rebuilding;
  const batches = openBatches(database, projections);
  let { position, count } = batches.checkpoint();
  let uncommitted = 0;
  while (!signal.aborted) {
    const facts = await store.readAll(position, Math.min(READ, batch - uncommitted));
    if (facts.length > 0) batches.follow(facts, await earlierFacts(store, facts));
    uncommitted += facts.length;
    if (facts.length === 0 || uncommitted === batch) {
      batches.commit();
      uncommitted = 0;
    }
    if (facts.length === 0) return;
    position = facts.at(-1)?.position;
    count += facts.length;
    onProgress?.(count);
    await turn();
  }
}
