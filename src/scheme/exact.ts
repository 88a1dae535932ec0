import type { Part } from './parts.ts';
import { type Ratio, ratio, times } from './ratio.ts';
import { earned, earnedExactly } from './rules/kind.ts';

/** What a part earns before it was rounded; what it was awarded, where no rate comes to that. */
export function exactOf(part: Part): Ratio {
  const { account, rule, measure, whole } = part;
  if (account === undefined || rule === undefined || measure === undefined || whole === undefined) {
    return ratio(part.points);
  }
  const { attributes, topics } = account.line;
  for (const again of [false, true]) {
    const entry = { quantity: { amount: whole.amount, unit: measure }, attributes, topics, again };
    const exact = earnedExactly(rule, entry);
    if (exact === undefined || earned(rule, entry) !== whole.points) continue;
    return times(exact, ratio(part.amount, Math.max(1, whole.amount)));
  }
  return ratio(part.points);
}
