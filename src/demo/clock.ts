import { addDays, type CivilDate, civilDateIn } from '../scheme/civil-date.ts';
import { randomOf } from './random.ts';

/** A part of a day in which what is done has one time: what a batch of the demo is. */
export type Slot = 'early' | 'office' | 'morning' | 'noon' | 'afternoon' | 'late' | 'evening';

/** Minutes after midnight UTC at which a part of the day begins; it is over within 45 minutes. */
const begins: Record<Slot, number> = {
  early: 6 * 60 + 30,
  office: 8 * 60,
  morning: 9 * 60,
  noon: 12 * 60 + 15,
  afternoon: 15 * 60 + 20,
  late: 17 * 60,
  evening: 20 * 60,
};

const YEARS = 3;

/** The first day of a demo that ends on a day: three years before. */
export function demoFrom(endsOn: CivilDate): CivilDate {
  const year = Number(endsOn.slice(0, 4)) - YEARS;
  const rest = endsOn.slice(4) === '-02-29' ? '-02-28' : endsOn.slice(4);
  return `${year}${rest}`;
}

/** The instant at which a ledger for a demo is to be opened: no fact of it may be older. */
export function demoBegins(endsOn: CivilDate): string {
  return `${demoFrom(endsOn)}T05:00:00.000Z`;
}

/** The clock that runs through the years of a demo; it never goes back. */
export interface DemoClock {
  now: () => string;
  moveTo(instant: string): void;
}

/** A demo's clock at its beginning. */
export function demoClock(endsOn: CivilDate): DemoClock {
  let instant = demoBegins(endsOn);
  return {
    now: () => instant,
    moveTo(next) {
      if (next < instant) throw new RangeError(`the demo's clock is at ${instant}, after ${next}`);
      instant = next;
    },
  };
}

/** When a part of a day is, UTC: another minute on each day, the same for the same seed. */
export function instantOf(seed: string, day: CivilDate, slot: Slot): string {
  const random = randomOf(`${seed}/${day}/${slot}`);
  const ms = (begins[slot] + random.int(0, 44)) * 60_000 + random.int(0, 59_999);
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + ms).toISOString();
}

/** The first instant of a day in a zone west of 14:00 UTC: it has passed as soon as the day has begun. */
export function midnightOf(zone: string, day: CivilDate): string {
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  let first = new Date(midnight).toISOString();
  for (let hours = -14; hours <= 14; hours++) {
    const instant = new Date(midnight + hours * 3_600_000).toISOString();
    if (civilDateIn(zone, instant) !== day) continue;
    first = instant;
    break;
  }
  return first;
}

/** The day, or the Monday after it, on which offices are open. */
export function workday(day: CivilDate): CivilDate {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  if (weekday === 6) return addDays(day, 2);
  return weekday === 0 ? addDays(day, 1) : day;
}
