/** Ids seen so far, as 52 bits of each: one that was there is very likely a repeat, and the caller makes sure. */
export interface Seen {
  /** Whether an id with these bits was added before. Adds it. */
  add(uuid: string): boolean;
}

const FIRST_SIZE = 1 << 16;

/** Open addressing over 8 bytes an id, at most two thirds full: a million ids in 16 MB. */
export function openSeen(): Seen {
  let slots = new Float64Array(FIRST_SIZE);
  let count = 0;
  const put = (key: number): boolean => {
    let at = key % slots.length;
    for (;;) {
      const there = slots[at];
      if (there === key) return true;
      if (there === 0) break;
      at = at + 1 === slots.length ? 0 : at + 1;
    }
    slots[at] = key;
    count += 1;
    return false;
  };
  return {
    add(uuid) {
      if (count * 3 >= slots.length * 2) {
        const before = slots;
        slots = new Float64Array(before.length * 2);
        count = 0;
        for (const key of before) if (key !== 0) put(key);
      }
      return put(bitsOf(uuid));
    },
  };
}

/** The first 48 bits and the last 4: of a UUIDv5 they are as good as random. Never 0, which is an empty slot. */
function bitsOf(uuid: string): number {
  const hex = uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(-1);
  return Number.parseInt(hex, 16) + 1;
}
