import { entryOf, type Part } from './parts.ts';
import type { Limit } from './rules/limit.ts';

/** A limit with the room that is left in each of its places. */
export interface Room {
  limit: Limit;
  most: number;
  left: Map<string, number>;
  /** Entries that take one of its places already. */
  taken: Set<string>;
}

/** How many hundredths of a part a limit has room for in one of its places. */
export function roomFor({ limit, most, left, taken }: Room, key: string, part: Part): number {
  const rest = left.get(key) ?? most;
  if (limit.entries !== undefined) {
    return taken.has(`${key} ${entryOf(part)}`) || rest > 0 ? part.counted : 0;
  }
  if (limit.amount === undefined) return rest;
  if (part.amount <= rest) return part.counted;
  return Math.floor((part.counted * rest) / part.amount);
}

/** Takes what counts of a part from the room. What takes points away gives room back. */
export function take({ limit, most, left, taken }: Room, key: string, part: Part): void {
  const rest = left.get(key) ?? most;
  if (limit.entries !== undefined) {
    const entry = `${key} ${entryOf(part)}`;
    if (part.counted <= 0 || taken.has(entry)) return;
    taken.add(entry);
    left.set(key, rest - 1);
    return;
  }
  const amount = part.points > 0 ? Math.ceil((part.amount * part.counted) / part.points) : 0;
  left.set(key, rest - (limit.amount === undefined ? part.counted : Math.min(rest, amount)));
}
