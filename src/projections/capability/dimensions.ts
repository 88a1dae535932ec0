import type { Asked } from './asked.ts';
import { NONE, UNASSIGNED } from './places.ts';
import type { Cell, Dimension, DimensionName } from './table.ts';
import { levelCodes } from './terms.ts';

/** Dimensions with their values, and cells in the order of these. */
export function inOrder(
  by: readonly DimensionName[],
  cells: readonly Cell[],
  asked: Asked,
): { dimensions: Dimension[]; cells: Cell[] } {
  const dimensions = by.map((name, n) => ({
    name,
    values: valuesOf(name, new Set(cells.map(({ key }) => key[n] ?? '')), asked),
  }));
  const places = dimensions.map(({ values }) => new Map(values.map(({ key }, n) => [key, n])));
  const placeOf = ({ key }: Cell) => key.map((value, n) => places[n]?.get(value) ?? 0);
  const ordered = cells
    .map((cell) => ({ cell, place: placeOf(cell) }))
    .sort((a, b) => compared(a.place, b.place))
    .map(({ cell }) => cell);
  return { dimensions, cells: ordered };
}

/** Of skills, levels and months all that are asked for: that nobody has one says something, too. */
function valuesOf(
  name: DimensionName,
  found: ReadonlySet<string>,
  asked: Asked,
): Dimension['values'] {
  const { terms, moments } = asked;
  switch (name) {
    case 'month':
      return moments.map(({ month }) => ({ key: month }));
    case 'skill':
      return terms.skills
        .filter((_, skill) => asked.wantedSkill(skill))
        .map(({ skill: key, name: called }) => ({ key, name: called }));
    case 'level':
      return levelCodes(terms.frameworks)
        .filter((code, rank) => rank > 0 || found.has(code))
        .map((key) => ({ key, ...levelName(asked, key) }));
    case 'council':
      return [...found].map((key) => ({ key, ...bodyName(asked, key) })).sort(byName);
    case 'region':
    case 'nation':
    case 'type':
    case 'grade':
      return [...found].map((key) => ({ key })).sort(byName);
  }
}

function levelName({ terms }: Asked, code: string): { name?: string } {
  const levels = terms.frameworks.flatMap((framework) => framework.levels);
  const name = levels.find((level) => level.code === code)?.name;
  return name === undefined ? {} : { name };
}

/** By the last name that it has on the days looked at. */
function bodyName({ moments }: Asked, organisation: string): { name?: string } {
  const found = moments.findLast(({ places }) => places.body(organisation) !== undefined);
  const name = found?.places.body(organisation)?.name;
  return name === undefined ? {} : { name };
}

/** By name, then by key; nobody's place last. */
function byName(a: { key: string; name?: string }, b: { key: string; name?: string }): number {
  const text = ({ key, name = key }: { key: string; name?: string }) =>
    `${key === NONE ? 2 : key === UNASSIGNED ? 1 : 0}${name}\n${key}`;
  return text(a) < text(b) ? -1 : 1;
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (const [n, one] of a.entries()) {
    const difference = one - (b[n] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
