import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { odsOf } from './ods.ts';
import { NoSuchPlace, wholeFile } from './whole-file.ts';

/** A table with its heading: a file in CSV, a sheet in a spreadsheet. */
export interface Sheet {
  name: string;
  rows: readonly (readonly (string | number)[])[];
}

/** What a report is, so that whoever finds the files years later knows what they say and how to get them again. */
export interface About {
  report: string;
  ledger: { id: string; name: string };
  /** When the files were made, UTC. */
  madeAt: string;
  /** The civil day for which it is true. */
  on: string;
  /** Facts with a lower index were looked at. */
  asOfIndex: number;
  /** When the last of them was recorded, UTC. */
  recordedUntil: string | null;
  /** `final`: the same question always gets this answer. `provisional`: facts recorded since may change it. */
  standing: 'final' | 'provisional';
  /** How to ask it again, options as typed. */
  question: Readonly<Record<string, unknown>>;
  /** By which versions: of frameworks, a profile, a scheme. */
  by: Readonly<Record<string, unknown>>;
  /** The profile of disclosure that withheld something; none: figures as counted. */
  disclosure: 'none: figures as counted, not to be given out';
}

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
  for (const { name, rows } of sheets) {
    const csv = stringify(
      rows.map((row) => row.slice()),
      { escape_formulas: true },
    );
    files.set(`${name}.csv`, BYTE_ORDER_MARK + csv);
  }
  files.set(
    `${about.report}.ods`,
    await odsOf([...sheets, { name: 'about', rows: aboutRows(about) }]),
  );
  files.set(`${about.report}.json`, `${JSON.stringify(report, null, 1)}\n`);
  files.set(`${about.report}.about.json`, `${JSON.stringify(about, null, 2)}\n`);
  for (const [name, text] of files) {
    await wholeFile(join(folder, name), (sink) => sink.write(text));
  }
  return [...files.keys()];
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
