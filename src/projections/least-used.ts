/** What was computed or read lately, by name: bounded by size, and the least lately used go first. */
export interface LeastUsed<V> {
  get(name: string): V | undefined;
  set(name: string, value: V): void;
}

/** The share of the room that is made at a time: to find a map's first, what was deleted before it is passed over. */
const LEAVING = 1 / 50;

/** @param most the sum of the sizes, in the unit of `sizeOf`; a value larger than that is not kept at all */
export function leastUsed<V>(most: number, sizeOf: (value: V) => number): LeastUsed<V> {
  const kept = new Map<string, V>();
  let size = 0;
  const drop = (name: string, value: V): void => {
    kept.delete(name);
    size -= sizeOf(value);
  };
  return {
    get(name) {
      const value = kept.get(name);
      if (value === undefined) return undefined;
      kept.delete(name);
      kept.set(name, value);
      return value;
    },
    set(name, value) {
      const before = kept.get(name);
      if (before !== undefined) drop(name, before);
      kept.set(name, value);
      size += sizeOf(value);
      if (size <= most) return;
      const rest = most - Math.floor(most * LEAVING);
      for (const [oldest, old] of kept) {
        if (size <= rest || (oldest === name && size <= most)) break;
        drop(oldest, old);
      }
    },
  };
}
