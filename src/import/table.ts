import { type Field, type Mapping, mapColumns, mustHave } from './columns.ts';
import { type Bad, ImportError, type Notice } from './problem.ts';
import { type CsvRecord, delimiterOf, type OpenQuote, readRecords } from './records.ts';
import { type CellReading, type Row, readRow } from './row.ts';
import { decodeText, type FileText } from './text.ts';
import { lostZeros } from './zeros.ts';

/** How a file is read, as the command line says it. */
export interface Reading {
  /** `field=Column`, each. */
  map: readonly string[];
  /** `field=value`, each: for rows that say nothing. */
  set: readonly string[];
  /** `field=width`, each: digits are filled with leading zeros. */
  digits: readonly string[];
}

/** What a file holds, before its heading is understood. */
export interface Records {
  /** Absent of what is no CSV. */
  encoding: FileText['encoding'] | undefined;
  delimiter: string | undefined;
  records: readonly CsvRecord[];
  open: OpenQuote | undefined;
}

/** A file as rows. */
export interface Table extends Omit<Records, 'records'> {
  header: string[];
  mapping: Mapping;
  records: ReadonlyMap<Row, CsvRecord>;
  rows: Row[];
  notices: Notice[];
}

/** The records of a CSV file. @throws ImportError when it is no text */
export function recordsOf(bytes: Uint8Array) {
  const { text, encoding } = decodeText(bytes);
  const delimiter = delimiterOf(text);
  const { records, open } = readRecords(text, delimiter);
  return { encoding, delimiter, records, open };
}

/**
 * Reads a CSV file into rows of these fields; what is wrong with a row's shape is noted in it.
 *
 * @throws ImportError when it is no text, has no heading, or a setting names what is not there
 */
export function readTable(fields: readonly Field[], bytes: Uint8Array, reading: Reading) {
  const csv = recordsOf(bytes);
  const { encoding, delimiter } = csv;
  return { ...tableOf(fields, csv, reading), encoding, delimiter };
}

/** Records as rows of these fields. @throws ImportError without a heading, or where a setting names what is not there */
export function tableOf(
  fields: readonly Field[],
  { records, open, encoding, delimiter }: Records,
  { map, set, digits }: Reading,
): Table {
  const [head, ...held] = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (head === undefined)
    throw new ImportError('no heading: the file is empty or its quotes are open');
  const header = head.cells.map((cell) => cell.trim());
  const mapping = mapColumns(fields, header, map);
  const cells: CellReading = {
    mapping,
    set: new Map(set.map((text) => settingOf(fields, '--set', text))),
    digits: new Map(digits.map((text) => widthOf(settingOf(fields, '--digits', text)))),
  };
  mustHave(fields, mapping, cells.set, header);
  const rows = new Map(held.map((record) => [readRow(record, cells), record] as const));
  for (const [row, record] of rows) checkShape(row, record, header);
  const notices = lostZeros(fields, [...rows.keys()]);
  return {
    encoding,
    delimiter,
    header,
    mapping,
    records: rows,
    rows: [...rows.keys()],
    open,
    notices,
  };
}

function settingOf(fields: readonly Field[], option: string, text: string): [string, string] {
  const [, field = '', value = ''] = /^([a-z-]+)=(.+)$/s.exec(text) ?? [];
  if (fields.some(({ name }) => name === field)) return [field, value];
  const names = fields.map(({ name }) => name).join(', ');
  throw new ImportError(
    `${option} is "${text}": field=value is expected, with a field of ${names}`,
  );
}

function widthOf([field, value]: [string, string]): [string, number] {
  if (/^([1-9]|[1-5]\d)$/.test(value)) return [field, Number(value)];
  throw new ImportError(`--digits ${field} is "${value}": a number of digits is expected`);
}

function checkShape(row: Row, { cells, torn }: CsvRecord, header: readonly string[]): void {
  if (torn !== undefined) {
    const column = header[torn] ?? `column ${torn + 1}`;
    const expected =
      'a quote that closes the cell is expected; inside one, a quote is written twice';
    row.bad.push({ line: row.line, column, value: cells[torn] ?? '', expected });
    return;
  }
  const more = cells.slice(header.length).findLastIndex((cell) => cell.trim() !== '') + 1;
  const count = cells.length < header.length ? cells.length : header.length + more;
  if (count !== header.length) {
    const expected = `${header.length} cells are expected, as in the heading, not ${count}`;
    row.bad.push({ line: row.line, expected });
  }
}

/** Where a quote opens and does not close, nothing after it is taken. */
export function openQuote({ open, header }: Table): Bad[] {
  if (open === undefined) return [];
  const { line, cell, value } = open;
  const column = header[cell] ?? `column ${cell + 1}`;
  const expected =
    'a closing quote is expected: this one stays open, and nothing from here on was taken';
  return [{ line, column, value, expected }];
}

/** What each row is called: its own id, else its content, whatever the order of columns, and which of its like it is. */
export function namesOf(
  { rows, records, header }: Table,
  ids: readonly string[],
  source: string,
): (row: Row) => { text: string } {
  const counts = new Map<string, number>();
  const names = new Map<Row, { text: string }>();
  for (const row of rows) {
    const id = ids.map((field) => row.text(field)).find((text) => text !== undefined);
    const cells = records.get(row)?.cells ?? [];
    const content = header.map((column, at) => [column, cells[at]?.trim() ?? ''] as const);
    const text = JSON.stringify(content.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    const occurrence = (counts.get(text) ?? 0) + 1;
    counts.set(text, occurrence);
    names.set(row, { text: `${source}/${id ?? `${text}/${occurrence}`}` });
  }
  return (row) => names.get(row) as { text: string };
}
