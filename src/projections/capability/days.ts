import type { CivilDate } from '../../scheme/civil-date.ts';

/**
 * A day as rows of capability hold it: 2026-01-31 is 20260131. Four bytes where the text has eleven, in tables of
 * millions of rows, in the same order, and still to be read.
 */
export type DayNumber = number;

/** After every day: what has no end ends here. */
export const NEVER: DayNumber = 99_999_999;

export function dayNumber(day: CivilDate): DayNumber {
  return Number(day.slice(0, 4)) * 10_000 + Number(day.slice(5, 7)) * 100 + Number(day.slice(8));
}

export function dayText(number: DayNumber): CivilDate {
  const digits = String(number).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** The same where there may be no day. */
export function dayOrNull(day: CivilDate | undefined): DayNumber | null {
  return day === undefined ? null : dayNumber(day);
}
