import type { Database } from '../store/driver.ts';
import {
  byteColumns,
  type Cell,
  pagesOf,
  type Row,
  type Table,
  tableNames,
  tables,
  type VaultRows,
} from './rows.ts';
import { openVaultFile } from './sqlite-schema.ts';
import { WRAPPED_KEY_BYTES } from './wrapping.ts';

const PAGE = 2_000;
const BYTES = new Set([...byteColumns, 'kid']);
const FLAGS: ReadonlySet<string> = new Set(['used', 'erased']);

/** The rows of a vault's file, which is made when absent. @throws VaultFileRefused */
export function openSqliteRows(path: string): VaultRows {
  const database = openVaultFile(path);
  return {
    page: async (table, after) => pageOf(database, table, after),
    async take(from) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const batches = new Map<number, number | bigint>();
        for (const table of tableNames) {
          for await (const rows of pagesOf(from, table)) {
            for (const row of rows) {
              if (table === 'keys') putKey(database, row, batches);
              else put(database, table, row);
            }
          }
        }
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: async () => database.close(),
  };
}

function pageOf(database: Database, table: Table, after: Cell | undefined): Row[] {
  const [key] = tables[table];
  const source =
    table === 'keys'
      ? `(SELECT kid, CASE destroyed WHEN 1 THEN NULL ELSE wrapped END AS wrapped, used, minted_at
            FROM keys JOIN batches USING (batch))`
      : table;
  const where = after === undefined ? '' : `WHERE ${key} > ?`;
  const text = `SELECT ${tables[table].join(', ')} FROM ${source} ${where} ORDER BY ${key} LIMIT ${PAGE}`;
  const bound = after === undefined ? [] : [toColumn(key, after)];
  const rows = database.prepare(text).all(...bound) as Record<string, unknown>[];
  return rows.map((row) => tables[table].map((column) => toCell(column, row[column])));
}

function put(database: Database, table: Table, row: Row): void {
  const named = tables[table].map((column, n) => [column, row[n] ?? null] as const);
  const columns = named.filter(([column]) => column !== 'seq');
  const names = columns.map(([column]) => column).join(', ');
  const marks = columns.map(() => '?').join(', ');
  database
    .prepare(`INSERT INTO ${table} (${names}) VALUES (${marks})`)
    .run(...columns.map(([column, cell]) => toColumn(column, cell)));
}

/** Keys that were minted at one time become one batch. */
function putKey(
  database: Database,
  [kid = null, wrapped = null, used = false, mintedAt = 0]: Row,
  batches: Map<number, number | bigint>,
): void {
  const at = Number(mintedAt);
  const batch =
    batches.get(at) ??
    database.prepare('INSERT INTO batches (minted_at) VALUES (?)').run(at).lastInsertRowid;
  batches.set(at, batch);
  database
    .prepare('INSERT INTO keys (kid, batch, wrapped, used, destroyed) VALUES (?, ?, ?, ?, ?)')
    .run(
      toColumn('kid', kid),
      batch,
      wrapped === null ? new Uint8Array(WRAPPED_KEY_BYTES) : toColumn('wrapped', wrapped),
      used === true ? 1 : 0,
      wrapped === null ? 1 : 0,
    );
}

function toCell(column: string, value: unknown): Cell {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64url');
  if (FLAGS.has(column)) return value === 1;
  return (value ?? null) as Cell;
}

function toColumn(column: string, cell: Cell): string | number | null | Uint8Array {
  if (BYTES.has(column) && typeof cell === 'string') return Buffer.from(cell, 'base64url');
  return typeof cell === 'boolean' ? Number(cell) : cell;
}
