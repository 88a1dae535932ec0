import type { Rule } from './table.ts';

/**
 * Into how many parts of which size a whole falls that everybody knows (how many councils of a region meet something),
 * each to a multiple of the step: down, and up those that lose most otherwise, so that they come to the whole rounded
 * down.
 *
 * Promise: whoever knows the whole, all that is given out of it and the method can narrow no part to fewer than
 * `smallest + 1` counts in a row, or than what the whole leaves; so neither that none nor that all are in a part.
 * What is given out of one whole tells nothing of another, and sums over several tell no more than the parts do.
 */
export function aboutParts(counts: readonly number[], rule: Rule): number[] {
  const step = stepOf(rule);
  const rests = counts.map((count) => count % step);
  const ups = Math.floor(rests.reduce((sum, rest) => sum + rest, 0) / step);
  const order = rests.map((_, at) => at).sort((a, b) => (rests[b] ?? 0) - (rests[a] ?? 0) || a - b);
  const up = new Set(order.slice(0, ups));
  return counts.map((count, at) => count - (count % step) + (up.has(at) ? step : 0));
}

/** What parts are rounded to. A part may lie half a step off either way, so a step is more than twice the smallest. */
export function stepOf({ smallest, base }: Rule): number {
  return Math.ceil((2 * smallest + 1) / base) * base;
}
