import type { CivilDate } from './civil-date.ts';
import { type Cut, cutOn, reignsOf } from './reigns.ts';
import { type PublishedRulebook, rulebookOn } from './rulebook.ts';
import type { Succeeding } from './rules/target-made.ts';

/** A cycle, and the rulebook by which it is judged. */
export interface Governed extends Cut {
  /** Rulebooks that came into force inside it and count in proportion, in order. */
  succeeding: Succeeding[];
}

/** The cycle in which a day lies, and the rulebook that governs it (reigns.ts). */
export function cycleOn(
  books: readonly PublishedRulebook[],
  anchor: CivilDate,
  day: CivilDate,
): Governed | undefined {
  if (books.length === 0) return undefined;
  // Where cycles are the same for everybody they are cut once for each day that is asked about.
  if (!books.every(({ rulebook }) => rulebook.cycle.starts === 'fixed')) {
    return cut(books, anchor, day);
  }
  const known = cycles.get(books) ?? new Map<CivilDate, Governed>();
  cycles.set(books, known);
  const found = known.get(day) ?? cut(books, anchor, day);
  known.set(day, found);
  return found;
}

const cycles = new WeakMap<readonly PublishedRulebook[], Map<CivilDate, Governed>>();

function cut(books: readonly PublishedRulebook[], anchor: CivilDate, day: CivilDate): Governed {
  const governed = cutOn(reignsOf(books, anchor), anchor, day);
  const { book, span } = governed;
  const succeeding = books
    .filter((one) => one !== book && one.rulebook.inProportion === true)
    .filter(({ effectiveFrom }) => effectiveFrom > span.from && effectiveFrom < span.until)
    .map(({ rulebook, effectiveFrom }) => ({ book: rulebook, from: effectiveFrom }));
  return { ...governed, succeeding };
}

/** The rulebook by which what was done on a day earns: the one that governs its cycle, or one that binds activities. */
export function earningBook(
  books: readonly PublishedRulebook[],
  anchor: CivilDate,
  day: CivilDate,
): PublishedRulebook | undefined {
  const inForce = rulebookOn(books, day);
  // Where there is one, it governs every cycle: no need to reckon in which the day lies.
  if (inForce === undefined || books.length === 1) return inForce;
  const governed = cycleOn(books, anchor, day);
  if (governed === undefined) return undefined;
  const { book } = governed;
  const later = books.findLast(
    ({ effectiveFrom, rulebook }) =>
      rulebook.governs === 'activities' &&
      effectiveFrom <= day &&
      effectiveFrom > book.effectiveFrom,
  );
  return later ?? book;
}
