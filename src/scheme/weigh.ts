import type { CivilDate } from './civil-date.ts';
import type { Part } from './parts.ts';
import { type Ratio, ratio, rounded, times } from './ratio.ts';
import { groupsOf, type Rulebook } from './rulebook.ts';
import { type CycleSpan, periodsOf } from './rules/cycle.ts';
import type { Floor, Limit, Per, Step } from './rules/limit.ts';
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

/** How far a limit was used in one of the places where it counts. */
export interface LimitUse {
  name: string;
  /** Of which day, month, period or work; absent: of the cycle. */
  within?: string;
  /** Hundredths, or entries. */
  most: number;
  used: number;
  unit: 'points' | 'entries';
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

/** Takes so much from what counts of a part, for one reason. */
export function lose(part: Part, rule: string, points: number): void {
  if (points <= 0) return;
  part.counted -= points;
  part.losses.push({ rule, points });
}

/** Earlier days first, then earlier claims; where the rulebook says `best`, what is worth most first. */
function inOrder(parts: readonly Part[], { fills }: Rulebook): Part[] {
  const byDate = (a: Part, b: Part): number =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : a.index - b.index;
  const order = (a: Part, b: Part): number =>
    fills === 'best' ? b.counted - a.counted || byDate(a, b) : byDate(a, b);
  return [...parts].sort(order);
}

/** Where a rule counts: the key of a part within it. */
type Places = (per: Per, part: Part) => string;

function placesOf({ book, cycle }: Weighing): Places {
  const periods = periodsOf(book.cycle, cycle);
  return (per, part) => {
    switch (per) {
      case 'cycle':
        return '';
      case 'period':
        return periodOf(periods, part.day);
      case 'month':
        return part.day.slice(0, 7);
      case 'day':
        return part.day;
      case 'entry':
        return entryOf(part);
      case 'work':
        return part.workRef ?? entryOf(part);
      case 'programme':
        return part.programme ?? entryOf(part);
    }
  };
}

function periodOf(periods: readonly CycleSpan[], day: CivilDate): string {
  // What counts in a cycle though it was done before or after it belongs to the nearest period.
  const found = periods.findLast(({ from }) => from <= day) ?? periods[0];
  return found?.from ?? '';
}

export function entryOf({ account, event }: Part): string {
  return account?.line.lineId ?? event;
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

/** A limit with the room that is left in each of its places. */
interface Room {
  limit: Limit;
  most: number;
  left: Map<string, number>;
  /** Entries that take one of its places already. */
  taken: Set<string>;
}

function applyLimits(
  parts: readonly Part[],
  groups: Groups,
  places: Places,
  { book, target }: Weighing,
): LimitUse[] {
  const limits = book.limits ?? [];
  const onOthers = limits.filter(isShareOfOthers);
  const late = (part: Part): boolean => onOthers.some(({ of }) => selects(of, part, groups));
  const rooms = limits
    .filter((limit) => !isShareOfOthers(limit))
    .map((limit) => room(limit, target));
  // A share of what others count can be taken once they are counted.
  for (const part of parts) if (!late(part)) fill(part, rooms, groups, places);
  for (const limit of onOthers) rooms.push(room(limit, countedBy(limit, parts, groups, late)));
  rooms.sort((a, b) => limits.indexOf(a.limit) - limits.indexOf(b.limit));
  for (const part of parts) if (late(part)) fill(part, rooms, groups, places);
  return rooms.flatMap(usesOf);
}

function isShareOfOthers({ most }: Limit): boolean {
  return most !== undefined && 'share' in most && most.of !== 'target';
}

function countedBy(
  { most }: Limit,
  parts: readonly Part[],
  groups: Groups,
  late: (part: Part) => boolean,
) {
  const of = most !== undefined && 'of' in most && most.of !== 'target' ? most.of : {};
  return ratio(
    sum(
      parts.filter((part) => !late(part) && selects(of, part, groups)),
      'counted',
    ),
  );
}

function room(limit: Limit, base: Ratio): Room {
  const { most, entries } = limit;
  const points =
    most === undefined
      ? (entries ?? 0)
      : 'points' in most
        ? most.points
        : Math.max(0, rounded(times(base, ratio(most.share.num, most.share.den)), 1, 'down'));
  return { limit, most: points, left: new Map(), taken: new Set() };
}

/** Counts of a part what the narrowest of its limits has room for. */
function fill(part: Part, rooms: readonly Room[], groups: Groups, places: Places): void {
  const mine = rooms
    .filter(({ limit }) => selects(limit.of, part, groups))
    .map((of) => ({ of, key: places(of.limit.per, part) }));
  if (part.counted > 0) {
    let narrowest: { name: string; left: number } | undefined;
    for (const { of, key } of mine) {
      const left = Math.max(0, roomFor(of, key, part));
      if (left < (narrowest?.left ?? part.counted)) narrowest = { name: of.limit.name, left };
    }
    if (narrowest !== undefined) lose(part, narrowest.name, part.counted - narrowest.left);
  }
  for (const { of, key } of mine) take(of, key, part);
}

function roomFor({ limit, most, left, taken }: Room, key: string, part: Part): number {
  if (limit.entries === undefined) return left.get(key) ?? most;
  if (taken.has(`${key} ${entryOf(part)}`)) return part.counted;
  return (left.get(key) ?? most) > 0 ? part.counted : 0;
}

function take({ limit, most, left, taken }: Room, key: string, part: Part): void {
  if (limit.entries === undefined) {
    // What takes points away gives room back.
    left.set(key, (left.get(key) ?? most) - part.counted);
    return;
  }
  const entry = `${key} ${entryOf(part)}`;
  if (part.counted <= 0 || taken.has(entry)) return;
  taken.add(entry);
  left.set(key, (left.get(key) ?? most) - 1);
}

function usesOf({ limit, most, left }: Room): LimitUse[] {
  const unit = limit.entries === undefined ? 'points' : 'entries';
  const uses = left.size === 0 ? [['', most] as const] : [...left].sort();
  return uses.map(([within, rest]) => ({
    name: limit.name,
    ...(within === '' ? {} : { within }),
    most,
    used: most - rest,
    unit,
  }));
}

export function sum(parts: readonly Part[], of: 'points' | 'counted' | 'amount'): number {
  return parts.reduce((total, part) => total + part[of], 0);
}
