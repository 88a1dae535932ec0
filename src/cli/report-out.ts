import { type About, reportFiles, type Sheet } from '../export/report-files.ts';
import type { AsOf } from '../projections/member-facts.ts';
import type { CliLedger, Print } from './context.ts';

/** The option of every report that writes it as files. */
export const outOption = [
  '--out <folder>',
  'as files: CSV, ODS and JSON, with its base and what it is',
] as const;

/** A report with what is to be said of it. */
export interface Told {
  name: string;
  on: string;
  asOf: number;
  /** As asked: an index, a time, or nothing. */
  asked: AsOf | undefined;
  question: object;
  by: About['by'];
  report: unknown;
  sheets: readonly Sheet[];
}

/** How long after a time something may still be recorded before it: clocks of processes differ by seconds (contract, 2). */
const SAFELY_PAST_MS = 3_600_000;

/** Writes a report into a folder, and says which files. */
export async function writeReport(
  ledger: CliLedger,
  print: Print,
  folder: string,
  told: Told,
): Promise<void> {
  const { name, on, asOf, asked, by, report, sheets } = told;
  const { csv: _, json: __, out: ___, ...question } = told.question as Record<string, unknown>;
  const last = asOf === 0 ? undefined : await ledger.store.readIndex(asOf - 1);
  const metadata = last && (JSON.parse(last.metadata) as { recordedAt: string });
  const madeAt = ledger.now();
  const about: About = {
    report: name,
    ledger: { id: ledger.ledgerId, name: ledger.name },
    madeAt,
    on,
    asOfIndex: asOf,
    recordedUntil: metadata?.recordedAt ?? null,
    standing: isFinal(asked, asOf, madeAt) ? 'final' : 'provisional',
    question,
    by,
    disclosure: 'none: figures as counted, not to be given out',
  };
  const files = await reportFiles(folder, about, report, sheets);
  print(`as of index ${asOf}, ${about.standing}, in ${folder}: ${files.join(', ')}`);
}

/** An answer as of an index never changes, nor does one as of a time that is safely past. */
function isFinal(asked: AsOf | undefined, asOf: number, now: string): boolean {
  if (asked === undefined) return false;
  if ('index' in asked) return asked.index === asOf;
  return Date.parse(now) - Date.parse(asked.time) > SAFELY_PAST_MS;
}

/** Hundredths of a person as text with two decimals. */
export function people(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
