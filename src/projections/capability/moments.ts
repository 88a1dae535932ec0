import { addDays, addMonths, type CivilDate, lastDayOf } from '../../scheme/civil-date.ts';
import type { Database } from '../../store/driver.ts';
import { type DayNumber, dayNumber } from './days.ts';
import { type Places, readPlaces } from './places.ts';
import type { Terms } from './terms.ts';

/** A day for which something is counted: where bodies were, and what had gone stale by then. */
export interface Moment {
  on: CivilDate;
  day: DayNumber;
  /** Empty where there is one day alone. */
  month: string;
  places: Places;
  /** Up to which day posts tell where somebody of a body that was split is counted. */
  postsUntil: DayNumber;
  /** By the place of the framework: what was observed on this day or before is stale. */
  staleBy: DayNumber[];
}

/** In the councils of that day, or in those of today. */
export const councilTimes = ['then', 'today'] as const;
export type CouncilTime = (typeof councilTimes)[number];

export interface MomentsWanted {
  end: number;
  on: CivilDate;
  /** For each month from that of this day; absent: for `on` alone. */
  since?: CivilDate | undefined;
  councils: CouncilTime;
  today: CivilDate;
}

/** Moments in order: the last day of each month, and `on` in its own. */
export function momentsOf(database: Database, terms: Terms, wanted: MomentsWanted): Moment[] {
  const { end, on, since, councils, today } = wanted;
  const days = since === undefined ? [on] : monthEnds(since, on);
  const now = councils === 'today' ? readPlaces(database, end, dayNumber(today)) : undefined;
  return days.map((day) => ({
    on: day,
    day: dayNumber(day),
    month: since === undefined ? '' : day.slice(0, 7),
    places: now ?? readPlaces(database, end, dayNumber(day)),
    postsUntil: now === undefined ? dayNumber(day) : Math.max(dayNumber(day), dayNumber(today)),
    staleBy: terms.frameworks.map(({ staleAfterMonths }) => staleOn(day, staleAfterMonths)),
  }));
}

/** The last day on which what is stale on `day` was observed; before every day where nothing goes stale. */
export function staleOn(day: CivilDate, months: number | undefined): DayNumber {
  if (months === undefined) return 0;
  let last = addMonths(day, -months);
  // A month that ends earlier takes the last days of a longer one with it.
  for (let next = addDays(last, 1); addMonths(next, months) <= day; next = addDays(next, 1)) {
    last = next;
  }
  return dayNumber(last);
}

function monthEnds(since: CivilDate, on: CivilDate): CivilDate[] {
  const ends: CivilDate[] = [];
  for (let first = `${since.slice(0, 7)}-01`; first <= on; first = addMonths(first, 1)) {
    const last = lastDayOf({ until: addMonths(first, 1) });
    ends.push(last < on ? last : on);
  }
  return ends;
}
