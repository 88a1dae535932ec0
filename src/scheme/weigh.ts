import { applyLimits, type LimitUse } from './filling.ts';
import { lose, type Part, sum } from './parts.ts';
import { type Places, placesOf } from './places.ts';
import type { Ratio } from './ratio.ts';
import { groupsOf, type Rulebook } from './rulebook.ts';
import type { CycleSpan } from './rules/cycle.ts';
import type { Floor, Per, Step } from './rules/limit.ts';
import { type Groups, type Select, selects } from './rules/select.ts';

/** What the rules of counting need besides the parts. */
export interface Weighing {
  book: Rulebook;
  cycle: CycleSpan;
  /** Exact, in hundredths. */
  target: Ratio;
  /** What the cycle before was short of, and is filled first; in hundredths. */
  shortfall: number;
}

/**
 * Decides what of each part counts, in place: counted + losses = points for every part, and each hundredth that
 * does not count has one reason. Parts that lost something before (late, under review) come with that loss.
 *
 * Floors first, then steps, then what is spent on an earlier shortfall, then limits.
 */
export function weigh(parts: readonly Part[], weighing: Weighing): LimitUse[] {
  const { book } = weighing;
  const groups = groupsOf(book);
  const places = placesOf(weighing);
  for (const floor of book.floors ?? []) applyFloor(floor, parts, groups, places);
  const ordered = inOrder(parts, book);
  for (const step of book.steps ?? []) applyStep(step, ordered, groups, places);
  spend(ordered, weighing);
  return applyLimits(ordered, groups, places, weighing);
}

/** Earlier days first, then earlier claims; where the rulebook says `best`, what is worth most first. */
function inOrder(parts: readonly Part[], { fills }: Rulebook): Part[] {
  const byDate = (a: Part, b: Part): number =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : a.index - b.index;
  const order = (a: Part, b: Part): number =>
    fills === 'best' ? b.counted - a.counted || byDate(a, b) : byDate(a, b);
  return [...parts].sort(order);
}

function applyFloor(floor: Floor, parts: readonly Part[], groups: Groups, places: Places): void {
  for (const together of grouped(floor, parts, groups, places).values()) {
    const [points, amount] = [sum(together, 'counted'), sum(together, 'amount')];
    const reached =
      floor.points === undefined ? amount >= (floor.amount?.amount ?? 0) : points >= floor.points;
    if (!reached) for (const part of together) lose(part, floor.name, part.counted);
  }
}

function applyStep(step: Step, parts: readonly Part[], groups: Groups, places: Places): void {
  for (const together of grouped(step, parts, groups, places).values()) {
    let rest = step.to === 0 ? 0 : sum(together, 'counted') % step.to;
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

/** New entries fill an earlier shortfall first, and are spent on it. */
function spend(parts: readonly Part[], { book, shortfall }: Weighing): void {
  let open = shortfall;
  for (const part of parts) {
    const taken = Math.min(open, part.counted);
    lose(part, book.shortfall?.name ?? 'shortfall', taken);
    open -= Math.max(0, taken);
  }
}
