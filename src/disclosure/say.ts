import type { Rule, Said } from './table.ts';
import type { Node } from './tree.ts';

/** What is said of a total or a place, and of its parts. */
export interface Spoken extends Said {
  readonly below: readonly Spoken[];
}

/**
 * What is said of a tree, from the places up.
 *
 * A place is told by itself alone. The figure of a total is one of several ranges which together cover all that is
 * possible, given what its parts say; where one range ends and the next begins depends on that alone, and both ends
 * of the whole are left so wide that no part is narrowed, whichever range it is. So every figure says all that can be
 * had of it: no total and no sum or difference of totals tells more. The proof is in docs/adr/0020-disclosure.md.
 */
export function spoken(node: Node, rule: Rule, shown: Shown = () => undefined): Spoken {
  const { key, count, below: parts } = node;
  const below = parts.map((part) => spoken(part, rule, shown));
  const told = shown(key);
  if (told !== undefined) return { ...told, below };
  if (parts.length === 0) return { key, below, ...ofPlace(count, rule) };
  const least = below.reduce((sum, part) => sum + part.least, 0);
  const most = below.reduce((sum, part) => sum + part.most, 0);
  const open = below.reduce((widest, part) => Math.max(widest, part.most - part.least), 0);
  return { key, below, ...ofTotal(count, { least, most }, open, rule.base) };
}

/** What was said of a place or a total with a figure of its own, where that is known already. */
export type Shown = (key: readonly string[]) => Said | undefined;

type Range = Pick<Said, 'least' | 'most' | 'how'>;

function ofPlace(count: number, { smallest, base }: Rule): Range {
  if (count <= smallest) return { least: 0, most: smallest, how: 'few' };
  const least = down(count, base);
  return { least: Math.max(least, smallest + 1), most: least + base - 1, how: 'about' };
}

/**
 * The range in which a total lies. A range begins at a multiple of the base, but the lowest and the highest reach to
 * the ends of what is possible and leave them `open` by as much as the widest part.
 */
function ofTotal(count: number, sum: Omit<Range, 'how'>, open: number, base: number): Range {
  const first = up(sum.least + open + 1, base);
  const last = down(sum.most - open, base);
  if (first > last) return { ...sum, how: 'sum' };
  if (count < first) {
    return { least: sum.least, most: first - 1, how: sum.least === 0 ? 'few' : 'about' };
  }
  const least = Math.min(down(count, base), last);
  return { least, most: least === last ? sum.most : least + base - 1, how: 'about' };
}

function down(value: number, base: number): number {
  return Math.floor(value / base) * base;
}

function up(value: number, base: number): number {
  return Math.ceil(value / base) * base;
}
