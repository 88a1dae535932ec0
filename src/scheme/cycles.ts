import { type Awarded, awardedBy } from './awarded.ts';
import { bar } from './barred.ts';
import { addMonths, type CivilDate, lastDayOf } from './civil-date.ts';
import { isAwardFact, isLineFact, isTimelineFact, type StatementFact } from './facts.ts';
import type { LimitUse } from './filling.ts';
import { entryParts, type Part, partsOf, sum } from './parts.ts';
import { ratio } from './ratio.ts';
import { type RequirementStanding, requirementsOf } from './requirements.ts';
import { groupsOf, type PublishedRulebook, type Rulebook, rulebookOn } from './rulebook.ts';
import { type CycleSpan, cycleAt, recordBy } from './rules/cycle.ts';
import { selects } from './rules/select.ts';
import { type TargetMade, targetMade } from './rules/target-made.ts';
import { accountsOf, type LineAccount } from './standing.ts';
import { gradeOn, type Timeline, timelineOf } from './timeline.ts';
import { weigh } from './weigh.ts';

/** Points that came from an earlier cycle. */
export interface Lot {
  from: string;
  points: number;
  /** How many cycles it may still be used in, this one included. */
  left: number;
}

/** A cycle of a member, weighed. Points are hundredths. */
export interface CycleAccount {
  span: CycleSpan;
  book: PublishedRulebook;
  grade: string | undefined;
  target: TargetMade | undefined;
  parts: Part[];
  limits: LimitUse[];
  requirements: RequirementStanding[];
  awarded: number;
  counted: number;
  carriedIn: Lot[];
  /** What goes on to the next cycle, if it ended now. */
  carriedOut: Lot[];
  /** What the cycle before was short of, and was filled from this one first. */
  shortfallIn: number;
  /** Still needed to meet the target. */
  needed: number;
  recordBy: CivilDate | undefined;
}

/** A member in one scheme, as their facts tell. */
export interface MemberInScheme {
  scheme: string;
  zone: string;
  on: CivilDate;
  timeline: Timeline;
  accounts: LineAccount[];
  awarded: Awarded;
  joined: CivilDate;
  anchor: CivilDate;
  parts: Part[];
}

/** Reads a member's facts for one scheme; undefined where they never took part in it. */
export function memberInScheme(
  books: readonly PublishedRulebook[],
  facts: readonly StatementFact[],
  { scheme, on, zone }: { scheme: string; on: CivilDate; zone: string },
): MemberInScheme | undefined {
  const timeline = timelineOf(facts.filter(isTimelineFact));
  const time = timeline.schemes.get(scheme);
  if (time === undefined) return undefined;
  const awarded = awardedBy(facts.filter(isAwardFact));
  const accounts = accountsOf(facts.filter(isLineFact));
  const parts = partsOf(books, accounts, awarded, scheme).filter(({ day }) => day <= on);
  const { from: joined, anchor } = time;
  return { scheme, zone, on, timeline, accounts, awarded, joined, anchor, parts };
}

/**
 * The cycles of a member from their first to the one in which `last` lies, each weighed under the rulebook that
 * governs it, with what it carries to the next. One cycle where it rolls.
 */
export function cyclesOf(
  books: readonly PublishedRulebook[],
  member: MemberInScheme,
  last: CivilDate,
): CycleAccount[] {
  const accounts: CycleAccount[] = [];
  let at = member.joined > member.anchor ? member.joined : member.anchor;
  for (;;) {
    const before = accounts.at(-1);
    const governed = cycleOn(books, member, rolls(books, member.on) ? last : at);
    if (governed === undefined) return accounts;
    accounts.push(accountOf(member, governed, accounts));
    at = governed.span.until;
    if (at > last || (before !== undefined && at <= before.span.until)) return accounts;
  }
}

function rolls(books: readonly PublishedRulebook[], on: CivilDate): boolean {
  return (rulebookOn(books, on) ?? books[0])?.rulebook.cycle.starts === 'rolling';
}

/** The cycle in which a day lies, and the rulebook that governs it. */
export function cycleOn(
  books: readonly PublishedRulebook[],
  { anchor }: Pick<MemberInScheme, 'anchor'>,
  day: CivilDate,
): { span: CycleSpan; book: PublishedRulebook } | undefined {
  const first = rulebookOn(books, day) ?? books[0];
  if (first === undefined) return undefined;
  const span = cycleAt(first.rulebook.cycle, anchor, day);
  const running = books.filter(
    ({ effectiveFrom, rulebook }) =>
      rulebook.governs === 'running' && effectiveFrom > span.from && effectiveFrom < span.until,
  );
  const book = running.at(-1) ?? rulebookOn(books, span.from) ?? books[0] ?? first;
  return { span: cycleAt(book.rulebook.cycle, anchor, day), book };
}

