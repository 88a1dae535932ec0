import { createRequire } from 'node:module';

/** What may be bound to a statement. `undefined` binds as NULL in one driver and throws in another. */
export type Param = string | number | bigint | null | Uint8Array;

/** The part of a prepared statement that the drivers share. Hold its database: a statement does not. */
export interface Statement {
  run(...params: Param[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...params: Param[]): unknown;
  all(...params: Param[]): unknown[];
  iterate(...params: Param[]): IterableIterator<unknown>;
  /** Rows as arrays: about 1.6 times as fast where many are read. */
  setReturnArrays(on: boolean): void;
}

/**
 * The part of a database connection that the drivers share. With the package, `close` lets go of the file
 * only when the connection's statements have been collected: who needs the WAL emptied checkpoints before.
 */
export interface Database {
  readonly isOpen: boolean;
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/**
 * `built-in` is node:sqlite; `package` is @photostructure/sqlite, which brings a SQLite of its own. Never both
 * on one file in one process: closing a file drops the locks that the other SQLite holds on it (POSIX).
 */
export type Driver = 'built-in' | 'package';

export interface DatabaseOptions {
  readOnly?: boolean;
  /** How long a statement waits for another's lock, in ms, with its thread. Default 5,000. */
  timeoutMs?: number;
  /** By default the built-in where it is good enough (`defaultDriver`). */
  driver?: Driver;
}

interface DriverModule {
  DatabaseSync: new (path: string, options: { readOnly: boolean; timeout: number }) => Database;
}

const LOCK_WAIT_MS = 5_000;

/** Until 3.51.2 two connections in WAL, one writing while the other checkpoints, could corrupt the file. */
const LEAST_SQLITE = [3, 51, 3] as const;

let known: Driver | undefined;

/** The driver taken when none is named: the built-in on Node 24 and later with SQLite 3.51.3 or later. */
export function defaultDriver(): Driver {
  known ??= builtInIsGood() ? 'built-in' : 'package';
  return known;
}

/**
 * Opens a database file (made when absent and not `readOnly`). Sets nothing: see `makeDurable`.
 *
 * @throws an Error with SQLite's code in `errcode`
 */
export function openDatabase(path: string, options: DatabaseOptions = {}): Database {
  const { DatabaseSync } = load(options.driver ?? defaultDriver());
  return new DatabaseSync(path, {
    readOnly: options.readOnly ?? false,
    timeout: options.timeoutMs ?? LOCK_WAIT_MS,
  });
}

/**
 * Turns on WAL and `synchronous=FULL` and reads both back. FULL is not the default in WAL with every
 * build, and without it a commit that was answered is lost when the power goes.
 *
 * @throws Error when the file's place does not allow it (a network share, mostly)
 */
export function makeDurable(database: Database): void {
  const mode = pragma(database, 'journal_mode=WAL');
  if (mode !== 'wal')
    throw new Error(`SQLite gives journal_mode ${mode} here, the ledger needs wal`);
  database.exec('PRAGMA synchronous=FULL');
  const level = pragma(database, 'synchronous');
  if (level !== 2)
    throw new Error(`SQLite gives synchronous ${level} here, the ledger needs 2 (FULL)`);
}

/** Runs a pragma and gives the first column of its first row. */
export function pragma(database: Database, text: string): unknown {
  const statement = database.prepare(`PRAGMA ${text}`);
  statement.setReturnArrays(true);
  return (statement.get() as unknown[] | undefined)?.[0];
}

/** SQLite's primary result code of an error (5 busy, 13 full, 26 not a database), or undefined. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

function load(driver: Driver): DriverModule {
  switch (driver) {
    case 'built-in':
      return builtIn() ?? missing();
    case 'package':
      return createRequire(import.meta.url)('@photostructure/sqlite') as DriverModule;
  }
}

function builtIn(): DriverModule | undefined {
  return process.getBuiltinModule('node:sqlite') as unknown as DriverModule | undefined;
}

function missing(): never {
  throw new Error(`Node ${process.version} has no node:sqlite`);
}

function builtInIsGood(): boolean {
  if (Number(process.versions.node.split('.')[0]) < 24) return false;
  const module = builtIn();
  if (module === undefined) return false;
  const database = new module.DatabaseSync(':memory:', { readOnly: false, timeout: 0 });
  const row = database.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  database.close();
  return atLeast(row.version.split('.').map(Number));
}

function atLeast(version: number[]): boolean {
  for (const [place, least] of LEAST_SQLITE.entries()) {
    const part = version[place] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
