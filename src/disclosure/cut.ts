import type { SafeTable, Said } from './table.ts';

/** Which places are looked at: for a dimension, the codes that are wanted. */
export type Filter = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * Another table out of one that may be given to anybody: by some of its dimensions, in any order, and of some of its
 * places. It is reckoned from what was said alone, so whoever has any number of such tables knows no more than who
 * has the first. Counts are added up from the largest totals that lie wholly within.
 *
 * @throws Error where one person would be counted in two places
 */
export function cut(table: SafeTable, by: readonly string[], filter: Filter = {}): Said[] {
  const { dims, apart } = table;
  for (const dim of dims.slice(0, apart)) {
    if (!by.includes(dim) && filter[dim]?.length !== 1) {
      throw new Error(`a sum over ${dim} would count people twice`);
    }
  }
  const columns = by.map((dim) => dims.indexOf(dim));
  const wanted = dims.map((dim) => (filter[dim] === undefined ? undefined : new Set(filter[dim])));
  const groupOf = (key: readonly string[]): string =>
    key.every((code, at) => wanted[at]?.has(code) ?? true)
      ? JSON.stringify(columns.map((at) => key[at]))
      : '';
  const groups = new Map<string, Said[]>();
  for (const tree of treesSaid(table)) {
    for (const [group, node] of cover(tree, groupOf)) {
      groups.set(group, [...(groups.get(group) ?? []), node]);
    }
  }
  groups.delete('');
  return [...groups].map(([group, parts]) => together(JSON.parse(group), parts));
}

interface SaidTree {
  readonly said: Said;
  readonly below: readonly SaidTree[];
}

/** What is said as trees: a total stands before its parts. */
function treesSaid({ apart, said }: SafeTable): SaidTree[] {
  const roots: SaidTree[] = [];
  const open: { said: Said; below: SaidTree[] }[] = [];
  for (const one of said) {
    const tree = { said: one, below: [] };
    open.length = Math.max(0, one.key.length - apart);
    (open.at(-1)?.below ?? roots).push(tree);
    open.push(tree);
  }
  return roots;
}

/** The largest parts of a tree that lie wholly in one group, with the group. */
function cover(
  { said, below }: SaidTree,
  groupOf: (key: readonly string[]) => string,
): [string, Said][] {
  if (below.length === 0) return [[groupOf(said.key), said]];
  const parts = below.map((part) => cover(part, groupOf));
  const [first] = parts[0] ?? [];
  const whole = parts.every((part) => part.length === 1 && part[0]?.[0] === first?.[0]);
  return whole && first !== undefined ? [[first[0], said]] : parts.flat();
}

function together(key: readonly string[], parts: readonly Said[]): Said {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return { ...only, key };
  const least = parts.reduce((sum, part) => sum + part.least, 0);
  const most = parts.reduce((sum, part) => sum + part.most, 0);
  return { key, least, most, how: 'sum' };
}

/** A part in a hundred of the whole, both ends whole percent; nothing where the whole may be smaller than `base`. */
export function share(
  part: Pick<Said, 'least' | 'most'>,
  whole: Pick<Said, 'least' | 'most'>,
  base: number,
): { least: number; most: number } | undefined {
  if (whole.least < Math.max(base, 1)) return undefined;
  return {
    least: Math.floor((100 * part.least) / whole.most),
    most: Math.min(100, Math.ceil((100 * part.most) / whole.least)),
  };
}
