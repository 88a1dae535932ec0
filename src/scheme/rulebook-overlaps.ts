import { error, type Remark, warning } from './remark.ts';
import { groupsOf, type Rulebook } from './rulebook.ts';
import type { Per } from './rules/limit.ts';
import { type Select, selects } from './rules/select.ts';

/**
 * Limits that overlap without one holding the other: then the order in which entries fill them decides how much
 * counts, and a further entry may lower the sum. And shares of what they themselves limit.
 */
export function findOverlaps(book: Rulebook): Remark[] {
  const limits = book.limits ?? [];
  const kindsOf = limits.map(({ of }) => kindsIn(book, of));
  const crossing = limits.flatMap((limit, n) =>
    limits.slice(0, n).flatMap((other, m) => {
      const [mine, theirs] = [kindsOf[n], kindsOf[m]];
      if (mine === undefined || theirs === undefined) return [];
      const shared = [...mine].some((kind) => theirs.has(kind));
      const nested =
        (isIn(mine, theirs) && holds(other.per, limit.per)) ||
        (isIn(theirs, mine) && holds(limit.per, other.per));
      if (!shared || nested) return [];
      return [
        warning(
          ['limits', n],
          `${limit.name} and ${other.name} overlap, and neither holds the other: what fills them first decides, and a further entry may lower what counts`,
        ),
      ];
    }),
  );
  const circular = limits.flatMap(({ name, of, most }, n) => {
    if (most === undefined || !('of' in most) || most.of === 'target') return [];
    const base = kindsIn(book, most.of);
    const shared = [...kindsIn(book, of)].some((kind) => base.has(kind));
    if (!shared) return [];
    return [
      error(
        ['limits', n],
        `${name} is a share of entries that it limits itself: name the others alone`,
      ),
    ];
  });
  return [...crossing, ...circular];
}

/** Kinds that a selection can reach. Roles, levels, delivery and topics narrow within a kind, and are left out. */
function kindsIn(book: Rulebook, select: Select): Set<string> {
  const groups = groupsOf(book);
  const { kinds, categories, groups: of } = select;
  const wide: Select = {
    ...(kinds && { kinds }),
    ...(categories && { categories }),
    ...(of && { groups: of }),
  };
  const reached = book.kinds.filter(({ kind, category }) =>
    selects(wide, { kind, category, topics: [], attributes: {} }, groups),
  );
  return new Set(reached.map(({ kind }) => kind));
}

function isIn(small: ReadonlySet<string>, large: ReadonlySet<string>): boolean {
  return [...small].every((kind) => large.has(kind));
}

const width: Record<Per, number> = {
  entry: 0,
  work: 1,
  programme: 1,
  day: 1,
  month: 2,
  period: 3,
  cycle: 4,
};

/** Whether each place of `small` lies in one place of `large`. */
function holds(large: Per, small: Per): boolean {
  if (large === small || large === 'cycle' || small === 'entry') return true;
  const calendar = ['day', 'month', 'period'];
  return calendar.includes(large) && calendar.includes(small) && width[small] < width[large];
}