function accountOf(
  member: MemberInScheme,
  { span, book }: { span: CycleSpan; book: PublishedRulebook },
  before: readonly CycleAccount[],
): CycleAccount {
  const { timeline, on, joined, zone, scheme, awarded } = member;
  const rules = book.rulebook;
  const target = targetMade(rules, timeline, span, { joined, on });
  const grade = gradeOn(timeline, on < span.until ? on : lastDayOf(span));
  const deadline = deadlineOf(member, rules, span);
  const from = before.length === 0 && rules.cycle.earlyCounts === true ? member.anchor : span.from;
  const lines = member.parts.filter(({ day }) => day >= from && day < span.until);
  for (const part of lines) {
    bar(part, { book: rules, timeline, joined, recordBy: deadline, zone });
  }
  const outside = entryParts(awarded, { scheme, cycle: span.cycle, day: span.from, on });
  const parts = [...outside, ...lines];
  const last = before.at(-1);
  const shortfallIn = rules.shortfall === undefined ? 0 : shortfallOf(rules, last);
  const limits = weigh(parts, {
    book: rules,
    cycle: span,
    target: target?.exact ?? ratio(0),
    shortfall: shortfallIn,
  });
  const counted = sum(parts, 'counted');
  const carriedIn = last?.carriedOut ?? [];
  const asked = target === undefined || target.exempt ? 0 : target.points;
  const all = [...before.flatMap((account) => account.parts), ...parts];
  const requirements =
    target === undefined || grade === undefined
      ? []
      : requirementsOf(rules, span, all, { target, grade, on });
  const account = {
    span,
    book,
    grade,
    target,
    parts,
    limits,
    requirements,
    awarded: sum(parts, 'points'),
    counted,
    carriedIn,
    shortfallIn,
    needed: Math.max(0, asked - counted - total(carriedIn)),
    recordBy: deadline,
  };
  return { ...account, carriedOut: carriedOut(account, asked, before.length === 0) };
}

function shortfallOf({ shortfall }: Rulebook, last: CycleAccount | undefined): number {
  const short = last?.needed ?? 0;
  return shortfall?.most === undefined ? short : Math.min(short, shortfall.most);
}

/** The deadline that the rulebook says, or a later one that was given to the member. */
function deadlineOf(
  { timeline, scheme }: MemberInScheme,
  { cycle }: Rulebook,
  span: CycleSpan,
): CivilDate | undefined {
  const usual = recordBy(cycle, span);
  if (usual === undefined) return undefined;
  const given = timeline.deadlines.filter(
    (one) => one.scheme === scheme && one.cycle === span.cycle,
  );
  // `until` is half-open: the last day is the one before.
  return given.map(lastDayOf).reduce((latest, day) => (day > latest ? day : latest), usual);
}

/** What was carried in is used first; of the rest of a surplus, what the rulebook lets go on. */
function carriedOut(
  account: Omit<CycleAccount, 'carriedOut'>,
  asked: number,
  isFirst: boolean,
): Lot[] {
  const { book, span, parts, counted, carriedIn, requirements } = account;
  const rule = book.rulebook.carry;
  let use = Math.min(asked, total(carriedIn));
  const surplus = Math.max(0, counted - (asked - use));
  const kept = carriedIn.flatMap((lot) => {
    const used = Math.min(use, lot.points);
    use -= used;
    const left = { ...lot, points: lot.points - used, left: lot.left - 1 };
    return left.points > 0 && left.left > 0 ? [left] : [];
  });
  if (rule === undefined || (isFirst && rule.notFromFirst === true)) return kept;
  const met = (name: string): boolean =>
    requirements.every((requirement) => requirement.name !== name || requirement.met);
  if (!(rule.beyond ?? []).every(met)) return kept;
  const since = rule.lastMonths === undefined ? span.from : addMonths(span.until, -rule.lastMonths);
  const groups = groupsOf(book.rulebook);
  const eligible = parts.filter((part) => part.day >= since && selects(rule.of, part, groups));
  const points = Math.min(surplus, Math.max(0, sum(eligible, 'counted')), rule.most ?? surplus);
  if (points <= 0) return kept;
  return [...kept, { from: span.cycle, points, left: rule.lapsesAfterCycles ?? 1 }];
}

export function total(lots: readonly Lot[]): number {
  return lots.reduce((points, lot) => points + lot.points, 0);
}
