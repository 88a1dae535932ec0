/** What was computed or read lately, by name: bounded by size, and the least lately used go first. */
export interface LeastUsed<V> {
  get(name: string): V | undefined;
  set(name: string, value: V): void;
}

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
      for (const [oldest, old] of kept) {
        if (size <= most) break;
        drop(oldest, old);
      }
    },
  };
}
