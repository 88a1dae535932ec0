import { addDays, addMonths, type CivilDate } from './civil-date.ts';
import type { PublishedRulebook } from './rulebook.ts';
import { type CycleSpan, cycleAt, span } from './rules/cycle.ts';

/** From when on a version governs, and cuts, the cycles of a member: up to the reign after it. */
export interface Reign {
  book: PublishedRulebook;
  /** Empty: from the beginning of time. */
  from: CivilDate | '';
}

/** A cycle of a reign. */
export interface Cut {
  book: PublishedRulebook;
  span: CycleSpan;
  /** The cycle as the version cuts it: longer than `span` where another version's cycles ended inside it. */
  whole: CycleSpan;
}

/**
 * Which version governs from when. A version takes over at the first cycle of its own that begins on its day or later;
 * where a cycle of the version before is running then, at the end of that. One that governs the running cycle takes
 * over where that began. So the cycles of a member follow one upon the other, however often they are cut anew; the
 * first of a new cut may be short. Windows that roll are no cycles: each day has its own.
 */
export function reignsOf(books: readonly PublishedRulebook[], anchor: CivilDate): Reign[] {
  const known = reigns.get(books)?.get(anchor);
  if (known !== undefined) return known;
  const found: Reign[] = [];
  const [first] = books;
  if (first !== undefined) found.push({ book: first, from: '' });
  for (const book of [...books].sort(byDay)) {
    if (found.at(-1)?.book === book) continue;
    const from = takesOver(found, book, anchor);
    while (found.length > 1 && (found.at(-1) as Reign).from >= from) found.pop();
    found.push({ book, from });
  }
  const ofBooks = reigns.get(books) ?? new Map<CivilDate, Reign[]>();
  reigns.set(books, ofBooks.set(anchor, found));
  return found;
}

/** Of the same rulebooks many members ask, and each of them many times. */
const reigns = new WeakMap<readonly PublishedRulebook[], Map<CivilDate, Reign[]>>();

function byDay(a: PublishedRulebook, b: PublishedRulebook): number {
  return a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0;
}

function takesOver(
  before: readonly Reign[],
  book: PublishedRulebook,
  anchor: CivilDate,
): CivilDate {
  const { effectiveFrom, rulebook } = book;
  if (rulebook.governs === 'running') {
    const { book: earlier, span: running } = cutOn(before, anchor, effectiveFrom);
    const rolls = earlier.rulebook.cycle.starts === 'rolling';
    const begins = rolls || running.from > effectiveFrom ? effectiveFrom : running.from;
    // Else it has no cycle there yet: the member's own day lies later.
    if (cycleAt(rulebook.cycle, anchor, begins).from <= begins) return begins;
  }
  const begins = firstOwn(book, anchor);
  const { book: earlier, span: under } = cutOn(before, anchor, begins);
  const rolls = earlier.rulebook.cycle.starts === 'rolling';
  return rolls || under.from >= begins ? begins : under.until;
}

/** The first day, not before its own, on which a cycle of the version begins, or a window that begins so lies. */
function firstOwn({ effectiveFrom, rulebook: { cycle } }: PublishedRulebook, anchor: CivilDate) {
  if (cycle.starts !== 'rolling') {
    const { from, until } = cycleAt(cycle, anchor, effectiveFrom);
    return from >= effectiveFrom ? from : until;
  }
  let day = addDays(addMonths(effectiveFrom, cycle.months), -1);
  while (cycleAt(cycle, anchor, day).from < effectiveFrom) day = addDays(day, 1);
  return day;
}

/** The cycle in which a day lies. What lies before a first cycle belongs to it, by whoever governs it. */
export function cutOn(all: readonly Reign[], anchor: CivilDate, day: CivilDate): Cut {
  const at = all.findLastIndex((reign) => reign.from <= day);
  const { book, from } = all[at] as Reign;
  const whole = cycleAt(book.rulebook.cycle, anchor, day);
  if (whole.from > day) {
    const next = all[at + 1]?.from ?? whole.from;
    return cutOn(all, anchor, next < whole.from ? next : whole.from);
  }
  const rolls = book.rulebook.cycle.starts === 'rolling';
  if (rolls || whole.from >= from) return { book, span: whole, whole };
  return { book, span: span(from as CivilDate, whole.until), whole };
}
