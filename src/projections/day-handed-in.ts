import { type CivilDate, civilDateIn } from '../scheme/civil-date.ts';
import type { Dated } from './projection.ts';

/** The zone of every ledger (`LedgerOpened`, contract 2). */
export const ZONE = 'Europe/London';
const MOST_HOURS = 10_000;
const days = new Map<string, CivilDate>();

/** The civil day on which a fact was handed in: as stated, else the day of its recording (contract, 2). */
export function dayHandedIn({ metadata }: { metadata: Dated }): CivilDate {
  if (metadata.submittedOn !== undefined) return metadata.submittedOn.on;
  // Clocks change on the hour, so an hour of UTC lies in one civil day; asking the calendar is slow.
  const hour = metadata.recordedAt.slice(0, 13);
  const known = days.get(hour);
  if (known !== undefined) return known;
  if (days.size >= MOST_HOURS) days.clear();
  const day = civilDateIn(ZONE, metadata.recordedAt);
  days.set(hour, day);
  return day;
}
