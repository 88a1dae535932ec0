import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { leafHash } from '../proofs/leaf.ts';
import { type Database, openDatabase, pragma } from '../store/driver.ts';
import type { EventStore, Position, StoredEvent } from '../store/event-store.ts';
import type { Projection } from './projection.ts';

/** How far the rows of a file have come: they hold every fact with an index below `count`. */
export interface Checkpoint {
  count: number;
  position: Position | undefined;
  /** Leaf hash (hex) of the last fact: tells a ledger that was restored from a backup. */
  leaf: string | undefined;
}

export const atTheStart: Checkpoint = { count: 0, position: undefined, leaf: undefined };

const CACHE_KIB = 65_536;
/** Tables of every file: none of a projection's. */
export const META_TABLES: readonly string[] = ['checkpoint', 'projections'];
export const META: readonly string[] = [
  `CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    count INTEGER NOT NULL,
    position TEXT,
    leaf TEXT
  ) STRICT`,
  `CREATE TABLE projections (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    tables TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
];

/**
 * A fresh file of read models to be filled, without secondary indexes and without a journal: after a crash it
 * is thrown away. Something that stands at `path` is deleted.
 */
export function createViewsFile(path: string, projections: readonly Projection[]): Database {
  removeDatabase(path);
  const database = fillViewsFile(path);
  for (const sql of META) database.exec(sql);
  const note = database.prepare('INSERT INTO projections VALUES (?, ?, ?)');
  for (const { name, version, tables } of projections) {
    for (const sql of tables) database.exec(sql);
    note.run(name, version, shapeOf(tables));
  }
  return database;
}

/** Opens a file that is still being filled: in one piece, and without a journal. */
export function fillViewsFile(path: string): Database {
  const database = openDatabase(path);
  database.exec('PRAGMA page_size = 8192');
  database.exec('PRAGMA journal_mode = OFF');
  database.exec('PRAGMA synchronous = OFF');
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  return database;
}

/** Puts a filled file, closed, in the place of another; the other's readers keep what they have open. */
export function replaceViewsFile(fresh: string, path: string): void {
  const handle = openSync(fresh, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  // The old one's WAL must be gone before another file has its name: it would be taken for its own.
  removeDatabase(path);
  renameSync(fresh, path);
}

/**
 * Opens a file of read models. One that is written to is in WAL, so that others read meanwhile; its last
 * commits may be lost with the power, and are then made again.
 *
 * @throws an Error with SQLite's code in `errcode` when it is not there, or no database
 */
export function openViewsFile(path: string, readOnly: boolean): Database {
  const database = openDatabase(path, { readOnly });
  try {
    if (!readOnly) {
      pragma(database, 'journal_mode = WAL');
      database.exec('PRAGMA synchronous = NORMAL');
    }
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Whether rows of a file are those of these projections: `other-rules` where the tables are the same and a
 * version is another, `other-tables` where they cannot be asked, or this is no file of read models.
 */
export function fitOf(
  database: Database,
  projections: readonly Projection[],
): 'same' | 'other-rules' | 'other-tables' {
  const known = database.prepare(`SELECT name FROM sqlite_schema WHERE name = 'projections'`).get();
  if (known === undefined) return 'other-tables';
  const rows = database.prepare('SELECT name, version, tables FROM projections').all() as {
    name: string;
    version: number;
    tables: string;
  }[];
  const found = new Map(rows.map((row) => [row.name, row]));
  if (!projections.every(({ name, tables }) => found.get(name)?.tables === shapeOf(tables))) {
    return 'other-tables';
  }
  const same = projections.every(({ name, version }) => found.get(name)?.version === version);
  return same && rows.length === projections.length ? 'same' : 'other-rules';
}

export function readCheckpoint(database: Database): Checkpoint {
  const row = database.prepare('SELECT count, position, leaf FROM checkpoint').get() as
    | { count: number; position: Position | null; leaf: string | null }
    | undefined;
  if (row === undefined) return atTheStart;
  const { count, position, leaf } = row;
  return { count, position: position ?? undefined, leaf: leaf ?? undefined };
}

/** Writes how far the rows of a file have come. */
export function checkpointWriter(database: Database): (checkpoint: Checkpoint) => void {
  const write = database.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)');
  return ({ count, position, leaf }) => void write.run(count, position ?? null, leaf ?? null);
}

/** The checkpoint after this fact. */
export function checkpointAt(fact: StoredEvent): Checkpoint {
  const { index, position } = fact;
  return { count: index + 1, position, leaf: leafHash(fact).toString('hex') };
}

/** Whether the ledger holds the facts that a checkpoint says were read: the same last one at its index. */
export async function agrees(store: EventStore, checkpoint: Checkpoint): Promise<boolean> {
  if (checkpoint.count === 0) return true;
  const last = await store.readIndex(checkpoint.count - 1);
  return last !== undefined && leafHash(last).toString('hex') === checkpoint.leaf;
}

/** Deletes a database with what SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    rmSync(`${path}${suffix}`, { force: true });
}

function shapeOf(tables: readonly string[]): string {
  return tables.join(';\n');
}
