import type { CoverageReport } from '../projections/capability/coverage.ts';
import { coverageRows } from '../projections/capability/coverage-csv.ts';
import type { AsOf } from '../projections/member-facts.ts';
import type { Told } from './about.ts';

/** A report of coverage as files: a row for each body, need and way, and the shares as its base. */
export function coverageTold(
  report: CoverageReport,
  asked: AsOf | undefined,
  question: object,
): Told {
  const { profile, on, asOf, all, needs, sums, types, items } = report;
  const base = [
    { of: 'all', ...all },
    ...needs.map((need) => ({ ...need, of: `need ${need.need}` })),
    ...sums.map((sum) => ({ ...sum, of: sum.key.join(' ') })),
  ].map(({ of, councils, met, partly, notMet, notKnown, lacking, known, share }) => {
    return [of, councils, met, partly, notMet, notKnown, lacking, known, share?.toFixed(2) ?? ''];
  });
  const heading = [
    'of',
    'councils',
    'met',
    'partly',
    'not met',
    'not known',
    'lacking',
    'known',
    'share lacking',
  ];
  return {
    name: 'coverage',
    on,
    asOf,
    asked,
    question,
    by: {
      profile: { id: profile.profile, version: profile.version, name: profile.name },
      types: types.length === 0 ? 'all' : types,
      members: items.reduce((sum, { heads }) => sum + heads, 0),
    },
    report,
    sheets: [
      { name: 'coverage', rows: coverageRows(report) },
      { name: 'coverage-base', rows: [heading, ...base] },
    ],
  };
}
