import { type Part, portion } from './parts.ts';
import { kindRule, type PublishedRulebook } from './rulebook.ts';
import { earned } from './rules/kind.ts';

/**
 * Works out again what a version before this one awarded, in place, where the rulebook says that it re-rates. What
 * the approval awarded is kept beside it; a kind that the rulebook does not know stays as it was awarded.
 */
export function rerate(part: Part, { version, eventId, rulebook }: PublishedRulebook): void {
  const { line, measure, whole, place, under, again = false } = part;
  if (rulebook.rerates !== true || under === undefined || under.version >= version) return;
  if (line === undefined || measure === undefined) return;
  if (whole === undefined || place === undefined) return;
  const { kind, attributes, topics } = line;
  const rule = kindRule(rulebook, kind);
  if (rule === undefined || rule.measure !== measure) return;
  const quantity = { amount: whole.amount, unit: measure };
  const points = earned(rule, { quantity, attributes, topics, again });
  if (points === undefined) return;
  const here = portion(points, place);
  part.approved = part.points;
  part.category = rule.category;
  part.rule = rule;
  part.under = { version, eventId };
  part.whole = { ...whole, points };
  part.points = here;
  part.counted = here;
}
