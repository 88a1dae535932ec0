import { isCivilDate } from '../scheme/civil-date.ts';
import { cycleOn } from '../scheme/governing.ts';
import { cycleAt } from '../scheme/rules/cycle.ts';
import { refuse } from './rejection.ts';
import type { Scheme } from './scheme-state.ts';

/**
 * Refuses what names no cycle: it would stand in the ledger and in no statement. A cycle is named by its year
 * (`2026`) where it is a calendar year, else by its first day (`2026-04-01`). Where cycles run from each member's
 * own day, any day may be the first.
 */
export function mustBeCycle({ rulebooks }: Scheme, cycle: string): void {
  const day = /^\d{4}$/.test(cycle) ? `${cycle}-01-01` : cycle;
  if (isCivilDate(day)) {
    const own = rulebooks.some(({ rulebook: { cycle: rule } }) => rule.starts !== 'fixed');
    if (own || rulebooks.length === 0) return;
    const cut = rulebooks.some(({ rulebook }) => cycleAt(rulebook.cycle, day, day).cycle === cycle);
    // Or the short one with which a version begins that cuts cycles anew.
    if (cut || cycleOn(rulebooks, day, day)?.span.cycle === cycle) return;
  }
  refuse(
    'cycle-wrong',
    `${cycle} is no cycle of this scheme: its year, as 2026, or its first day, as 2026-04-01, is expected`,
  );
}
