import { stringify } from 'csv-stringify/sync';
import type { FigureShown } from './released.ts';
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

/** A table as CSV. A text that a sheet would run is quoted. */
export function tableCsv(table: Table): string {
  return stringify(tableRows(table), { escape_formulas: true });
}

/** A table as rows with a heading: of each dimension key and name, people with two decimals. */
export function tableRows({ dimensions, cells }: Table): (string | number)[][] {
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
  return [heading, ...rows];
}

/** What a released table says, as far as a file of it needs. */
interface Released {
  on: string;
  asOf: number;
  standing: string;
  dimensions: readonly string[];
  cells: readonly FigureShown[];
}

/** A cut of a released table as rows with a heading: what is said of each figure, with the names of skills. */
export function releasedRows(
  table: Released,
  skills: readonly { skill: string; name: string }[],
): (string | number)[][] {
  const names = new Map(skills.map(({ skill, name }) => [skill, name]));
  const [, ...others] = table.dimensions;
  const heading = ['skill', 'skill name', ...others, 'said', 'least', 'most'];
  const rows = table.cells.map(({ key: [skill = '', ...codes], how, least, most, percent }) => [
    skill,
    names.get(skill) ?? '',
    ...codes,
    how,
    least,
    most,
    percent?.least ?? '',
    percent?.most ?? '',
    table.on,
    table.asOf,
    table.standing,
  ]);
  const more = ['percent least', 'percent most', 'on', 'as of index', 'standing'];
  return [[...heading, ...more], ...rows];
}
