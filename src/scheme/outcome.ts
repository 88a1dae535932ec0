import { addMonths, type CivilDate } from './civil-date.ts';
import type { CycleAccount } from './cycles.ts';

export const outcomes = ['met', 'short', 'in-grace', 'exempt', 'paused', 'not-yet-due'] as const;
export type Outcome = (typeof outcomes)[number];

/** What a cycle has come to on a day. */
export function outcomeOf(account: CycleAccount, on: CivilDate): Outcome {
  const { target, book, span, recordBy, joined } = account;
  if (target === undefined || target.exempt) return 'exempt';
  if (target.suspended) return 'paused';
  if (isMet(account)) return 'met';
  const { graceMonths, starts } = book.rulebook.cycle;
  // A window that rolls is always over, once a member has been there for the whole of it.
  if (starts === 'rolling') return joined <= span.from ? 'short' : 'not-yet-due';
  if (on < span.until || (recordBy !== undefined && on <= recordBy)) return 'not-yet-due';
  if (graceMonths !== undefined && on < addMonths(span.until, graceMonths)) return 'in-grace';
  return 'short';
}

/**
 * The target and every binding requirement; or, where the rulebook names routes, any one of these and the binding
 * requirements that none of them names.
 */
export function isMet({ needed, madeGood, requirements, book }: CycleAccount): boolean {
  const { routes } = book.rulebook;
  const reached = needed <= madeGood;
  const meets = (names?: ReadonlySet<string>, others?: ReadonlySet<string>): boolean =>
    requirements.every(({ name, met, advisory, due }) => {
      if (met || !due || names?.has(name) === true) return met || !due;
      return advisory || (others?.has(name) ?? false);
    });
  if (routes === undefined) return reached && meets();
  const named = new Set(routes.flatMap((route) => route.requirements));
  return routes.some(
    (route) => (!route.target || reached) && meets(new Set(route.requirements), named),
  );
}
