import { addMonths, type CivilDate } from './civil-date.ts';
import type { CycleAccount } from './cycles.ts';

export const outcomes = ['met', 'short', 'in-grace', 'exempt', 'paused', 'not-yet-due'] as const;
export type Outcome = (typeof outcomes)[number];

/** What a cycle has come to on a day. */
export function outcomeOf(account: CycleAccount, on: CivilDate): Outcome {
  const { target, book, span, recordBy } = account;
  if (target === undefined || target.exempt) return 'exempt';
  if (target.suspended) return 'paused';
  if (isMet(account)) return 'met';
  if (on < span.until || (recordBy !== undefined && on <= recordBy)) return 'not-yet-due';
  const { graceMonths } = book.rulebook.cycle;
  if (graceMonths !== undefined && on < addMonths(span.until, graceMonths)) return 'in-grace';
  return 'short';
}

/** The target and every binding requirement; or, where the rulebook names routes, any one of these. */
export function isMet({ needed, requirements, book }: CycleAccount): boolean {
  const { routes } = book.rulebook;
  if (routes === undefined) {
    return needed === 0 && requirements.every(({ met, advisory }) => met || advisory);
  }
  return routes.some(
    (route) =>
      (!route.target || needed === 0) &&
      requirements.every(({ name, met }) => met || !route.requirements.includes(name)),
  );
}
