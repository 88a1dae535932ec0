/** One record of a CSV file. */
export interface CsvRecord {
  /** The line, from 1, on which it begins. */
  line: number;
  cells: string[];
  /** The cell, from 0, whose quote closes too early: text follows it on the same line. */
  torn?: number;
}

/** A quote that opens and does not close: what it swallows is nobody's. */
export interface OpenQuote {
  line: number;
  /** The cell, from 0, that it opens. */
  cell: number;
  /** The beginning of what follows it. */
  value: string;
}

export interface CsvRecords {
  records: CsvRecord[];
  open?: OpenQuote;
}

/** Where reading stands in a text. */
interface Cursor {
  readonly text: string;
  readonly delimiter: string;
  at: number;
  line: number;
}

const SHOWN = 40;

/**
 * Reads records as RFC 4180 writes them; lines end in CRLF, LF or CR. Every record knows its first line. A quote
 * closes before a delimiter, the end of a line or of the file. One that is followed by other text on its own line
 * spoils its record alone; on a later line, or never closed, it is taken for open where it opened, and reading ends
 * there. A quote inside an unquoted cell is text.
 */
export function readRecords(text: string, delimiter: string): CsvRecords {
  const cursor: Cursor = { text, delimiter, at: 0, line: 1 };
  const records: CsvRecord[] = [];
  while (cursor.at < text.length) {
    const record: CsvRecord = { line: cursor.line, cells: [] };
    for (;;) {
      const cell = text[cursor.at] === '"' ? quoted(cursor) : { value: plain(cursor) };
      if ('open' in cell) {
        return { records, open: { ...cell.open, cell: record.cells.length } };
      }
      if (cell.torn) record.torn ??= record.cells.length;
      record.cells.push(cell.value);
      if (text[cursor.at] !== delimiter) break;
      cursor.at += 1;
    }
    endLine(cursor);
    records.push(record);
  }
  return { records };
}

/** The delimiter that a file's first line speaks for, outside quotes: comma, semicolon or tab. */
export function delimiterOf(text: string): string {
  const head = text.replace(/"(?:[^"]|"")*"/g, '').split(/[\r\n]/, 1)[0] ?? '';
  const counts = [',', ';', '\t'].map((delimiter) => head.split(delimiter).length);
  return [',', ';', '\t'][counts.indexOf(Math.max(...counts))] as string;
}

/** An unquoted cell, or the rest of a torn one. */
function plain(cursor: Cursor): string {
  const { text, delimiter, at } = cursor;
  let end = at;
  while (end < text.length && !isBreak(text[end]) && text[end] !== delimiter) end += 1;
  cursor.at = end;
  return text.slice(at, end);
}

function quoted(
  cursor: Cursor,
): { value: string; torn?: true } | { open: Omit<OpenQuote, 'cell'> } {
  const { text, delimiter, line } = cursor;
  const begin = cursor.at + 1;
  const open = { line, value: text.slice(begin, begin + SHOWN).split(/[\r\n]/, 1)[0] ?? '' };
  let from = begin;
  for (;;) {
    const close = text.indexOf('"', from);
    if (close < 0) return { open };
    from = close + 2;
    const next = text[close + 1];
    if (next === '"') continue;
    const inside = text.slice(begin, close);
    const lines = inside.match(/\r\n|\r|\n/g)?.length ?? 0;
    const fits = next === undefined || next === delimiter || isBreak(next);
    if (!fits && lines > 0) return { open };
    cursor.at = close + 1;
    cursor.line += lines;
    const value = inside.replaceAll('""', '"');
    return fits ? { value } : { value: `"${value}"${plain(cursor)}`, torn: true };
  }
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function endLine(cursor: Cursor): void {
  if (cursor.at >= cursor.text.length) return;
  cursor.at += cursor.text.startsWith('\r\n', cursor.at) ? 2 : 1;
  cursor.line += 1;
}
