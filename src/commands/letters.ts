import { stringify } from 'csv-stringify/sync';
import type { CivilDate } from '../scheme/civil-date.ts';
import type { Outcome } from '../scheme/outcome.ts';
import { pointsText } from '../scheme/points-text.ts';
import type { AccessEntry } from '../vault/vault.ts';
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
  /** Requirements that keep the cycle from being met, in words. */
  unmet: readonly string[];
}

/** Who opens names and numbers, for which reason (a code) and by which operation: a row of the access log for each. */
export type Opening = Pick<AccessEntry, 'actor' | 'reason' | 'operation'>;

/** What members call a scheme: the title that its last rulebook gives it. */
export async function schemeTitle({ streams }: Ledger, scheme: string): Promise<string> {
  return (await streams.load('scheme', scheme)).state.rulebooks.at(-1)?.rulebook.title ?? '';
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
    'requirements not met',
    'scheme',
  ],
]);

/**
 * Lines of a merge file (CSV) with names and numbers opened, which is logged of each member: who was erased has none.
 * What a spreadsheet would take for a formula stands behind an apostrophe.
 *
 * @param about the title of the scheme, and the name of an organisation
 */
export async function letterLines(
  ledger: Ledger,
  opening: Opening,
  addressees: readonly Addressee[],
  { scheme, nameOf }: { scheme: string; nameOf: (organisation: string) => Promise<string> },
): Promise<string> {
  const at = ledger.now();
  await ledger.vault.logAccess(addressees.map((to) => ({ at, subject: to.member, ...opening })));
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
      to.unmet.join('; '),
      scheme,
    ]);
  }
  return stringify(rows, { escape_formulas: true });
}
