import type { CivilDate } from './civil-date.ts';
import { exactOf } from './exact.ts';
import { fillLimits, type LimitUse } from './filling.ts';
import { copyOf, lose, type Part, sum } from './parts.ts';
import { type Places, placesOf } from './places.ts';
import { plus, type Ratio, ratio, rounded } from './ratio.ts';
import { groupsOf, type Rulebook } from './rulebook.ts';
import type { CycleSpan } from './rules/cycle.ts';
import type { Floor, Per, Step } from './rules/limit.ts';
import { type Groups, type Select, selects } from './rules/select.ts';

/** What an earlier cycle was short of: new entries fill it first, and are spent on it. */
export interface Owed {
  name: string;
  points: number;
  /** Only by what is done before this day. */
  before?: CivilDate;
}

/** What the rules of counting need besides the parts. */
export interface Weighing {
  book: Rulebook;
  cycle: CycleSpan;
  /** Exact, in hundredths. */
  target: Ratio;
  owed: readonly Owed[];
}

/** In which order entries fill limits: by day, then as claimed; or what is worth most, or least limited, first. */
export const orders = ['by-date', 'by-worth', 'least-limited'] as const;
export type Order = (typeof orders)[number];

export interface Weighed {
  parts: Part[];
  limits: LimitUse[];
  order: Order;
  /** How much of each debt was filled, in the order of `owed`. */
  filled: number[];
}

/**
 * Decides what of each part counts: counted + losses = points for every part, and each hundredth that does not
 * count has one reason. Parts that lost something before (late, under review) come with that loss, and stay as
 * they are: what is weighed is returned.
 *
 * Floors first, then steps, then what is spent on an earlier cycle, then limits.
 */
export function weigh(parts: readonly Part[], weighing: Weighing): Weighed {
  if (weighing.book.fills !== 'best') return inOrder(parts, weighing, 'by-date');
  const tried = orders.map((order) => inOrder(parts, weighing, order));
  return tried.reduce((best, next) =>
    sum(next.parts, 'counted') > sum(best.parts, 'counted') ? next : best,
  );
}

function inOrder(given: readonly Part[], weighing: Weighing, order: Order): Weighed {
  const { book, target } = weighing;
  const groups = groupsOf(book);
  const places = placesOf(weighing);
  const parts = given.map(copyOf);
  for (const floor of book.floors ?? []) applyFloor(floor, parts, groups, places);
  parts.sort(comparing(order, book, groups));
  for (const step of book.steps ?? []) applyStep(step, parts, groups, places);
  const filled = weighing.owed.map((owed) => spend(parts, owed));
  const limits = fillLimits(parts, { limits: book.limits ?? [], target, groups, places });
  return { parts, limits, order, filled };
}

function comparing(order: Order, { limits = [] }: Rulebook, groups: Groups) {
  const byDate = (a: Part, b: Part): number =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : a.index - b.index;
  const byWorth = (a: Part, b: Part): number => b.counted - a.counted || byDate(a, b);
  switch (order) {
    case 'by-date':
      return byDate;
    case 'by-worth':
      return byWorth;
    case 'least-limited': {
      const limited = (part: Part): number =>
        limits.filter(({ of }) => selects(of, part, groups)).length;
      return (a: Part, b: Part): number => limited(a) - limited(b) || byWorth(a, b);
    }
  }
}

function applyFloor(floor: Floor, parts: readonly Part[], groups: Groups, places: Places): void {
  for (const together of grouped(floor, parts, groups, places).values()) {
    const reached =
      floor.points === undefined
        ? sum(together, 'amount') >= (floor.amount?.amount ?? 0)
        : sum(together, 'counted') >= floor.points;
    if (!reached) for (const part of together) lose(part, floor.name, part.counted);
  }
}

function applyStep(step: Step, parts: readonly Part[], groups: Groups, places: Places): void {
  if (step.to === 0) return;
  for (const together of grouped(step, parts, groups, places).values()) {
    const exact = together.reduce((all, part) => plus(all, exactOf(part)), ratio(0));
    let rest = sum(together, 'counted') - rounded(exact, step.to, step.direction ?? 'down');
    for (const part of together.toReversed()) {
      const taken = Math.min(rest, part.counted);
      lose(part, step.name, taken);
      rest -= Math.max(0, taken);
    }
  }
}

function grouped(
  { of, per }: { of: Select; per: Per },
  parts: readonly Part[],
  groups: Groups,
  places: Places,
): Map<string, Part[]> {
  const found = new Map<string, Part[]>();
  for (const part of parts) {
    if (part.counted <= 0 || !selects(of, part, groups)) continue;
    const key = places(per, part);
    const together = found.get(key);
    if (together === undefined) found.set(key, [part]);
    else together.push(part);
  }
  return found;
}

/** @returns how much of what is owed these fill */
function spend(parts: readonly Part[], { name, points, before }: Owed): number {
  let open = points;
  for (const part of parts) {
    if (before !== undefined && part.day >= before) continue;
    const taken = Math.min(open, part.counted);
    lose(part, name, taken);
    open -= Math.max(0, taken);
  }
  return points - open;
}
