import { writeOds } from 'hucre/ods';
import type { Sheet } from './about.ts';

/** Sheets as an OpenDocument spreadsheet. A text is a text, whatever it begins with; figures are numbers. */
export async function odsOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return writeOds({
    sheets: sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(typed)) })),
  });
}

/** What reports give as text with two decimals is a figure; no code has a full stop. */
function typed(cell: string | number): string | number {
  return typeof cell === 'string' && /^-?\d{1,13}\.\d\d$/.test(cell) ? Number(cell) : cell;
}
