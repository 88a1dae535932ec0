import { isCivilDate } from '../scheme/civil-date.ts';
import { refuse } from './rejection.ts';
import type { Scheme } from './scheme-state.ts';

/**
 * Refuses what names no cycle: it would stand in the ledger and in no statement. A cycle is named by its year
 * (`2026`) or by its first day (`2026-04-01`); in a scheme whose cycles are calendar years, by its year alone.
 */
export function mustBeCycle({ rulebooks }: Scheme, cycle: string): void {
  const years =
    rulebooks.length > 0 && rulebooks.every(({ rulebook }) => rulebook.cycle === 'calendar-year');
  if (isCivilDate(`${cycle}-01-01`) || (!years && isCivilDate(cycle))) return;
  const expected = years ? 'a year, as 2026' : 'a year, as 2026, or its first day, as 2026-04-01';
  refuse('cycle-wrong', `${cycle} is no cycle of this scheme: ${expected}, is expected`);
}
