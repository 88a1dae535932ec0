import { type CivilDate, isCivilDate } from '../scheme/civil-date.ts';
import { isStatementFact } from '../scheme/facts.ts';
import { cycleOn } from '../scheme/governing.ts';
import { memberInScheme } from '../scheme/member-in-scheme.ts';
import { recordedBy } from '../scheme/recorded.ts';
import { ZONE } from './day-handed-in.ts';
import type { PreviewRequest } from './preview.ts';
import { booksAsOf, endOfRows, type StandingSource, walkMembers } from './standing-walk.ts';

/** Cycles that were determined, and that a version would govern: whose they are, and which. */
export interface ClosedUnder {
  members: number;
  /** By name, in order. */
  cycles: string[];
}

/**
 * What of what was determined a version would judge anew, were it published from a day on. A day that is yet to come
 * touches nothing: a cycle is determined once it is over.
 */
export async function closedUnder(
  source: StandingSource,
  { scheme, effectiveFrom, rulebook, on }: PreviewRequest,
): Promise<ClosedUnder> {
  if (effectiveFrom > on) return { members: 0, cycles: [] };
  const end = await endOfRows(source, undefined);
  const published = await booksAsOf(source, scheme, end);
  const version = published.length + 1;
  const books = [...published, { version, eventId: '', effectiveFrom, rulebook }];
  const cycles = new Set<string>();
  let members = 0;
  for await (const { facts } of walkMembers(source, { scheme, end, after: '' })) {
    const determined = facts.flatMap((fact) =>
      fact.type === 'CycleDetermined' && fact.data.scheme === scheme ? [fact.data.cycle] : [],
    );
    if (determined.length === 0) continue;
    const recorded = recordedBy(facts.filter(isStatementFact), scheme);
    const member = memberInScheme(books, recorded, { scheme, on, zone: ZONE });
    const governed = determined.filter((cycle) => {
      const governing = member && cycleOn(member.books, member.anchor, firstDayOf(cycle, on));
      return governing?.book.version === version;
    });
    if (governed.length > 0) members += 1;
    for (const cycle of governed) cycles.add(cycle);
  }
  return { members, cycles: [...cycles].sort() };
}

/** Of a window that rolls it is the day asked. */
function firstDayOf(cycle: string, on: CivilDate): CivilDate {
  const day = cycle.length === 4 ? `${cycle}-01-01` : cycle;
  return isCivilDate(day) ? day : on;
}
