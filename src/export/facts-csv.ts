import { stringify } from 'csv-stringify/sync';
import { type FactRow, factColumns } from './fact-row.ts';
import type { Sink } from './whole-file.ts';

/** Facts as CSV with a heading. A text that a sheet would run as a formula is quoted. @returns how many */
export async function csvOfFacts(batches: AsyncIterable<FactRow[]>, sink: Sink): Promise<number> {
  const names = factColumns.map(({ name }) => name);
  await sink.write(csv([names]));
  let count = 0;
  for await (const rows of batches) {
    await sink.write(csv(rows.map((row) => names.map((name) => row[name] ?? ''))));
    count += rows.length;
  }
  return count;
}

function csv(rows: readonly (readonly unknown[])[]): string {
  return stringify(rows.slice(), { escape_formulas: true, cast: { boolean: String } });
}
