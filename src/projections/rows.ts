import type { Database, Param, Statement } from '../store/driver.ts';

/** Rows of one statement: a row costs half of what it costs alone. */
const AT_ONCE = 16;

/** Rows that wait to be written. */
export interface Rows {
  add(...row: Param[]): void;
  flush(): void;
}

/**
 * Collects rows, and writes them many at a time.
 *
 * @param into `INSERT INTO ...`, up to the word VALUES
 * @param then what follows the values
 */
export function openRows(database: Database, width: number, into: string, then = ''): Rows {
  const tuple = `(${Array(width).fill('?').join(', ')})`;
  const prepare = (count: number): Statement =>
    database.prepare(`${into} VALUES ${Array(count).fill(tuple).join(', ')} ${then}`);
  const one = prepare(1);
  const many = prepare(AT_ONCE);
  let waiting: Param[] = [];
  return {
    add(...row) {
      for (const param of row) waiting.push(param);
      if (waiting.length < width * AT_ONCE) return;
      many.run(...waiting);
      waiting = [];
    },
    flush() {
      for (let from = 0; from < waiting.length; from += width) {
        one.run(...waiting.slice(from, from + width));
      }
      waiting = [];
    },
  };
}

/** Rows by a text that is their key, those of a batch in memory. */
export interface KeptRows<Row extends readonly Param[]> {
  /** Without the key. */
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
  drop(key: string): void;
  flush(): void;
}

/** Rows kept in memory between batches, by the age of their last use: about half a KB each. */
const KEPT = 50_000;

/** Opens the rows of a table whose columns are its key and then `columns`. */
export function openKeptRows<Row extends readonly Param[]>(
  database: Database,
  table: string,
  key: string,
  columns: readonly string[],
): KeptRows<Row> {
  const read = database.prepare(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${key} = ?`);
  read.setReturnArrays(true);
  const names = [key, ...columns].join(', ');
  const rows = openRows(database, columns.length + 1, `INSERT OR REPLACE INTO ${table} (${names})`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE ${key} = ?`);
  const kept = new Map<string, Row>();
  const changed = new Set<string>();
  return {
    get: (key) => kept.get(key) ?? (read.get(key) as Row | undefined),
    set(key, row) {
      kept.delete(key);
      kept.set(key, row);
      changed.add(key);
    },
    drop(key) {
      kept.delete(key);
      changed.delete(key);
      remove.run(key);
    },
    flush() {
      // In the order of the table, so that neighbours are written together.
      for (const key of [...changed].sort()) {
        const row = kept.get(key);
        if (row !== undefined) rows.add(key, ...row);
      }
      rows.flush();
      changed.clear();
      for (const key of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(key);
      }
    },
  };
}
