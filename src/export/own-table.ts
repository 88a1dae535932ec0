import { stringify } from 'csv-stringify/sync';
import { openDatabase } from '../store/driver.ts';
import type { TableCell } from './define-projection.ts';
import { besideAndRenamed, type Sink, wholeFile } from './whole-file.ts';

export const tableFormats = ['csv', 'json', 'db'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** A table that is there row by row. */
export interface Table {
  name: string;
  columns: readonly string[];
  rows: AsyncIterable<readonly TableCell[][]>;
}

/** Writes a table as a file, as a whole or not at all. @returns how many rows @throws NoSuchPlace */
export async function tableFile(table: Table, format: TableFormat, path: string): Promise<number> {
  switch (format) {
    case 'csv':
      return wholeFile(path, (sink) => tableCsv(table, sink));
    case 'json':
      return wholeFile(path, (sink) => tableJson(table, sink));
    case 'db':
      return besideAndRenamed(path, (beside) => tableDatabase(table, beside));
  }
}

/** A table as CSV. A text that a sheet would run as a formula is quoted. @returns how many rows */
export async function tableCsv({ columns, rows }: Table, sink: Sink): Promise<number> {
  const csv = (some: readonly (readonly TableCell[])[]): string =>
    stringify(some.slice(), { escape_formulas: true, cast: { boolean: String } });
  await sink.write(csv([columns]));
  return eachOf(rows, (some) => sink.write(csv(some)));
}

/** A list of objects, a line each. */
async function tableJson({ columns, rows }: Table, sink: Sink): Promise<number> {
  let before = '[\n';
  const line = (row: readonly TableCell[]): string => {
    const text =
      before + JSON.stringify(Object.fromEntries(columns.map((name, n) => [name, row[n]])));
    before = ',\n';
    return text;
  };
  const count = await eachOf(rows, (some) => sink.write(some.map(line).join('')));
  await sink.write(count === 0 ? '[]\n' : '\n]\n');
  return count;
}

async function tableDatabase({ name, columns, rows }: Table, path: string): Promise<number> {
  const database = openDatabase(path);
  try {
    const names = columns.map((column) => `"${column.replaceAll('"', '""')}"`);
    database.exec('PRAGMA journal_mode = OFF');
    database.exec(`BEGIN; CREATE TABLE "${name}" (${names.join(', ')})`);
    const insert = database.prepare(
      `INSERT INTO "${name}" VALUES (${names.map(() => '?').join(', ')})`,
    );
    const count = await eachOf(rows, async (some) => {
      for (const row of some) insert.run(...row.map(stored));
    });
    database.exec('COMMIT');
    return count;
  } finally {
    database.close();
  }
}

/** SQLite has no truth values: 1 and 0. */
function stored(cell: TableCell): string | number | null {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  return cell ?? null;
}

async function eachOf(
  rows: Table['rows'],
  write: (some: readonly TableCell[][]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const some of rows) {
    if (some.length > 0) await write(some);
    count += some.length;
  }
  return count;
}
