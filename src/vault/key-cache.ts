import type { DataKey } from '../events/sealing.ts';

/** Keys in memory, the least lately used going first. About 1 KB each. */
export interface KeyCache {
  get(kid: string): DataKey | undefined;
  put(key: DataKey): void;
  drop(kid: string): void;
}

const MOST = 10_000;

export function createKeyCache(): KeyCache {
  const keys = new Map<string, DataKey>();
  const put = (key: DataKey): void => {
    keys.delete(key.kid);
    keys.set(key.kid, key);
    if (keys.size > MOST) keys.delete(keys.keys().next().value as string);
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
