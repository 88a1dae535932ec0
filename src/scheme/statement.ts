import { awardedBy, awardedSums, type Entry, pointsOf } from './awarded.ts';
import { type CivilDate, lastDayOf } from './civil-date.ts';
import { type Amount, type GradeFact, isAwardFact, type StatementFact } from './facts.ts';
import { cycleOf, type PublishedRulebook, rulebookOn, targetFor } from './rulebook.ts';
import { accountsOf, type LineAccount, type LineStanding } from './standing.ts';

/** How one claimed line came to what it awards: claimed, accepted, awarded. */
export interface StatementLine {
  claim: string;
  line: string;
  kind: string;
  from: CivilDate;
  until: CivilDate;
  topics: string[];
  standing: LineStanding;
  underReview: boolean;
  claimed: Amount;
  /** Absent while nobody has accepted anything. */
  accepted?: Amount;
  /** In this scheme, in hundredths; 0 where it contributes nothing. */
  awarded: number;
  awards: {
    category: string;
    points: number;
    state: 'awarded' | 'ended' | 'void';
    rulebook: { version: number; eventId: string };
    approval: string;
  }[];
  /** Ids of the facts that brought it here. */
  events: string[];
}

/** A member's points in one scheme and cycle. Points are hundredths. */
export interface Statement {
  scheme: string;
  cycle: { cycle: string; from: CivilDate; until: CivilDate };
  on: CivilDate;
  /** Absent before the first registration. */
  grade?: string;
  /** Absent where no rulebook is in force, or it names none for the grade. */
  target?: number;
  rulebook?: { version: number; eventId: string };
  awarded: number;
  categories: { category: string; awarded: number }[];
  /** Counted, carried in and still needed are absent: nothing has been weighed. */
  weighed: false;
  note: string;
  lines: StatementLine[];
  entries: Entry[];
}

const NOTE =
  'Awarded points as decided. Nothing has been weighed yet: no cap, no carry and no relief is applied, ' +
  'so it is not said what counts towards the target or what is still needed.';

/**
 * The statement of a member in one scheme and cycle (a calendar year) on a day.
 *
 * @param rulebooks those of the scheme, in the order of publication
 * @param facts of the member in ledger order, without those that were retracted
 */
export function statement(
  rulebooks: readonly PublishedRulebook[],
  facts: readonly StatementFact[],
  { scheme, cycle, on }: { scheme: string; cycle: string; on: CivilDate },
): Statement {
  const book = rulebookOn(rulebooks, on);
  const grade = gradeOn(facts.filter(isGradeFact), on);
  const target = book && grade !== undefined ? targetFor(book.rulebook, grade) : undefined;
  const awarded = awardedBy(facts.filter(isAwardFact));
  const sums = awardedSums(awarded).filter((sum) => sum.scheme === scheme && sum.cycle === cycle);
  const accounts = accountsOf(facts.filter(isNoGradeFact)).filter(
    ({ line }) => cycleOf(lastDayOf(line)).cycle === cycle,
  );
  return {
    scheme,
    cycle: cycleOf(`${cycle}-01-01`),
    on,
    ...(grade === undefined ? {} : { grade }),
    ...(target === undefined ? {} : { target }),
    ...(book === undefined ? {} : { rulebook: { version: book.version, eventId: book.eventId } }),
    awarded: sums.reduce((sum, { points }) => sum + points, 0),
    categories: sums.map(({ category, points }) => ({ category, awarded: points })),
    weighed: false,
    note: NOTE,
    lines: accounts.map((account) => lineOf(account, awarded, scheme)),
    entries: awarded.entries.filter((entry) => entry.scheme === scheme && entry.cycle === cycle),
  };
}

/** The grade on a day: of those effective by then the one effective last, ties to the later fact. */
export function gradeOn(facts: readonly GradeFact[], on: CivilDate): string | undefined {
  let best: { grade: string; from: CivilDate } | undefined;
  for (const fact of facts) {
    const from = fact.type === 'Registered' ? fact.data.on : fact.data.effectiveOn;
    if (from > on || (best !== undefined && from < best.from)) continue;
    best = { grade: fact.data.grade, from };
  }
  return best?.grade;
}

function isGradeFact(fact: StatementFact): fact is GradeFact {
  return fact.type === 'Registered' || fact.type === 'GradeChanged' || fact.type === 'Rejoined';
}

function isNoGradeFact(fact: StatementFact): fact is Exclude<StatementFact, GradeFact> {
  return !isGradeFact(fact);
}

function lineOf(
  { claimId, line, standing, accepted, events }: LineAccount,
  { lines }: ReturnType<typeof awardedBy>,
  scheme: string,
): StatementLine {
  const ours = lines.filter((award) => award.lineId === line.lineId && award.scheme === scheme);
  return {
    claim: claimId,
    line: line.lineId,
    kind: line.kind,
    from: line.from,
    until: line.until,
    topics: [...line.topics],
    standing,
    underReview: ours.some(({ underReview }) => underReview),
    claimed: line.quantity,
    ...(accepted === undefined ? {} : { accepted }),
    awarded: ours.reduce((sum, award) => sum + pointsOf(award), 0),
    awards: ours.map(({ category, points, state, rulebook, approval }) => ({
      category,
      points,
      state,
      rulebook,
      approval,
    })),
    events,
  };
}
