import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Database, makeDurable, openDatabase, pragma } from '../store/driver.ts';

/** The file is no vault, or one of a later release. It was not changed. */
export class VaultFileRefused extends Error {
  override name = 'VaultFileRefused';
}

/** Marks our files in SQLite's header: "CPDK". */
const APPLICATION_ID = 0x4350444b;
const SCHEMA_VERSION = 1;

/**
 * A key's row keeps its length and its place for ever: `wrapped` is overwritten by zeros, the two flags take no
 * bytes, no row is deleted. So nothing of a destroyed key is left behind in the file's free space, which
 * `secure_delete` alone does not promise when pages are balanced (docs/adr/0003-vault-beside-the-ledger.md).
 * Numbers and sign-ins stand as keyed hashes only.
 */
const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE secrets (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
  CREATE TABLE batches (batch INTEGER PRIMARY KEY, minted_at INTEGER NOT NULL) STRICT;
  CREATE TABLE keys (
    ref INTEGER PRIMARY KEY,
    kid BLOB NOT NULL UNIQUE,
    batch INTEGER NOT NULL REFERENCES batches (batch),
    wrapped BLOB NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    destroyed INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX keys_of_batch ON keys (batch);
  CREATE TABLE erased (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kid BLOB NOT NULL UNIQUE,
    erased_by TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE persons (person TEXT PRIMARY KEY, command TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE sign_ins (hash BLOB PRIMARY KEY, person TEXT NOT NULL) STRICT;
  CREATE INDEX sign_ins_of_person ON sign_ins (person);
  CREATE TABLE reservations (
    command TEXT PRIMARY KEY,
    number BLOB NOT NULL,
    person TEXT NOT NULL,
    kid BLOB NOT NULL
  ) STRICT;
  CREATE INDEX reservations_of_person ON reservations (person);
  CREATE INDEX reservations_of_kid ON reservations (kid);
  CREATE TABLE numbers (hash BLOB PRIMARY KEY, person TEXT, erased INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX numbers_of_person ON numbers (person);
  CREATE TABLE details (
    person TEXT PRIMARY KEY,
    stream TEXT NOT NULL,
    event TEXT NOT NULL,
    box TEXT NOT NULL
  ) STRICT;
  CREATE TABLE access_log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    operation TEXT NOT NULL
  ) STRICT;
  CREATE INDEX access_of_subject ON access_log (subject, seq);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens the vault's file, made when absent and readable by its owner alone: WAL, FULL, `secure_delete`.
 *
 * @throws VaultFileRefused
 */
export function openVaultFile(path: string): Database {
  mkdirSync(dirname(path), { recursive: true });
  // SQLite gives its WAL the mode of the file.
  closeSync(openSync(path, 'a', 0o600));
  const database = openDatabase(path);
  try {
    if (!isBlank(database, path)) makeDurable(database);
    else create(database, path);
    database.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Runs `work` as one transaction that no other process' can come between. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function isBlank(database: Database, path: string): boolean {
  const application = pragma(database, 'application_id');
  if (application === 0 && pragma(database, 'schema_version') === 0) return true;
  // Another process may have made it between the two questions.
  if (pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new VaultFileRefused(`${path} is a SQLite database of something else, not a vault`);
  }
  const version = Number(pragma(database, 'user_version'));
  if (version <= SCHEMA_VERSION) return false;
  throw new VaultFileRefused(
    `${path} has schema ${version}, this release knows ${SCHEMA_VERSION}: use a later release`,
  );
}

function create(database: Database, path: string): void {
  makeDurable(database);
  inTransaction(database, () => {
    if (isBlank(database, path)) database.exec(SCHEMA);
  });
}
