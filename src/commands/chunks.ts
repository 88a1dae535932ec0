import { limits } from '../limits.ts';

/** What a fact says beside its list: the rest of its data, and its metadata. */
const BESIDE = 8 * 1024;

/**
 * A list in runs, in order, that each fit in one fact: at most `most` items, and by the bytes of their JSON. An item
 * that is longer than a fact stands alone, and the store refuses it.
 */
export function inChunks<T>(items: readonly T[], most: number): T[][] {
  const chunks: T[][] = [];
  let left = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    const last = chunks.at(-1);
    if (last === undefined || last.length === most || bytes > left) {
      chunks.push([item]);
      left = limits.factBytes - BESIDE - bytes;
    } else {
      last.push(item);
      left -= bytes;
    }
  }
  return chunks;
}
