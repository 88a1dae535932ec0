import { addMonths, type CivilDate } from './civil-date.ts';
import type { CycleAccount } from './cycles.ts';
import { outcomeOf } from './outcome.ts';

/** How many cycles of a member ended short within the months that the rulebook looks back, and what that leads to. */
export interface BreachStanding {
  cycles: string[];
  /** The step reached; the last of them from then on. */
  step: string;
}

/** Breaches by the end of the last of these cycles; undefined where there are none, or the rulebook counts none. */
export function breachesOf(
  accounts: readonly CycleAccount[],
  on: CivilDate,
): BreachStanding | undefined {
  const last = accounts.at(-1);
  const rule = last?.book.rulebook.breaches;
  if (last === undefined || rule === undefined) return undefined;
  const since = addMonths(last.span.until, -rule.months);
  const short = accounts.filter(
    (account) => account.span.until > since && outcomeOf(account, on) === 'short',
  );
  const step = rule.steps[Math.min(short.length, rule.steps.length) - 1];
  return step === undefined ? undefined : { cycles: short.map(({ span }) => span.cycle), step };
}
