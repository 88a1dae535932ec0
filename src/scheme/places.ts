import type { CivilDate } from './civil-date.ts';
import { entryOf, type Part } from './parts.ts';
import type { Rulebook } from './rulebook.ts';
import { type CycleSpan, periodsOf } from './rules/cycle.ts';
import type { Per } from './rules/limit.ts';

/** Where a rule counts: the key of a part within it. */
export type Places = (per: Per, part: Part) => string;

export function placesOf({ book, cycle }: { book: Rulebook; cycle: CycleSpan }): Places {
  const periods = periodsOf(book.cycle, cycle);
  return (per, part) => {
    switch (per) {
      case 'cycle':
        return '';
      case 'period':
        return periodOf(periods, part.day);
      case 'month':
        return part.day.slice(0, 7);
      case 'day':
        return part.day;
      case 'entry':
        return entryOf(part);
      case 'work':
        return part.workRef ?? entryOf(part);
      case 'programme':
        return part.programme ?? entryOf(part);
    }
  };
}

function periodOf(periods: readonly CycleSpan[], day: CivilDate): string {
  // What counts in a cycle though it was done before or after it belongs to the nearest period.
  const found = periods.findLast(({ from }) => from <= day) ?? periods[0];
  return found?.from ?? '';
}
