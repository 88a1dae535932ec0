import { type Shown, type Spoken, spoken } from './say.ts';
import type { PlainTable, Rule, SafeTable, Said } from './table.ts';
import { treesOf } from './tree.ts';

/**
 * The table as it may be given to anybody.
 *
 * Promise: whoever knows the whole of it and the method can say of a place of `smallest` people or fewer that it
 * holds from none to `smallest`, and nothing more; who is one of them, of the others from none to one fewer. No other
 * figure can be had more narrowly than it is given.
 *
 * @throws Error where the table is no table
 */
export function protect(table: PlainTable, rule: Rule): SafeTable {
  const said = treesOf(table).flatMap((tree) => flat(spoken(tree, rule)));
  return { dims: table.dims, apart: table.apart, said };
}

/**
 * The same table again from the figures that it showed: nothing that it did not show adds to what is said.
 *
 * @throws Error where the places are those of no table
 */
export function retold(
  { dims, apart, places }: Omit<PlainTable, 'cells'> & { places: readonly (readonly string[])[] },
  rule: Rule,
  shown: Shown,
): SafeTable {
  const empty = { dims, apart, cells: places.map((key) => ({ key, count: 0 })) };
  const said = treesOf(empty).flatMap((tree) => flat(spoken(tree, rule, shown)));
  return { dims, apart, said };
}

function flat({ below, ...said }: Spoken): Said[] {
  return [said, ...below.flatMap(flat)];
}
