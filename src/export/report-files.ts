import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { About, Sheet } from './about.ts';
import { odsOf } from './ods.ts';
import { NoSuchPlace, wholeFile } from './whole-file.ts';

const HEADING = ['says', 'value'];
/** Without it a spreadsheet takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Writes a report into a folder, made where there is none: each sheet as CSV, all of them and what the report is as one
 * spreadsheet (ODS), the report as JSON, and beside them `NAME.about.json`. Each file is whole or not there; that about
 * comes last.
 *
 * @returns names of the files @throws NoSuchPlace when the folder cannot be written to
 */
export async function reportFiles(
  folder: string,
  about: About,
  report: unknown,
  sheets: readonly Sheet[],
): Promise<string[]> {
  await made(folder);
  const files = new Map<string, string | Uint8Array>();
  for (const sheet of sheets) files.set(`${sheet.name}.csv`, sheetCsv(sheet));
  files.set(`${about.report}.ods`, await reportOds(about, sheets));
  files.set(`${about.report}.json`, `${JSON.stringify(report, null, 1)}\n`);
  files.set(`${about.report}.about.json`, aboutText(about));
  for (const [name, text] of files) {
    await wholeFile(join(folder, name), (sink) => sink.write(text));
  }
  return [...files.keys()];
}

/** A sheet as CSV that a spreadsheet opens safely. */
export function sheetCsv({ rows }: Sheet): string {
  const csv = stringify(
    rows.map((row) => row.slice()),
    { escape_formulas: true },
  );
  return BYTE_ORDER_MARK + csv;
}

/** The sheets, and what the report is, as one spreadsheet. */
export function reportOds(about: About, sheets: readonly Sheet[]): Promise<Uint8Array> {
  return odsOf([...sheets, { name: 'about', rows: aboutRows(about) }]);
}

/** What the report is, as the file of it. */
export function aboutText(about: About): string {
  return `${JSON.stringify(about, null, 2)}\n`;
}

async function made(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new NoSuchPlace(`no folder can be made at ${folder} (${code})`);
  }
}

function aboutRows(about: About): string[][] {
  const said = Object.entries(about).map(([key, value]) => [
    key,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  return [HEADING, ...said];
}
