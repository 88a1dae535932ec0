import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type Database,
  type Driver,
  makeDurable,
  openDatabase,
  pragma,
  resultCode,
} from './driver.ts';

/** The file is no ledger, or one of a later release. It was not changed. */
export class LedgerFileRefused extends Error {
  override name = 'LedgerFileRefused';
}

/** Marks our files in SQLite's header: "CPDL". */
const APPLICATION_ID = 0x4350444c;
const SCHEMA_VERSION = 1;
const NOT_A_DATABASE = 26;

/**
 * A claim's row of 2 to 2.6 KB fits a page of 4,096 bytes once: 8,192 saves a third of the disk.
 * `clock` is the latest recordedAt so far, in ms since 1970: it never falls, so as-of is a binary search.
 * It stands before the long columns, which would else have to be walked to reach it.
 */
const SCHEMA = `
  CREATE TABLE streams (
    ref INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (ref),
    revision INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Makes sure that a ledger stands at `path`, in WAL: makes folder and file when absent.
 *
 * @throws LedgerFileRefused when something else stands there, or a later release's ledger
 */
export function prepareLedgerFile(path: string, driver: Driver): void {
  mkdirSync(dirname(path), { recursive: true });
  openForWriting(path, driver).close();
}

/**
 * Makes sure that a ledger stands at `path`, changing nothing.
 *
 * @throws LedgerFileRefused when there is something else, nothing yet, or a later release's ledger
 */
export function checkLedgerFile(path: string, driver: Driver): void {
  const database = openDatabase(path, { readOnly: true, driver });
  try {
    if (isBlank(database, path)) throw new LedgerFileRefused(`${path} holds no ledger`);
  } finally {
    database.close();
  }
}

/**
 * A connection that may append: WAL and FULL are set and read back, the file is checked.
 *
 * @throws LedgerFileRefused
 */
export function openForWriting(path: string, driver: Driver): Database {
  const database = openDatabase(path, { driver });
  try {
    database.exec('BEGIN');
    const blank = isBlank(database, path);
    database.exec('COMMIT');
    if (blank) create(database, path);
    else makeDurable(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The WAL is moved into the file when it holds 96 MiB: so rarely that fewer than one append in a hundred
 * waits for it (docs/adr/0002-writer-thread.md).
 */
const CHECKPOINT_PAGES = 12_288;
const CACHE_KIB = 65_536;

/** The same, set up for many appends: what the writer's thread appends on. @throws LedgerFileRefused */
export function openForAppending(path: string, driver: Driver): Database {
  const database = openForWriting(path, driver);
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  return database;
}

/**
 * Nothing is written before the file is known to be empty or ours. In a transaction, so that all that is read
 * is of one moment: another process may be making the ledger.
 */
function isBlank(database: Database, path: string): boolean {
  const application = headerOf(database, path);
  if (application === 0 && pragma(database, 'schema_version') === 0) return true;
  if (application !== APPLICATION_ID) {
    throw new LedgerFileRefused(`${path} is a SQLite database of something else, not a ledger`);
  }
  const version = Number(pragma(database, 'user_version'));
  if (version > SCHEMA_VERSION) {
    throw new LedgerFileRefused(
      `${path} has schema ${version}, this release knows ${SCHEMA_VERSION}: use a later release`,
    );
  }
  return false;
}

function headerOf(database: Database, path: string): unknown {
  try {
    return pragma(database, 'application_id');
  } catch (error) {
    if (resultCode(error) !== NOT_A_DATABASE) throw error;
    throw new LedgerFileRefused(`${path} is not a SQLite database`);
  }
}

/** Two processes may meet here: who comes second finds the schema made, inside the transaction. */
function create(database: Database, path: string): void {
  database.exec('PRAGMA page_size = 8192');
  makeDurable(database);
  database.exec('BEGIN IMMEDIATE');
  try {
    if (isBlank(database, path)) database.exec(SCHEMA);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
