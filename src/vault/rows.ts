import { createHash } from 'node:crypto';

/**
 * A vault as rows, alike for every adapter, so that one can be copied to another and compared with it. Bytes and kids
 * are base64url; nothing is unwrapped. Rows begin with the column by which they are paged.
 */
export type Cell = string | number | boolean | null;
export type Row = Cell[];

/** Columns of each table; the first of a table that is numbered is its number, which a copy makes anew. */
export const tables = {
  meta: ['name', 'value'],
  secrets: ['name', 'wrapped'],
  keys: ['kid', 'wrapped', 'used', 'minted_at'],
  erased: ['seq', 'kid', 'erased_by', 'at'],
  persons: ['person', 'command'],
  sign_ins: ['hash', 'person'],
  reservations: ['command', 'number', 'person', 'kid'],
  numbers: ['hash', 'person', 'erased'],
  details: ['person', 'stream', 'event', 'box'],
  access_log: ['seq', 'at', 'actor', 'subject', 'reason', 'operation'],
} as const;
export type Table = keyof typeof tables;
export const tableNames = Object.keys(tables) as Table[];

const isNumbered = (table: Table): boolean => tables[table][0] === 'seq';

/** Bytes in both adapters. */
export const byteColumns: ReadonlySet<string> = new Set(['wrapped', 'hash', 'number']);

/** Reads a vault in pages; `after` is the first cell of the last row read. */
export interface VaultRows {
  page(table: Table, after: Cell | undefined): Promise<Row[]>;
  /** Takes all rows of another vault as one transaction. To be called on a vault that is empty. */
  take(from: VaultRows): Promise<void>;
  close(): Promise<void>;
}

/** All rows of a table in pages, in the order of their first column. */
export async function* pagesOf(from: VaultRows, table: Table): AsyncIterable<Row[]> {
  for (let after: Cell | undefined; ; ) {
    const rows = await from.page(table, after);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.[0];
  }
}

/** How many rows there are in each table, and one digest over them whatever their order in it. */
export async function summary(of: VaultRows): Promise<{ rows: number; digest: string }> {
  const whole = createHash('sha256');
  let rows = 0;
  for (const table of tableNames) {
    const sum = Buffer.alloc(32);
    let count = 0;
    for await (const page of pagesOf(of, table)) {
      for (const row of page) {
        // Numbers have gaps in one adapter and none in another: their order is what counts.
        const said = isNumbered(table) ? [count, ...row.slice(1)] : row;
        const hash = createHash('sha256').update(JSON.stringify(said)).digest();
        for (const [n, byte] of hash.entries()) sum[n] = (sum[n] as number) ^ byte;
        count += 1;
      }
    }
    whole.update(`${table} ${count} ${sum.toString('hex')}\n`);
    rows += count;
  }
  return { rows, digest: whole.digest('hex') };
}

/** The rows of settings that are an adapter's own, and no part of what is copied. */
export const ownMeta = 'schema';
