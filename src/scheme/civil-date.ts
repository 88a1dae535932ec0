/** A civil date, `YYYY-MM-DD`: a day on the calendar of the ledger's zone, without a time. */
export type CivilDate = string;

const PATTERN = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whether a text is a day that exists in the Gregorian calendar. */
export function isCivilDate(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  const day = Number(text.slice(8));
  return day <= 28 || day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The day `days` after a day (before it, where negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  const day = Number(date.slice(8)) + days;
  // Without Date, where the month has the day for certain: each line of a claim asks for the day after.
  if (day >= 1 && day <= 28) return `${date.slice(0, 8)}${padded(day, 2)}`;
  const time = new Date(`${date}T00:00:00.000Z`).getTime() + days * DAY_MS;
  return new Date(time).toISOString().slice(0, 10);
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return (Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS;
}

/** The same day of the month `months` later, or the month's last where it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  const day = Math.min(Number(date.slice(8)), daysIn(year, month));
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** Whole months from one day to another: the largest number that, added to `from`, does not pass `to`. */
export function monthsBetween(from: CivilDate, to: CivilDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  const months = years * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return addMonths(from, months) <= to ? months : months - 1;
}

function padded(number: number, length: 2 | 4): string {
  if (number >= 1_000) return `${number}`;
  if (length === 2) return number < 10 ? `0${number}` : `${number}`;
  return String(number).padStart(length, '0');
}

/** The civil date of an instant (ISO 8601, UTC) in an IANA time zone. */
export function civilDateIn(zone: string, instant: string): CivilDate {
  // No zone begins a day within a minute of UTC, and a request asks for today several times.
  const minute = instant.slice(0, 16);
  if (zone !== asked.zone || minute !== asked.minute) {
    asked = { zone, minute, date: formatted(zone, instant) };
  }
  return asked.date;
}

let asked = { zone: '', minute: '', date: '' };

function formatted(zone: string, instant: string): CivilDate {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(zone, format);
  }
  return format.format(new Date(instant));
}

/** Whether a day lies in a half-open interval `[from, until)`; without `until` it has no end. */
export function within(
  date: CivilDate,
  interval: { from: CivilDate; until?: CivilDate | undefined },
): boolean {
  return interval.from <= date && (interval.until === undefined || date < interval.until);
}

/** The last day of a half-open interval. */
export function lastDayOf({ until }: { until: CivilDate }): CivilDate {
  const day = Number(until.slice(8));
  // Without Date: balances ask for every line of every approval.
  if (day > 1) return `${until.slice(0, 8)}${padded(day - 1, 2)}`;
  // Most cycles end with the year.
  if (until.endsWith('-01-01')) return `${padded(Number(until.slice(0, 4)) - 1, 4)}-12-31`;
  const month = addMonths(until, -1).slice(0, 7);
  return `${month}-${padded(daysIn(Number(month.slice(0, 4)), Number(month.slice(5))), 2)}`;
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
