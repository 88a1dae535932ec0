import { stringify } from 'csv-stringify/sync';
import type { CivilDate } from '../scheme/civil-date.ts';
import type { Outcome } from '../scheme/outcome.ts';
import { pointsText } from '../scheme/points-text.ts';
import type { Ledger } from './handle.ts';
import { openedDetails } from './opened.ts';

/** To whom a letter goes, and the figures that it is about. Points are hundredths. */
export interface Addressee {
  member: string;
  grade?: string | undefined;
  organisations: readonly string[];
  cycle: { cycle: string };
  target?: number | undefined;
  counted: number;
  needed: number;
  outcome: Outcome;
  doBy: CivilDate;
  recordBy?: CivilDate | undefined;
}

/** The heading of a merge file, with its end of line. */
export const letterHeading = stringify([
  [
    'name',
    'number',
    'grade',
    'organisation',
    'cycle',
    'target',
    'counted',
    'outcome',
    'still needed',
    'do by',
    'hand in by',
  ],
]);

/**
 * Lines of a merge file (CSV) with names and numbers opened: who was erased has none. What a spreadsheet would
 * take for a formula stands behind an apostrophe.
 *
 * @param nameOf the name of an organisation
 */
export async function letterLines(
  ledger: Ledger,
  addressees: readonly Addressee[],
  nameOf: (organisation: string) => Promise<string>,
): Promise<string> {
  const rows: string[][] = [];
  for (const to of addressees) {
    const { name = '', number = '' } = await openedDetails(ledger, to.member);
    const organisations = await Promise.all(to.organisations.map(nameOf));
    rows.push([
      name,
      number,
      to.grade ?? '',
      organisations.join('; '),
      to.cycle.cycle,
      to.target === undefined ? '' : pointsText(to.target),
      pointsText(to.counted),
      to.outcome,
      pointsText(to.needed),
      to.doBy,
      to.recordBy ?? '',
    ]);
  }
  return stringify(rows, { escape_formulas: true });
}
