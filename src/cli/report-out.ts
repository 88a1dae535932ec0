import { aboutOf, type Told } from '../export/about.ts';
import { reportFiles } from '../export/report-files.ts';
import type { CliLedger, Print } from './context.ts';

/** The option of every report that writes it as files. */
export const outOption = [
  '--out <folder>',
  'as files: CSV, ODS and JSON, with its base and what it is',
] as const;

/** The option of every report of which tables are given out. */
export const publicationOption = [
  '--for-publication',
  'from the table that was last given out (release), and nothing else',
] as const;

/** Writes a report into a folder, and says which files. */
export async function writeReport(
  ledger: CliLedger,
  print: Print,
  folder: string,
  told: Told,
): Promise<void> {
  const { csv: _, json: __, out: ___, ...question } = told.question as Record<string, unknown>;
  const about = await aboutOf(ledger, { ...told, question });
  const files = await reportFiles(folder, about, told.report, told.sheets);
  print(`as of index ${told.asOf}, ${about.standing}, in ${folder}: ${files.join(', ')}`);
}
