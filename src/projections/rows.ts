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

/** What is kept of things, a row for each. A key is what stands in its columns, with a space between. */
export interface Kept<Thing> {
  get(key: string): Thing | undefined;
  set(key: string, thing: Thing): void;
  drop(key: string): void;
  flush(): void;
}

/** How a thing is kept: what stands in the columns after those of the key. */
export interface Keeping<Thing, Row extends readonly Param[]> {
  table: string;
  key: readonly string[];
  columns: readonly string[];
  read(row: Row): Thing;
  write(thing: Thing): Row;
}

/** Opens a table of things. Those of a batch are in memory; the row of one is made once, when they are written. */
export function openKept<Thing, Row extends readonly Param[]>(
  database: Database,
  { table, key: keyColumns, columns, read, write }: Keeping<Thing, Row>,
): Kept<Thing> {
  const where = keyColumns.map((column) => `${column} = ?`).join(' AND ');
  const find = database.prepare(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${where}`);
  find.setReturnArrays(true);
  const names = [...keyColumns, ...columns];
  const into = `INSERT OR REPLACE INTO ${table} (${names.join(', ')})`;
  const rows = openRows(database, names.length, into);
  const remove = database.prepare(`DELETE FROM ${table} WHERE ${where}`);
  let changed = new Map<string, Thing>();
  return {
    get(key) {
      const known = changed.get(key);
      if (known !== undefined) return known;
      const row = find.get(...key.split(' ')) as Row | undefined;
      return row && read(row);
    },
    set: (key, thing) => void changed.set(key, thing),
    drop(key) {
      changed.delete(key);
      remove.run(...key.split(' '));
    },
    flush() {
      // In the order of the table, so that neighbours are written together.
      for (const key of [...changed.keys()].sort()) {
        rows.add(...key.split(' '), ...write(changed.get(key) as Thing));
      }
      rows.flush();
      changed = new Map();
    },
  };
}
