import { entryOf, lose, type Part, sum } from './parts.ts';
import type { Places } from './places.ts';
import { type Ratio, ratio, rounded, times } from './ratio.ts';
import type { Rulebook } from './rulebook.ts';
import type { Limit } from './rules/limit.ts';
import { type Groups, selects } from './rules/select.ts';

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

/** A limit with the room that is left in each of its places. */
interface Room {
  limit: Limit;
  most: number;
  left: Map<string, number>;
  /** Entries that take one of its places already. */
  taken: Set<string>;
}

export function applyLimits(
  parts: readonly Part[],
  groups: Groups,
  places: Places,
  { book, target }: { book: Rulebook; target: Ratio },
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
