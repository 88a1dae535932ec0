import { type CivilDate, isCivilDate } from '../scheme/civil-date.ts';
import { cyclesBeginning } from '../scheme/cycle-names.ts';
import { cycleAt } from '../scheme/rules/cycle.ts';
import { refuse } from './rejection.ts';
import type { Scheme } from './scheme-state.ts';

/**
 * The name of the cycle that is meant, as statements have it: the year (`2026`) of a calendar year, else the first day
 * (`2026-04-01`). Meant by its year is the only one that begins in it. Where cycles run from each member's own day,
 * any day may be the first. What names no cycle is refused: it would stand in the ledger and in no statement.
 *
 * @param anchor the member's own day
 */
export function cycleMeant(
  { rulebooks }: Scheme,
  cycle: string,
  anchor: CivilDate | undefined,
): string {
  const day = /^\d{4}$/.test(cycle) ? `${cycle}-01-01` : cycle;
  if (isCivilDate(day)) {
    if (rulebooks.length === 0) return cycle;
    const begin = cyclesBeginning(rulebooks, anchor ?? day, cycle);
    const [only, another] = begin;
    if (only !== undefined && another === undefined) return only;
    if (another !== undefined) {
      refuse('cycle-wrong', `${begin.join(' and ')} begin in ${cycle}: one of them is expected`);
    }
    const own = rulebooks.some(({ rulebook: { cycle: rule } }) => rule.starts !== 'fixed');
    const cut = rulebooks.some(({ rulebook }) => cycleAt(rulebook.cycle, day, day).cycle === cycle);
    if (own || cut) return cycle;
  }
  refuse(
    'cycle-wrong',
    `${cycle} is no cycle of this scheme: the year in which it begins, as 2026, or its first day, as 2026-04-01, is expected`,
  );
}
