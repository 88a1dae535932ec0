import { stringify } from 'csv-stringify/sync';
import { pointsText } from '../scheme/points-text.ts';
import type { Standing } from './standing-member.ts';

/** The columns of a report of standing as CSV, in order. Ids and codes; no text of a person. */
export const standingColumns = [
  'member',
  'grade',
  'organisations',
  'takes part',
  'cycle',
  'rulebook',
  'target',
  'awarded',
  'counted',
  'carried in',
  'needed',
  'outcome',
  'do by',
  'record by',
  'days left',
  'requirements not met',
] as const;

/** The heading of a report of standing as CSV, with its end of line. */
export const standingHeading = stringify([standingColumns]);

/** Lines of a report of standing as CSV. */
export function standingCsv(standings: readonly Standing[]): string {
  return stringify(standings.map(standingRow));
}

/** A row of a report of standing: points with two decimals, several employers with a space between. */
export function standingRow(standing: Standing): (string | number)[] {
  return [
    standing.member,
    standing.grade ?? '',
    standing.organisations.join(' '),
    standing.takesPart ? 'yes' : 'no',
    standing.cycle.cycle,
    standing.rulebook,
    standing.target === undefined ? '' : pointsText(standing.target),
    pointsText(standing.awarded),
    pointsText(standing.counted),
    pointsText(standing.carriedIn),
    pointsText(standing.needed),
    standing.outcome,
    standing.doBy,
    standing.recordBy ?? '',
    standing.daysLeft,
    standing.unmet.join('; '),
  ];
}
