import { type BreachStanding, breachesOf } from './breaches.ts';
import type { Lot } from './carrying.ts';
import { type CivilDate, isCivilDate, lastDayOf } from './civil-date.ts';
import { type CycleAccount, cyclesOf } from './cycles.ts';
import type { Amount, StatementFact } from './facts.ts';
import type { LimitUse } from './filling.ts';
import { cycleOn } from './governing.ts';
import { type MemberInScheme, memberInScheme } from './member-in-scheme.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Part } from './parts.ts';
import { reasonOf, type StatedLoss } from './reason.ts';
import type { RequirementStanding } from './requirements.ts';
import type { PublishedRulebook } from './rulebook.ts';
import type { CycleSpan } from './rules/cycle.ts';
import type { TargetStep } from './rules/target-made.ts';
import type { LineAccount, LineStanding } from './standing.ts';
import type { Order } from './weigh.ts';

/** How one claimed line came to what counts of it: claimed, accepted, awarded, counted. */
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
  /** In this scheme and cycle, in hundredths. */
  awarded: number;
  /** What the approval awarded, where a later rulebook has rated it again. */
  approved?: number;
  counted: number;
  /** Why the rest does not count: counted + these = awarded. */
  uncounted: StatedLoss[];
  categories: string[];
  /** Ids of the facts that brought it here. */
  events: string[];
}

/** Points that stand outside any claim: adjusted, brought in. */
export interface StatementEntry {
  kind: 'adjusted' | 'brought-in';
  event: string;
  category: string;
  awarded: number;
  counted: number;
  uncounted: StatedLoss[];
}

/** A member's points in one scheme and cycle, with the reason for every hundredth. Points are hundredths. */
export interface Statement {
  scheme: string;
  cycle: CycleSpan;
  on: CivilDate;
  rulebook: { version: number; eventId: string };
  grade?: string;
  /** Absent where the rulebook names none for the grade. */
  target?: number;
  /** How grade, joining part-way, reliefs and rounding made the target. */
  targetMade: TargetStep[];
  awarded: number;
  counted: number;
  uncounted: number;
  carriedIn: Lot[];
  /** What would go on to the next cycle. */
  carriedOut: Lot[];
  shortfallIn: number;
  /** Of what was needed, what was done in the time of grace. */
  madeGood: number;
  /** In which order entries filled the limits. */
  order: Order;
  /** Still needed, and the last day on which it may be done. */
  needed: number;
  doBy: CivilDate;
  /** The last day on which it may be handed in; absent: no such day. */
  recordBy?: CivilDate;
  outcome: Outcome;
  /** Cycles that ended short, and what the rulebook makes of them. */
  breaches?: BreachStanding;
  categories: { category: string; awarded: number; counted: number }[];
  requirements: RequirementStanding[];
  limits: LimitUse[];
  lines: StatementLine[];
  entries: StatementEntry[];
}

/** Of which cycle a statement is wanted, and for which day. */
export interface Wanted {
  scheme: string;
  /** By its name (`2026`, `2025-04-01`); absent: the one in which `on` lies. */
  cycle?: string | undefined;
  on: CivilDate;
  zone: string;
}

/**
 * The statement of a member in one scheme and cycle on a day.
 *
 * @param rulebooks those of the scheme, in the order of publication
 * @param facts of the member in ledger order, without those that were retracted
 * @returns undefined where the member takes no part in the scheme, or has no such cycle
 */
export function statement(
  rulebooks: readonly PublishedRulebook[],
  facts: readonly StatementFact[],
  { scheme, cycle, on, zone }: Wanted,
): Statement | undefined {
  const member = memberInScheme(rulebooks, facts, { scheme, on, zone });
  if (member === undefined) return undefined;
  const wanted = dayIn(member, cycle) ?? on;
  // What is done after a cycle may make it good.
  const accounts = cyclesOf(member, wanted > on ? wanted : on);
  const place =
    cycle === undefined
      ? accounts.length - 1
      : accounts.findIndex(({ span }) => span.cycle === cycle);
  const account = accounts[place];
  if (account === undefined) return undefined;
  return stated(account, member, breachesOf(accounts.slice(0, place + 1), on));
}

