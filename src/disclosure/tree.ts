import type { PlainTable } from './table.ts';

/** A place of a table, or a total over the places below it. */
export interface Node {
  readonly key: readonly string[];
  readonly count: number;
  /** Empty: a place. */
  readonly below: readonly Node[];
}

/**
 * The totals of a table, each over its parts, and the parts again to the places: one tree for each place of the
 * dimensions that are never summed over.
 *
 * @throws Error where a place is listed twice, has too few codes, or holds no whole number of people
 */
export function treesOf({ dims, apart, cells }: PlainTable): Node[] {
  const seen = new Set<string>();
  for (const { key, count } of cells) {
    const name = JSON.stringify(key);
    if (key.length !== dims.length || seen.has(name) || !Number.isSafeInteger(count) || count < 0) {
      throw new Error(`the place ${name} cannot stand in a table of ${dims.join(', ')}`);
    }
    seen.add(name);
  }
  const trees = new Map<string, PlainTable['cells'][number][]>();
  for (const cell of cells) gather(trees, cell, apart);
  return [...trees.values()].map((own) => nodeOf(own, apart, dims.length));
}

function nodeOf(cells: PlainTable['cells'], depth: number, deepest: number): Node {
  const key = (cells[0]?.key ?? []).slice(0, depth);
  if (depth === deepest) return { key, count: cells[0]?.count ?? 0, below: [] };
  const parts = new Map<string, PlainTable['cells'][number][]>();
  for (const cell of cells) gather(parts, cell, depth + 1);
  const below = [...parts.values()].map((own) => nodeOf(own, depth + 1, deepest));
  return { key, count: below.reduce((sum, { count }) => sum + count, 0), below };
}

function gather<C extends { readonly key: readonly string[] }>(
  groups: Map<string, C[]>,
  cell: C,
  depth: number,
): void {
  const name = JSON.stringify(cell.key.slice(0, depth));
  const group = groups.get(name);
  if (group === undefined) groups.set(name, [cell]);
  else group.push(cell);
}
