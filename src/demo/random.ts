/** Chance that is the same for the same seed: what the demo is made with. Never for keys. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the entries, as often as its weight says. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T;
  shuffled<T>(list: readonly T[]): T[];
  /** Another source, of this seed and a label alone: what is drawn elsewhere does not move it. */
  of(label: string): Random;
}

/** A source of chance (mulberry32) from a text. */
export function randomOf(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number): number =>
    least + Math.floor(next() * (most - least + 1));
  const random: Random = {
    next,
    int,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[int(0, list.length - 1)] as T;
    },
    weighted<T>(entries: readonly (readonly [T, number])[]): T {
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of entries) {
        left -= weight;
        if (left < 0) return value;
      }
      return random.pick(entries)[0];
    },
    shuffled<T>(list: readonly T[]): T[] {
      const out = [...list];
      for (let last = out.length - 1; last > 0; last--) {
        const other = int(0, last);
        [out[last], out[other]] = [out[other] as T, out[last] as T];
      }
      return out;
    },
    of: (label) => randomOf(`${seed}/${label}`),
  };
  return random;
}

/** FNV-1a over UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
