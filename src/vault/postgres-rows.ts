import { connectPostgres, type Query } from './postgres-client.ts';
import { prepareTables } from './postgres-schema.ts';
import {
  byteColumns,
  type Cell,
  ownMeta,
  pagesOf,
  type Row,
  type Table,
  tableNames,
  tables,
  type VaultRows,
} from './rows.ts';

const PAGE = 2_000;

/** The rows of a vault in PostgreSQL, whose tables are made when absent. @throws VaultUnavailable */
export async function openPostgresRows(address: string, name: string): Promise<VaultRows> {
  const schema = `vault_${name}`;
  const postgres = await connectPostgres(address, schema);
  try {
    await postgres.transaction((query) => prepareTables(query, schema));
  } catch (error) {
    await postgres.close();
    throw error;
  }
  return {
    page: (table, after) => pageOf(postgres.query, table, after),
    take: (from) =>
      postgres.transaction(async (query) => {
        for (const table of tableNames) {
          for await (const rows of pagesOf(from, table)) await put(query, table, rows);
        }
      }),
    close: postgres.close,
  };
}

async function pageOf(query: Query, table: Table, after: Cell | undefined): Promise<Row[]> {
  const [key] = tables[table];
  const columns = tables[table].map((column) =>
    column === 'minted_at' ? 'floor(extract(epoch FROM minted_at))::float8 AS minted_at' : column,
  );
  const where = [
    ...(after === undefined ? [] : [`${key} > $1`]),
    ...(table === 'meta' ? [`name <> '${ownMeta}'`] : []),
  ].join(' AND ');
  const text = `SELECT ${columns.join(', ')} FROM vault.${table} ${where && `WHERE ${where}`} ORDER BY ${key} LIMIT ${PAGE}`;
  const bound = after === undefined ? [] : [toColumn(key, after)];
  const rows = await query<Record<string, unknown>>(text, bound);
  return rows.map((row) => tables[table].map((column) => toCell(column, row[column])));
}

async function put(query: Query, table: Table, rows: readonly Row[]): Promise<void> {
  const columns = tables[table]
    .map((column, n) => ({ column, n }))
    .filter(({ column }) => column !== 'seq');
  const own = table === 'access_log' ? [{ name: 'entry', from: 'gen_random_uuid()' }] : [];
  const taken = columns.map(({ column }) => ({
    name: column,
    from: column === 'minted_at' ? 'to_timestamp(minted_at)' : column,
  }));
  const all = [...own, ...taken];
  const marks = columns.map(({ column }, n) => `$${n + 1}::${typeOf(table, column)}[]`);
  await query(
    `INSERT INTO vault.${table} (${all.map(({ name }) => name).join(', ')})
       SELECT ${all.map(({ from }) => from).join(', ')}
         FROM unnest(${marks.join(', ')}) WITH ORDINALITY AS r(${columns.map(({ column }) => column).join(', ')}, n)
        ORDER BY n`,
    columns.map(({ column, n }) => rows.map((row) => toColumn(column, row[n] ?? null))),
  );
}

function typeOf(table: Table, column: string): string {
  if (byteColumns.has(column)) return 'bytea';
  if (column === 'minted_at') return 'float8';
  return column === 'used' || (table === 'numbers' && column === 'erased') ? 'boolean' : 'text';
}

function toCell(column: string, value: unknown): Cell {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64url');
  return column === 'seq' ? Number(value) : ((value ?? null) as Cell);
}

function toColumn(column: string, cell: Cell): Cell | Uint8Array {
  return byteColumns.has(column) && typeof cell === 'string'
    ? Buffer.from(cell, 'base64url')
    : cell;
}
