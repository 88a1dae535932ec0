import type { DataKey } from '../events/sealing.ts';

/** Keys in memory, the least lately used going first. About 1 KB each. */
export interface KeyCache {
  get(kid: string): DataKey | undefined;
  put(key: DataKey): void;
  drop(kid: string): void;
}

const MOST = 10_000;
/** So many go at a time: to find the first of a map, what was deleted before it is passed over each time. */
const LEAVING = 200;

export function createKeyCache(): KeyCache {
  const keys = new Map<string, DataKey>();
  const put = (key: DataKey): void => {
    keys.delete(key.kid);
    keys.set(key.kid, key);
    if (keys.size <= MOST) return;
    for (const kid of keys.keys()) {
      if (keys.size <= MOST - LEAVING) break;
      keys.delete(kid);
    }
  };
  return {
    get(kid) {
      const key = keys.get(kid);
      if (key !== undefined) put(key);
      return key;
    },
    put,
    drop: (kid) => void keys.delete(kid),
  };
}
