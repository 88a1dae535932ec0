import type { CivilDate } from '../scheme/civil-date.ts';
import { refuse } from './rejection.ts';

interface Interval {
  from: CivilDate;
  until?: CivilDate | undefined;
}

/** Refuses an interval that ends before it begins, or is empty. */
export function inOrder({ from, until }: Interval): void {
  if (until !== undefined && until <= from) {
    refuse('date-wrong', `until (${until}) must be after from (${from})`);
  }
}

/** Whether two half-open intervals share a day; one that ends as it begins has none. */
export function overlap(a: Interval, b: Interval): boolean {
  if (a.until === a.from || b.until === b.from) return false;
  return (a.until === undefined || b.from < a.until) && (b.until === undefined || a.from < b.until);
}
