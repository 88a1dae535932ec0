import { bar } from './barred.ts';
import { carriedOut, type Lot, total } from './carrying.ts';
import { type CivilDate, lastDayOf } from './civil-date.ts';
import type { LimitUse } from './filling.ts';
import { cycleOn, type Governed } from './governing.ts';
import { graceEnd, makeGood } from './grace.ts';
import type { MemberInScheme } from './member-in-scheme.ts';
import { isMet } from './outcome.ts';
import { entryParts, type Part, sum } from './parts.ts';
import { ratio } from './ratio.ts';
import { reignsOf } from './reigns.ts';
import { type RequirementStanding, requirementsOf } from './requirements.ts';
import { rerate } from './rerating.ts';
import type { PublishedRulebook, Rulebook } from './rulebook.ts';
import { type CycleSpan, recordBy } from './rules/cycle.ts';
import { type TargetMade, targetMade } from './rules/target-made.ts';
import { gradeOn } from './timeline.ts';
import { type Order, type Owed, weigh } from './weigh.ts';

/** A cycle of a member, weighed. Points are hundredths. */
export interface CycleAccount {
  span: CycleSpan;
  book: PublishedRulebook;
  grade: string | undefined;
  target: TargetMade | undefined;
  /** When the member joined the scheme. */
  joined: CivilDate;
  parts: Part[];
  /** In which order entries filled the limits. */
  order: Order;
  limits: LimitUse[];
  requirements: RequirementStanding[];
  awarded: number;
  counted: number;
  carriedIn: Lot[];
  /** What goes on to the next cycle, if it ended now. */
  carriedOut: Lot[];
  /** What earlier cycles were short of, and is filled from this one first; and how much of it was. */
  shortfallIn: number;
  shortfallFilled: number;
  /** Still needed to meet the target. */
  needed: number;
  /** What was done in the time of grace, and made good what was needed. */
  madeGood: number;
  recordBy: CivilDate | undefined;
}

/**
 * The cycles of a member from their first to the one in which `last` lies, each weighed under the rulebook that
 * governs it, with what it carries to the next. Where windows roll there is one, that of `last`, and none before it.
 */
export function cyclesOf(member: MemberInScheme, last: CivilDate): CycleAccount[] {
  const { books, anchor, joined } = member;
  const accounts: CycleAccount[] = [];
  const done: Part[] = [];
  let parts: readonly Part[] = member.parts;
  for (let at = joined > anchor ? joined : anchor; ; ) {
    const governed = cycleOn(books, anchor, at);
    if (governed === undefined) return accounts;
    if (rolls(governed)) {
      const next = reignsOf(books, anchor).find((reign) => reign.from > at && !rolls(reign))?.from;
      if (next !== undefined && next <= last) {
        at = next;
        continue;
      }
      const rolling = cycleOn(books, anchor, last);
      return rolling === undefined
        ? accounts
        : [...accounts, accountOf(member, member.parts, rolling, [], [])];
    }
    const account = accountOf(member, parts, governed, accounts, done);
    accounts.push(account);
    for (const part of account.parts) done.push(part);
    const { until } = governed.span;
    // After the last year that has a name no day is later.
    if (until > last || until <= at) return accounts;
    // A cycle begins where the one before it ends: what lies there or later is left for it.
    parts = parts.filter(({ day }) => day >= until);
    at = until;
  }
}

function rolls({ book }: Pick<Governed, 'book'>): boolean {
  return book.rulebook.cycle.starts === 'rolling';
}

function accountOf(
  member: MemberInScheme,
  parts: readonly Part[],
  { span, whole, book, succeeding }: Governed,
  before: readonly CycleAccount[],
  done: readonly Part[],
): CycleAccount {
  const { timeline, on, joined, zone, scheme, entries } = member;
  const rules = book.rulebook;
  const last = before.at(-1);
  const target = targetMade(rules, timeline, whole, {
    joined,
    begins: span.from,
    on,
    succeeding,
  });
  const grade = gradeOn(timeline, on < span.until ? on : lastDayOf(span));
  const deadline = deadlineOf(member, rules, span);
  const from = last === undefined && rules.cycle.earlyCounts === true ? member.anchor : span.from;
  const lines = parts.filter(({ day }) => day < span.until && day >= from);
  for (const part of lines) {
    rerate(part, book);
    bar(part, { book: rules, timeline, joined, recordBy: deadline, zone });
  }
  const outside = entryParts(entries, { scheme, cycle: span.cycle, day: span.from, on });
  const owed = owedBy(rules, last);
  const weighed = weigh(outside.length === 0 ? lines : [...outside, ...lines], {
    book: rules,
    cycle: whole,
    target: target?.exact ?? ratio(0),
    owed: owed === undefined ? [] : [owed],
  });
  if (last !== undefined && owed !== undefined) makeGood(last, weighed.parts, owed.name);
  const counted = sum(weighed.parts, 'counted');
  const carriedIn = last?.carriedOut ?? [];
  const asked = target === undefined || target.exempt || target.suspended ? 0 : target.points;
  const requirements =
    target === undefined || grade === undefined || rules.requirements === undefined
      ? []
      : requirementsOf(rules, { span, whole }, [...done, ...weighed.parts], {
          target,
          grade,
          on,
          timeline,
          joined,
        });
  const account: CycleAccount = {
    span,
    book,
    grade,
    target,
    joined,
    parts: weighed.parts,
    order: weighed.order,
    limits: weighed.limits,
    requirements,
    awarded: sum(weighed.parts, 'points'),
    counted,
    carriedIn,
    carriedOut: [],
    shortfallIn: owed?.points ?? 0,
    shortfallFilled: weighed.filled[0] ?? 0,
    needed: Math.max(0, asked - counted - total(carriedIn)),
    madeGood: 0,
    recordBy: deadline,
  };
  account.carriedOut = carriedOut(account, asked, last === undefined);
  return account;
}

/** What the cycle before was short of, where new entries are spent on it: in its time of grace, or at any time. */
function owedBy({ shortfall }: Rulebook, last: CycleAccount | undefined): Owed | undefined {
  if (last === undefined) return undefined;
  const graceUntil = graceEnd(last);
  if (shortfall === undefined && graceUntil === undefined) return undefined;
  const missing = isMet(last) ? 0 : last.needed;
  if (shortfall === undefined) {
    return { name: 'grace', points: missing, ...(graceUntil && { before: graceUntil }) };
  }
  const open = missing + last.shortfallIn - last.shortfallFilled;
  return { name: shortfall.name, points: Math.min(open, shortfall.most ?? open) };
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
