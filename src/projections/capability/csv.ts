import { stringify } from 'csv-stringify/sync';
import type { Table } from './table.ts';

const figures = [
  ['people', 'people'],
  ['current', 'current'],
  ['stale', 'stale'],
  ['holdings', 'holdings'],
  ['current holdings', 'currentHoldings'],
  ['persons', 'heads'],
  ['councils', 'councils'],
  ['councils current', 'currentCouncils'],
  ['events', 'events'],
] as const;
const wholes: ReadonlySet<string> = new Set(['heads', 'councils', 'currentCouncils', 'events']);

/** A table as CSV: of each dimension key and name, people with two decimals. A text that a sheet would run is quoted. */
export function tableCsv({ dimensions, cells }: Table): string {
  const names = dimensions.map(
    ({ values }) => new Map(values.map(({ key, name = '' }) => [key, name])),
  );
  const heading = [
    ...dimensions.flatMap(({ name }) => [name, `${name} name`]),
    ...figures.map(([title]) => title),
  ];
  const rows = cells.map((cell) => [
    ...cell.key.flatMap((key, n) => [key, names[n]?.get(key) ?? '']),
    ...figures.map(([, figure]) =>
      wholes.has(figure) ? cell[figure] : (cell[figure] / 100).toFixed(2),
    ),
  ]);
  return stringify([heading, ...rows], { escape_formulas: true });
}
