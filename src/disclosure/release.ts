import { protect } from './protect.ts';
import type { PlainTable, Rule, SafeTable, Said } from './table.ts';

/** What was given out before, and how many people have come, gone or changed place since. */
export interface Earlier {
  readonly table: SafeTable;
  /** Of the tree with these codes in the dimensions that are never summed over: people, each once. */
  moved(tree: readonly string[]): number;
}

/** A table to be given out after another of its kind. */
export interface Release extends SafeTable {
  /** Trees of which the figures given out before go on to stand, since too few people have moved. */
  readonly held: readonly (readonly string[])[];
}

/**
 * The table as it may be given out, beside all that was given out before. The figures of a tree change only when at
 * least `smallest` people (of both rules, the lower) have come, gone or changed place: what fewer did can neither be
 * seen nor be had by subtraction. Until then the earlier figures stand, whole.
 */
export function releaseAfter(plain: PlainTable, rule: Rule, earlier?: Earlier): Release {
  const now = protect(plain, rule);
  if (earlier === undefined) return { ...now, held: [] };
  const before = groupedByTree(earlier.table);
  const held: (readonly string[])[] = [];
  const said = [...groupedByTree(now)].flatMap(([name, anew]) => {
    const stood = before.get(name);
    const tree: readonly string[] = JSON.parse(name);
    if (stood === undefined || earlier.moved(tree) >= enough(rule, stood, plain)) return anew;
    held.push(tree);
    return stood;
  });
  return { ...now, said, held };
}

/** How many people must have moved: where the earlier rule spoke of fewer, so many. */
function enough({ smallest }: Rule, stood: readonly Said[], { dims }: PlainTable): number {
  const few = stood.filter(({ key, how }) => how === 'few' && key.length === dims.length);
  return few.reduce((least, { most }) => Math.min(least, most), smallest);
}

function groupedByTree({ said, apart }: SafeTable): ReadonlyMap<string, Said[]> {
  const trees = new Map<string, Said[]>();
  for (const one of said) {
    const name = JSON.stringify(one.key.slice(0, apart));
    const tree = trees.get(name);
    if (tree === undefined) trees.set(name, [one]);
    else tree.push(one);
  }
  return trees;
}
