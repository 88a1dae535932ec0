import { type Bar, bars } from './barred.ts';
import type { Part } from './parts.ts';
import type { PublishedRulebook } from './rulebook.ts';

/** Why so many hundredths do not count: a rule by name, number and version, and what it says. */
export interface StatedLoss {
  rule: string;
  /** The rule's place among those of its kind in the rulebook, from 1; absent of what is no rule of its own. */
  number?: number;
  version: number;
  says: string;
  points: number;
}

const barSays: Record<Bar, string> = {
  'under-review': 'it is under review, and does not count meanwhile',
  'awaiting-review': 'it counts once a review has upheld it',
  'before-joining': 'it was done before joining the scheme',
  'while-away': 'it was done while the membership had ended',
  'on-relief': 'it was done while on a relief during which nothing counts',
  'recorded-late': 'it was handed in after the last day for it',
  'evidence-missing': 'this kind needs evidence, and none is attached',
  'reflection-missing': 'this kind needs a reflection, and there is none on the entry',
  'counted-elsewhere': 'another scheme of the member counts the same work',
};

/** The losses of a line's parts, one for each rule. */
export function reasonOf(
  parts: readonly Part[],
  { version, rulebook }: PublishedRulebook,
): StatedLoss[] {
  const sums = new Map<string, number>();
  for (const { losses } of parts) {
    for (const { rule, points } of losses) sums.set(rule, (sums.get(rule) ?? 0) + points);
  }
  return [...sums].map(([rule, points]) => ({ rule, version, points, ...said(rule, rulebook) }));
}

function said(
  rule: string,
  book: PublishedRulebook['rulebook'],
): { says: string; number?: number } {
  const isBar = (bars as readonly string[]).includes(rule);
  if (isBar) return { says: barSays[rule as Bar] };
  for (const list of [book.limits, book.floors, book.steps]) {
    const place = list?.findIndex(({ name }) => name === rule) ?? -1;
    if (place >= 0) return { number: place + 1, says: list?.[place]?.says ?? `rule ${rule}` };
  }
  if (rule === 'grace')
    return { says: 'it made good, in the time of grace, what the cycle before was short of' };
  return { says: book.shortfall?.says ?? 'it was spent on what the cycle before was short of' };
}
