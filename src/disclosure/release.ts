import { protect } from './protect.ts';
import type { PlainTable, Rule, Said } from './table.ts';

/** What was given out of a tree before, under which rule, and how many people have moved since. */
export interface Stood {
  readonly said: readonly Said[];
  readonly rule: Rule;
  /** Who came, went or changed place, each once. */
  readonly moved: number;
}

/** A tree as it is given out: anew, or as it stood. */
export interface ReleasedTree {
  /** Its codes in the dimensions that are never summed over. */
  readonly tree: readonly string[];
  readonly said: readonly Said[];
  readonly rule: Rule;
  readonly anew: boolean;
}

/**
 * A table as it may be given out beside all that was given out before. The figures of a tree change only when at
 * least `smallest` people (of both rules, the lower) have come, gone or changed place: what fewer did can neither be
 * seen nor be had by subtraction. Until then the earlier figures stand, whole.
 */
export function releaseAfter(
  plain: PlainTable,
  rule: Rule,
  stood: (tree: readonly string[]) => Stood | undefined,
): ReleasedTree[] {
  const trees = new Map<string, Said[]>();
  for (const one of protect(plain, rule).said) {
    const name = JSON.stringify(one.key.slice(0, plain.apart));
    const said = trees.get(name);
    if (said === undefined) trees.set(name, [one]);
    else said.push(one);
  }
  return [...trees].map(([name, said]) => {
    const tree: readonly string[] = JSON.parse(name);
    const before = stood(tree);
    const enough = Math.min(rule.smallest, before?.rule.smallest ?? 0);
    if (before === undefined || before.moved >= enough) return { tree, said, rule, anew: true };
    return { tree, said: before.said, rule: before.rule, anew: false };
  });
}
