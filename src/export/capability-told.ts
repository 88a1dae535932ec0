import type { CapabilityQuery } from '../projections/capability/asked.ts';
import { tableRows } from '../projections/capability/csv.ts';
import type { CapabilityReport } from '../projections/capability/report.ts';
import type { Told } from './about.ts';

/** A report of capability as files: its figures, its base, and of a trend those of the constant group. */
export function capabilityTold(
  report: CapabilityReport,
  query: CapabilityQuery,
  question: object,
): Told {
  const { on, asOf, bases, frameworks, constant, dimensions } = report;
  const steady = constant && { dimensions, cells: constant.cells, totals: [] };
  const base = bases.flatMap((one) =>
    [{ ...one, type: 'all' }, ...one.byType].map(({ type, members, withSkill, heads }) => [
      one.month ?? '',
      one.on,
      type,
      people(members),
      people(withSkill),
      heads,
    ]),
  );
  return {
    name: 'capability',
    on,
    asOf,
    asked: query.asOf,
    question,
    by: {
      frameworks: frameworks.map(({ framework: id, version, name }) => ({ id, version, name })),
    },
    report,
    sheets: [
      { name: 'capability', rows: tableRows(report) },
      {
        name: 'capability-base',
        rows: [['month', 'on', 'type', 'members', 'with a skill', 'persons'], ...base],
      },
      ...(steady === undefined ? [] : [{ name: 'capability-constant', rows: tableRows(steady) }]),
    ],
  };
}

/** Hundredths of a person as text with two decimals. */
function people(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
