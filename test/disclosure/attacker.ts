/** Something known of unknown whole numbers from 0 up: the sum of some of them lies between two bounds. */
export interface Known {
  readonly of: readonly number[];
  readonly least: number;
  readonly most: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The least and the most that the sum of some unknowns can be in any world of whole numbers in which all that is
 * known is true: exact, by narrowing bounds and, where that does not decide, trying halves.
 */
export function spanOf(unknowns: number, known: readonly Known[], of: readonly number[]): Span {
  const bounds = narrowed(free(unknowns), known);
  if (bounds === undefined) throw new Error('what is known cannot all be true');
  const same = known.filter((fact) => fact.of.join() === of.join());
  const low = of.reduce((sum, at) => sum + (bounds.least[at] ?? 0), 0);
  const high = of.reduce((sum, at) => sum + (bounds.most[at] ?? 0), 0);
  let from = Math.max(low, ...same.map(({ least }) => least));
  let to = Math.min(high, ...same.map(({ most }) => most));
  const can = (value: number) => possible(bounds, [...known, { of, least: value, most: value }]);
  while (!can(from)) from += 1;
  while (!can(to)) to -= 1;
  return { from, to };
}

interface Bounds {
  readonly least: number[];
  readonly most: number[];
}

const MOST = 200;

function free(unknowns: number): Bounds {
  return { least: Array(unknowns).fill(0), most: Array(unknowns).fill(MOST) };
}

function possible(bounds: Bounds, known: readonly Known[]): boolean {
  const narrow = narrowed(bounds, known);
  if (narrow === undefined) return false;
  const widths = narrow.most.map((most, at) => most - (narrow.least[at] ?? 0));
  const open = widths.filter((width) => width > 0);
  if (open.length === 0) return true;
  const at = widths.indexOf(Math.min(...open));
  const half = Math.floor(((narrow.least[at] ?? 0) + (narrow.most[at] ?? 0)) / 2);
  const below = { ...narrow, most: narrow.most.with(at, half) };
  const above = { ...narrow, least: narrow.least.with(at, half + 1) };
  return possible(below, known) || possible(above, known);
}

/** Bounds from which nothing more follows by one thing known at a time; nothing: there is a contradiction. */
function narrowed(bounds: Bounds, known: readonly Known[]): Bounds | undefined {
  const least = [...bounds.least];
  const most = [...bounds.most];
  for (let changed = true; changed; ) {
    changed = false;
    for (const fact of known) {
      const low = fact.of.reduce((sum, at) => sum + (least[at] ?? 0), 0);
      const high = fact.of.reduce((sum, at) => sum + (most[at] ?? 0), 0);
      if (low > fact.most || high < fact.least) return undefined;
      for (const at of fact.of) {
        const from = Math.max(least[at] ?? 0, fact.least - (high - (most[at] ?? 0)));
        const to = Math.min(most[at] ?? 0, fact.most - (low - (least[at] ?? 0)));
        if (from > to) return undefined;
        if (from === least[at] && to === most[at]) continue;
        least[at] = from;
        most[at] = to;
        changed = true;
        break;
      }
    }
  }
  return { least, most };
}
