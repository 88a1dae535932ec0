import type { Part } from './parts.ts';
import { type Ratio, ratio, times } from './ratio.ts';
import { type Earn, earnedBy, earnedExactlyBy, ratesFor } from './rules/kind.ts';

/** The rate that comes to what the whole line was awarded, if its kind has one. */
export function rateOf({ line, rule, measure, whole }: Part): Earn | undefined {
  if (line === undefined || rule === undefined || measure === undefined || whole === undefined) {
    return undefined;
  }
  const { attributes, topics } = line;
  const entry = { quantity: { amount: whole.amount, unit: measure }, attributes, topics };
  return ratesFor(rule, entry).find((rate) => earnedBy(rate, whole.amount) === whole.points);
}

/** What a part earns before it was rounded; what it was awarded, where no rate comes to that. */
export function exactOf(part: Part): Ratio {
  const { whole, amount, points } = part;
  const rate = rateOf(part);
  if (rate === undefined || whole === undefined) return ratio(points);
  return times(earnedExactlyBy(rate, whole.amount), ratio(amount, Math.max(1, whole.amount)));
}
