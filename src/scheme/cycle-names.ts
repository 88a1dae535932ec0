import { addMonths, type CivilDate, isCivilDate } from './civil-date.ts';
import { cycleOn } from './governing.ts';
import type { MemberInScheme } from './member-in-scheme.ts';
import type { PublishedRulebook } from './rulebook.ts';

/**
 * Which of these cycles is meant: the one of that name, the one that begins on that day, or the only one that begins in
 * that year.
 */
export function cycleNamed(names: readonly string[], asked: string): string | undefined {
  const exact = names.find((name) => name === asked || `${name}-01-01` === asked);
  if (exact !== undefined) return exact;
  const [one, another] = names.filter((name) => name.slice(0, 4) === asked);
  return another === undefined ? one : undefined;
}

/** A day by which the cycle that is meant has begun: the last of a year, which may begin on any day of it. */
export function begunBy(asked: string): string {
  return asked.length === 4 ? `${asked}-12-31` : asked;
}

/** The cycles of a member up to the one in which a day lies, by name. `joined`: none before it. */
export function cycleNames(
  { books, anchor, joined }: Pick<MemberInScheme, 'books' | 'anchor' | 'joined'>,
  last: CivilDate,
): string[] {
  const names = new Set<string>();
  for (let at = joined > anchor ? joined : anchor; ; ) {
    const span = cycleOn(books, anchor, at)?.span;
    if (span === undefined) return [...names];
    names.add(span.cycle);
    // Windows that roll are one name, of each day: no need to look at all of them.
    const next = span.cycle === ROLLING ? addMonths(at, 1) : span.until;
    // After the last year that has a name no day is later.
    if (next > last || next <= at) return [...names];
    at = next;
  }
}

/** The cycles that begin in a year, or on a day, for who has this anchor. */
export function cyclesBeginning(
  books: readonly PublishedRulebook[],
  anchor: CivilDate,
  asked: string,
): string[] {
  const last = begunBy(asked);
  const names: string[] = [];
  if (!isCivilDate(last)) return names;
  for (let at = asked.length === 4 ? `${asked}-01-01` : asked; at <= last; ) {
    const span = cycleOn(books, anchor, at)?.span;
    if (span === undefined) return names;
    if (span.cycle !== ROLLING && span.from.startsWith(asked)) names.push(span.cycle);
    if (span.until <= at) return names;
    at = span.until;
  }
  return names;
}

const ROLLING = 'rolling';
