import { type Database, openDatabase } from '../../store/driver.ts';

/** Values put aside during a walk, to be looked at after it: in memory are a few of them at a time. */
export interface Aside {
  /** Puts a value that JSON can carry behind those of the same bin. It is not to be changed any more. */
  put(bin: string, value: object): void;
  /** What was put in a bin, in its order, some at a time. */
  take<Value>(bin: string): Iterable<Value[]>;
  close(): void;
}

/** Values of one row, as one text: to bind it costs more than to make it. */
const OF_A_ROW = 32;
const CACHE_KIB = 4_096;

interface Bin {
  waiting: object[];
  rows: number[];
}

/** Opens a place in a temporary file without a name, which is gone when it is closed, or with the process. */
export function openAside(): Aside {
  const database = openTemporary();
  const insert = database.prepare('INSERT INTO aside (text) VALUES (?)');
  const read = database.prepare('SELECT text FROM aside WHERE row = ?');
  const bins = new Map<string, Bin>();
  return {
    put(name, value) {
      const bin = bins.get(name) ?? { waiting: [], rows: [] };
      bins.set(name, bin);
      bin.waiting.push(value);
      if (bin.waiting.length < OF_A_ROW) return;
      bin.rows.push(Number(insert.run(JSON.stringify(bin.waiting)).lastInsertRowid));
      bin.waiting = [];
    },
    *take(name) {
      const { rows, waiting } = bins.get(name) ?? { rows: [], waiting: [] };
      for (const row of rows) yield JSON.parse((read.get(row) as { text: string }).text);
      yield JSON.parse(JSON.stringify(waiting));
    },
    close: () => database.close(),
  };
}

/** SQLite deletes a database without a name, and writes no more of it than its cache cannot hold. */
function openTemporary(): Database {
  const database = openDatabase('');
  database.exec('PRAGMA page_size = 32768');
  database.exec('PRAGMA journal_mode = OFF');
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  database.exec('CREATE TABLE aside (row INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT; BEGIN');
  return database;
}
