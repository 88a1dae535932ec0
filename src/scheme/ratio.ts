/** An exact fraction. A third of 20 is a third of 20: it is rounded where the rulebook rounds, and nowhere else. */
export interface Ratio {
  readonly num: bigint;
  /** Above zero. */
  readonly den: bigint;
}

export function ratio(num: number, den = 1): Ratio {
  return { num: BigInt(num), den: BigInt(den) };
}

export function plus(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

export function minus(a: Ratio, b: Ratio): Ratio {
  return plus(a, { num: -b.num, den: b.den });
}

export function times(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** Below zero, zero or above, as `a` is less than, equal to or more than `b`. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const directions = ['down', 'up', 'nearest'] as const;
export type Direction = (typeof directions)[number];

/** The multiple of `to` at or next to a fraction; of two equally near the larger. */
export function rounded(value: Ratio, to: number, direction: Direction): number {
  const step = BigInt(to);
  const den = value.den * step;
  switch (direction) {
    case 'down':
      return Number(floorDiv(value.num, den) * step);
    case 'up':
      return Number(-floorDiv(-value.num, den) * step);
    case 'nearest':
      return Number(floorDiv(2n * value.num + den, 2n * den) * step);
  }
}

function floorDiv(num: bigint, den: bigint): bigint {
  const whole = num / den;
  return num % den !== 0n && num < 0n !== den < 0n ? whole - 1n : whole;
}
