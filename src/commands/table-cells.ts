import type { ReleasedTree } from '../disclosure/release.ts';
import type { Rule, Said } from '../disclosure/table.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import type { TableGiven } from './release-state.ts';

type Cell = TableGiven['cells'][number];

/** A day, as known at an index: of when figures are. */
export interface Look {
  on: CivilDate;
  asOf: number;
}

/** What the cell of a whole tree says beside its figure: of when its figures are, and by which rule they were made. */
export interface Root {
  look: Look;
  rule: Rule;
  /** Whether anything is said of it: of other places, before, so much was that nothing can be said of these yet. */
  told: boolean;
}

/**
 * A tree as cells of a released table: its root with the look, and every figure that it has of its own. What is not
 * listed was withheld, and is told again from the places, the rule and the figures (`retold`).
 */
export function cellsOf(
  { tree, said, rule }: Omit<ReleasedTree, 'anew'>,
  { look, told }: Omit<Root, 'rule'>,
): Cell[] {
  const root = said.find(({ key }) => key.length === tree.length);
  const values = rootValues(look, rule);
  if (!told) return [{ key: [...tree], status: 'not-known', values }];
  const shown = said.filter((one) => one !== root && one.how === 'about');
  return [
    root?.how === 'about'
      ? { key: [...tree], status: 'shown', values: [...bounds(root), ...values] }
      : { key: [...tree], status: 'suppressed', values },
    ...shown.map((one) => ({
      key: [...one.key],
      status: 'shown' as const,
      values: bounds(one),
    })),
  ];
}

/** Of when figures are, and by which rule they were made. */
export function rootValues({ asOf, on }: Look, { smallest, base }: Rule) {
  return [
    { measure: 'as-of', value: asOf },
    { measure: 'on', value: Number(on.replaceAll('-', '')) },
    { measure: 'smallest', value: smallest },
    { measure: 'base', value: base },
  ];
}

const WHY = 'why-';

/** Why people moved since the last table, most first, as the cell of everything; none where nothing can be said. */
export function whyCells(why: readonly string[]): Cell[] {
  const values = why.map((one, at) => ({ measure: `${WHY}${one}`, value: at + 1 }));
  return values.length === 0 ? [] : [{ key: [], status: 'not-known', values }];
}

/** Why people moved since the table before. */
export function whyOf(cells: readonly Cell[]): string[] {
  const values = cells.filter(({ key }) => key.length === 0).flatMap(({ values = [] }) => values);
  return values
    .toSorted((a, b) => a.value - b.value)
    .map(({ measure }) => measure.slice(WHY.length));
}

/** What the cell of a whole tree says; nothing where it is another. */
export function rootOf(cell: Cell): Root | undefined {
  const [asOf, on] = [measured(cell, 'as-of'), measured(cell, 'on')];
  const [smallest, base] = [measured(cell, 'smallest'), measured(cell, 'base')];
  if (asOf === undefined || on === undefined) return undefined;
  if (smallest === undefined || base === undefined) return undefined;
  const day = String(on).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return {
    look: { on: day, asOf },
    rule: { smallest, base },
    told: cell.status !== 'not-known',
  };
}

/** The figure of a cell; nothing where it has none. */
export function figureOf(cell: Cell): Said | undefined {
  const [least, most] = [measured(cell, 'least'), measured(cell, 'most')];
  if (least === undefined || most === undefined) return undefined;
  return { key: cell.key, least, most, how: 'about' };
}

/** Cells by the first code of their key: a tree is of one skill. */
export function bySkill(cells: readonly Cell[]): ReadonlyMap<string, Cell[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const [skill = ''] = cell.key;
    const group = groups.get(skill);
    if (group === undefined) groups.set(skill, [cell]);
    else group.push(cell);
  }
  return groups;
}

function bounds({ least, most }: Said) {
  return [
    { measure: 'least', value: least },
    { measure: 'most', value: most },
  ];
}

/** What a cell says of a measure; nothing where it was withheld. */
export function measured({ values = [] }: Cell, measure: string): number | undefined {
  return values.find((one) => one.measure === measure)?.value;
}
