import type { Load } from './define.ts';

/**
 * Every id of the human who has this one: the id under which they go on, and all that it absorbed, at any
 * remove. "Own" is compared across them (contract, 1).
 */
export async function idsOfHuman(load: Load, person: string): Promise<Set<string>> {
  const ids = new Set<string>();
  const known = [person];
  for (let id = known.pop(); id !== undefined; id = known.pop()) {
    if (ids.has(id)) continue;
    ids.add(id);
    const { absorbed, mergedInto } = (await load('member', id)).erasure;
    known.push(...absorbed, ...(mergedInto === undefined ? [] : [mergedInto]));
  }
  return ids;
}
