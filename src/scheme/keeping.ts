import { addMonths, type CivilDate, lastDayOf } from './civil-date.ts';
import { isLineFact, isTimelineFact, type StatementFact } from './facts.ts';
import { cycleOn } from './governing.ts';
import { booksFor, kindRule, type PublishedRulebook } from './rulebook.ts';
import { accountsOf, type LineAccount } from './standing.ts';
import { timelineOf } from './timeline.ts';

/** How long the evidence of a claim is kept, and which rule says so. */
export interface Keeping {
  /** The first day on which it need not be kept any more. */
  until: CivilDate;
  scheme: string;
  rulebook: { version: number; eventId: string };
  kind: string;
  keepMonths: number;
  /** The cycle after whose end the months are counted. */
  cycle: string;
}

/**
 * Until when the evidence of each claim is kept: so many months after the end of the cycle in which a line falls, as
 * the rulebook says that governs it; of several lines and schemes the longest.
 *
 * A claim is not among them, and its evidence is kept, while a line of it waits for a decision or is under review, and
 * where a scheme of the member knows its kind and says no end.
 *
 * @param schemes the rulebooks of each scheme, in the order of publication
 * @param facts of the member in ledger order, without those that were retracted
 */
export function keptUntil(
  schemes: ReadonlyMap<string, readonly PublishedRulebook[]>,
  facts: readonly StatementFact[],
): Map<string, Keeping> {
  const timeline = timelineOf(facts.filter(isTimelineFact));
  const joined = [...timeline.schemes].map(([scheme, { anchor, track }]) => {
    const adopted = timeline.adopted.filter((one) => one.scheme === scheme);
    return { scheme, anchor, books: booksFor(schemes.get(scheme) ?? [], { track, adopted }) };
  });
  const kept = new Map<string, Keeping>();
  const open = new Set<string>();
  for (const line of accountsOf(facts.filter(isLineFact))) {
    for (const keeping of joined.map((one) => keepingIn(one, line))) {
      if (keeping === undefined) continue;
      const before = kept.get(line.claimId);
      if (keeping === 'without end' || isOpen(line)) open.add(line.claimId);
      else if (before === undefined || before.until < keeping.until)
        kept.set(line.claimId, keeping);
    }
  }
  for (const claim of open) kept.delete(claim);
  return kept;
}

function isOpen({ standing, underReview }: LineAccount): boolean {
  return standing === 'submitted' || standing === 'returned' || underReview;
}

interface Joined {
  scheme: string;
  anchor: CivilDate;
  books: readonly PublishedRulebook[];
}

/** @returns undefined where the scheme knows no such kind */
function keepingIn(
  { scheme, anchor, books }: Joined,
  { line, decidedOn }: LineAccount,
): Keeping | 'without end' | undefined {
  const done = lastDayOf(line);
  const falls = ruleOn(books, anchor, done, line.kind)?.rule.falls;
  const day = falls === 'award' && decidedOn !== undefined ? decidedOn : done;
  const found = ruleOn(books, anchor, day, line.kind);
  if (found === undefined) return undefined;
  const { span, book, rule } = found;
  const keepMonths = rule.evidence?.keepMonths;
  if (keepMonths === undefined) return 'without end';
  const { starts, months } = book.rulebook.cycle;
  // A window that rolls has no end of its own: what was done leaves it so many months after.
  const end = starts === 'rolling' ? addMonths(span.until, months) : span.until;
  const { version, eventId } = book;
  return {
    until: addMonths(end, keepMonths),
    scheme,
    rulebook: { version, eventId },
    kind: line.kind,
    keepMonths,
    cycle: span.cycle,
  };
}

function ruleOn(
  books: readonly PublishedRulebook[],
  anchor: CivilDate,
  day: CivilDate,
  kind: string,
) {
  const governed = cycleOn(books, anchor, day);
  const rule = governed && kindRule(governed.book.rulebook, kind);
  return governed && rule && { ...governed, rule };
}
