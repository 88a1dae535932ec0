import { stringify } from 'csv-stringify/sync';
import type { CoverageReport } from './coverage.ts';

const heading = [
  'council',
  'name',
  'type',
  'region',
  'nation',
  'members',
  'state',
  'need',
  'need state',
  'skill',
  'level',
  'wanted',
  'enough',
  'known lately',
  'declared',
  'declared of',
  'declared as of',
];

/** A report of coverage as CSV. A text that a sheet would run is quoted. */
export function coverageCsv(report: CoverageReport): string {
  return stringify(coverageRows(report), { escape_formulas: true });
}

/** A report of coverage as rows with a heading, one for each body, need and way. */
export function coverageRows({ items }: CoverageReport): (string | number)[][] {
  const rows = items.flatMap(({ council, name, type, region, nation, heads, state, needs }) =>
    needs.flatMap(({ need, state: of, ways, declared }) =>
      ways.map(({ skill, level, wanted, enough, known }) => {
        const said = declared.findLast((one) => one.skill === skill);
        const place = [council, name, type, region ?? '', nation ?? '', heads, state];
        const words = [said?.headcount ?? '', said?.of ?? '', said?.asOf ?? ''];
        return [...place, need, of, skill, level, wanted, enough, known, ...words];
      }),
    ),
  );
  return [heading, ...rows];
}
