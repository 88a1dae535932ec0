import { lose, type Part, sum } from './parts.ts';
import type { Places } from './places.ts';
import { type Ratio, ratio, rounded, times } from './ratio.ts';
import { type Room, roomFor, take } from './room.ts';
import type { Limit } from './rules/limit.ts';
import { type Groups, selects } from './rules/select.ts';

/** How far a limit was used in one of the places where it counts. */
export interface LimitUse {
  name: string;
  /** Of which day, month, period or work; absent: of the cycle. */
  within?: string;
  /** Hundredths of a point, entries, or an amount in its measure. */
  most: number;
  used: number;
  unit: 'points' | 'entries' | 'amount';
}

export interface Filling {
  limits: readonly Limit[];
  /** Exact, in hundredths. */
  target: Ratio;
  groups: Groups;
  places: Places;
}

/**
 * Lets parts fill the limits, in the order given: of each counts what the narrowest of its limits has room for.
 * A share of what others count is known once these are counted, so what it limits comes after them.
 *
 * @param parts changed in place; what passes a limit and counts as of another category is added at the end
 */
export function fillLimits(parts: Part[], filling: Filling): LimitUse[] {
  const { limits, target } = filling;
  if (limits.length === 0) return [];
  const waiting = inTurn(limits.filter(isShareOfOthers), parts, filling);
  const turnOf = (part: Part): number =>
    waiting.findLastIndex(({ of }) => selects(of, part, filling.groups));
  const rooms = limits
    .filter((limit) => !isShareOfOthers(limit))
    .map((limit) => room(limit, target));
  const given = [...parts];
  const turns = waiting.length === 0 ? [] : given.map(turnOf);
  for (let turn = -1; turn < waiting.length; turn++) {
    const limit = waiting[turn];
    if (limit !== undefined) {
      const others = parts.filter((_, n) => (turns[n] ?? -1) < turn);
      rooms.push(room(limit, countedBy(limit, others, filling)));
    }
    given.forEach((part, n) => {
      if ((turns[n] ?? -1) === turn) fill(part, rooms, filling, parts);
    });
  }
  return [...rooms]
    .sort((a, b) => limits.indexOf(a.limit) - limits.indexOf(b.limit))
    .flatMap(usesOf);
}

function isShareOfOthers({ most }: Limit): boolean {
  return most !== undefined && 'share' in most && most.of !== 'target';
}

/** Shares of others so that each comes after those that limit what it is a share of. */
function inTurn(limits: readonly Limit[], parts: readonly Part[], { groups }: Filling): Limit[] {
  const left = [...limits];
  const turns: Limit[] = [];
  while (left.length > 0) {
    const free = left.findIndex((limit) => {
      const base = parts.filter((part) => selects(baseOf(limit), part, groups));
      return !left.some(
        (other) => other !== limit && base.some((part) => selects(other.of, part, groups)),
      );
    });
    turns.push(...left.splice(Math.max(0, free), 1));
  }
  return turns;
}

function baseOf({ most }: Limit) {
  return most !== undefined && 'of' in most && most.of !== 'target' ? most.of : {};
}

function countedBy(limit: Limit, parts: readonly Part[], { groups }: Filling): Ratio {
  const base = parts.filter((part) => selects(baseOf(limit), part, groups));
  return ratio(sum(base, 'counted'));
}

function room(limit: Limit, base: Ratio): Room {
  const { most, entries, amount } = limit;
  const points =
    most === undefined
      ? (entries ?? amount?.amount ?? 0)
      : 'points' in most
        ? most.points
        : Math.max(0, rounded(times(base, ratio(most.share.num, most.share.den)), 1, 'down'));
  return { limit, most: points, left: new Map(), taken: new Set() };
}

/** Counts of a part what the narrowest of its limits has room for. */
function fill(part: Part, rooms: readonly Room[], filling: Filling, all: Part[]): void {
  const { groups, places } = filling;
  const mine: { of: Room; key: string }[] = [];
  for (const of of rooms) {
    const { limit } = of;
    if (!selects(limit.of, part, groups) || part.past?.has(limit.name) === true) continue;
    mine.push({ of, key: places(limit.per, part) });
  }
  if (mine.length === 0) return;
  let more: Part | undefined;
  if (part.counted > 0) {
    let narrowest: { limit: Limit; left: number } | undefined;
    for (const { of, key } of mine) {
      const left = Math.max(0, roomFor(of, key, part));
      if (left < (narrowest?.left ?? part.counted)) narrowest = { limit: of.limit, left };
    }
    if (narrowest !== undefined) more = past(part, narrowest.limit, part.counted - narrowest.left);
  }
  for (const { of, key } of mine) take(of, key, part);
  if (more === undefined) return;
  all.push(more);
  fill(more, rooms, filling, all);
}

/** What passes a limit is lost, or becomes a part of another category. */
function past(part: Part, { name, instead }: Limit, points: number): Part | undefined {
  if (instead === undefined) {
    lose(part, name, points);
    return undefined;
  }
  const amount = part.points === 0 ? 0 : Math.floor((part.amount * points) / part.points);
  part.points -= points;
  part.counted -= points;
  part.amount -= amount;
  const before = new Set([...(part.past ?? []), name]);
  return { ...part, category: instead, points, amount, counted: points, losses: [], past: before };
}

function usesOf({ limit, most, left }: Room): LimitUse[] {
  const { entries, amount } = limit;
  const unit = entries !== undefined ? 'entries' : amount !== undefined ? 'amount' : 'points';
  const uses = left.size === 0 ? [['', most] as const] : [...left].sort();
  return uses.map(([within, rest]) => ({
    name: limit.name,
    ...(within === '' ? {} : { within }),
    most,
    used: most - rest,
    unit,
  }));
}
