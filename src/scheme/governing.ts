import type { CivilDate } from './civil-date.ts';
import { type PublishedRulebook, rulebookOn } from './rulebook.ts';
import { type CycleSpan, cycleAt } from './rules/cycle.ts';
import type { Succeeding } from './rules/target-made.ts';

/** A cycle, and the rulebook by which it is judged. */
export interface Governed {
  span: CycleSpan;
  book: PublishedRulebook;
  /** Rulebooks that came into force inside it and count in proportion, in order. */
  succeeding: Succeeding[];
}

/**
 * The cycle in which a day lies, and the rulebook that governs it: the one in force when it began, or the last one
 * since that says that it governs the running cycle.
 */
export function cycleOn(
  books: readonly PublishedRulebook[],
  anchor: CivilDate,
  day: CivilDate,
): Governed | undefined {
  const first = rulebookOn(books, day) ?? books[0];
  if (first === undefined) return undefined;
  const now = cycleAt(first.rulebook.cycle, anchor, day);
  const begun = rulebookOn(books, now.from) ?? books[0] ?? first;
  const span = begun === first ? now : cycleAt(begun.rulebook.cycle, anchor, day);
  const inside = books.filter(
    ({ effectiveFrom }) => effectiveFrom > span.from && effectiveFrom < span.until,
  );
  const book = inside.findLast(({ rulebook }) => rulebook.governs === 'running') ?? begun;
  const succeeding = inside
    .filter((one) => one !== book && one.rulebook.inProportion === true)
    .map(({ rulebook, effectiveFrom }) => ({ book: rulebook, from: effectiveFrom }));
  if (book === begun) return { span, book, succeeding };
  return { span: cycleAt(book.rulebook.cycle, anchor, day), book, succeeding };
}

/** The rulebook by which what was done on a day earns: the one that governs its cycle, or one that binds activities. */
export function earningBook(
  books: readonly PublishedRulebook[],
  anchor: CivilDate,
  day: CivilDate,
): PublishedRulebook | undefined {
  if (rulebookOn(books, day) === undefined) return undefined;
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