/** A day that lies in the cycle of this name, if it is one. */
function dayIn(member: MemberInScheme, cycle: string | undefined): CivilDate | undefined {
  if (cycle === undefined) return undefined;
  const day = cycle.length === 4 ? `${cycle}-01-01` : cycle;
  if (!isCivilDate(day)) return undefined;
  return cycleOn(member.books, member.anchor, day > member.joined ? day : member.joined)?.span.from;
}

function stated(
  account: CycleAccount,
  member: MemberInScheme,
  breaches: BreachStanding | undefined,
): Statement {
  const { span, book, grade, target, parts, recordBy } = account;
  const { on, scheme } = member;
  return {
    scheme,
    cycle: span,
    on,
    rulebook: { version: book.version, eventId: book.eventId },
    ...(grade === undefined ? {} : { grade }),
    ...(target === undefined ? {} : { target: target.points }),
    targetMade: target?.steps ?? [],
    awarded: account.awarded,
    counted: account.counted,
    uncounted: account.awarded - account.counted,
    carriedIn: account.carriedIn,
    carriedOut: account.carriedOut,
    shortfallIn: account.shortfallIn,
    needed: account.needed - account.madeGood,
    madeGood: account.madeGood,
    order: account.order,
    doBy: lastDayOf(span),
    ...(recordBy === undefined ? {} : { recordBy }),
    outcome: outcomeOf(account, on),
    ...(breaches === undefined ? {} : { breaches }),
    categories: categoriesOf(parts),
    requirements: account.requirements,
    limits: account.limits,
    lines: linesOf(account, member),
    entries: entriesOf(account, member),
  };
}

function entriesOf({ parts, book }: CycleAccount, { awarded }: MemberInScheme): StatementEntry[] {
  return parts.flatMap((part) => {
    const entry = awarded.entries.find(({ event }) => event === part.event);
    if (part.account !== undefined || entry === undefined) return [];
    const { event, category, points, counted } = part;
    const uncounted = reasonOf([part], book);
    return [{ kind: entry.kind, event, category, awarded: points, counted, uncounted }];
  });
}

/** Lines that award something in this cycle, and those that would fall in it if they were approved. */
function linesOf(
  { parts, span, book }: CycleAccount,
  { accounts }: MemberInScheme,
): StatementLine[] {
  const byLine = new Map<string, Part[]>();
  for (const part of parts) {
    const id = part.account?.line.lineId;
    if (id === undefined) continue;
    const own = byLine.get(id);
    if (own === undefined) byLine.set(id, [part]);
    else own.push(part);
  }
  return accounts.flatMap((account) => {
    const own = byLine.get(account.line.lineId) ?? [];
    const last = lastDayOf(account.line);
    const mine =
      own.length > 0 || (account.approval === undefined && last >= span.from && last < span.until);
    return mine || isUndone(account, span) ? [lineOf(account, own, book)] : [];
  });
}

function isUndone({ standing, line }: LineAccount, span: CycleSpan): boolean {
  const last = lastDayOf(line);
  return standing !== 'approved' && standing !== 'ended' && last >= span.from && last < span.until;
}

function lineOf(
  account: LineAccount,
  parts: readonly Part[],
  book: PublishedRulebook,
): StatementLine {
  const { claimId, line, standing, accepted, events, underReview } = account;
  return {
    claim: claimId,
    line: line.lineId,
    kind: line.kind,
    from: line.from,
    until: line.until,
    topics: [...line.topics],
    standing,
    underReview,
    claimed: line.quantity,
    ...(accepted === undefined ? {} : { accepted }),
    awarded: parts.reduce((points, part) => points + part.points, 0),
    ...(parts.some(({ approved }) => approved !== undefined)
      ? { approved: parts.reduce((points, part) => points + (part.approved ?? 0), 0) }
      : {}),
    counted: parts.reduce((points, part) => points + part.counted, 0),
    uncounted: reasonOf(parts, book),
    categories: [...new Set(parts.map(({ category }) => category))],
    events,
  };
}

function categoriesOf(parts: readonly Part[]): Statement['categories'] {
  const sums = new Map<string, { awarded: number; counted: number }>();
  for (const { category, points, counted } of parts) {
    const before = sums.get(category) ?? { awarded: 0, counted: 0 };
    sums.set(category, { awarded: before.awarded + points, counted: before.counted + counted });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, both]) => ({ category, ...both }));
}
