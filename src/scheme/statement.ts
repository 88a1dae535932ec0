import { type BreachStanding, breachesOf } from './breaches.ts';
import type { Lot } from './carrying.ts';
import { type CivilDate, isCivilDate, lastDayOf } from './civil-date.ts';
import { begunBy, cycleNamed } from './cycle-names.ts';
import { type CycleAccount, cyclesOf } from './cycles.ts';
import type { StatementFact } from './facts.ts';
import type { LimitUse } from './filling.ts';
import { cycleOn } from './governing.ts';
import { type MemberInScheme, memberInScheme } from './member-in-scheme.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Part } from './parts.ts';
import { type Recorded, recordedBy } from './recorded.ts';
import type { RequirementStanding } from './requirements.ts';
import type { PublishedRulebook } from './rulebook.ts';
import type { CycleSpan } from './rules/cycle.ts';
import type { TargetStep } from './rules/target-made.ts';
import { entriesOf, linesOf, type StatementEntry, type StatementLine } from './statement-line.ts';
import type { Order } from './weigh.ts';

/** A member's points in one scheme and cycle, with the reason for every hundredth. Points are hundredths. */
export interface Statement {
  scheme: string;
  /** What members call it. */
  title?: string;
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
  /** By its name (`2026`, `2025-04-01`), or the year in which it alone begins; absent: the one in which `on` lies. */
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
  wanted: Wanted,
): Statement | undefined {
  const recorded = recordedBy(facts, wanted.scheme);
  const found = cycleWanted(rulebooks, recorded, wanted);
  if (found === undefined) return undefined;
  const { member, accounts, account } = found;
  const lines = linesOf(account, recorded.accounts);
  return stated(account, member, lines, breachesOf(accounts, wanted.on));
}

/** A member in a scheme with their cycles, weighed, up to the one that is wanted: what a statement is made of. */
export interface CycleFound {
  member: MemberInScheme;
  accounts: CycleAccount[];
  account: CycleAccount;
}

/** The figures of a statement, without its lines. @returns undefined where there is no such statement */
export function cycleWanted(
  rulebooks: readonly PublishedRulebook[],
  recorded: Recorded,
  { scheme, cycle, on, zone }: Wanted,
): CycleFound | undefined {
  const member = memberInScheme(rulebooks, recorded, { scheme, on, zone });
  if (member === undefined) return undefined;
  const wanted = dayIn(member, cycle) ?? on;
  // What is done after a cycle may make it good.
  const accounts = cyclesOf(member, wanted > on ? wanted : on);
  const names = accounts.map(({ span }) => span.cycle);
  const name = cycle === undefined ? names.at(-1) : cycleNamed(names, cycle);
  const place = name === undefined ? -1 : names.indexOf(name);
  const account = accounts[place];
  return account && { member, accounts: accounts.slice(0, place + 1), account };
}

/** The first day of the cycle that is meant, if it is one. */
function dayIn(member: MemberInScheme, cycle: string | undefined): CivilDate | undefined {
  if (cycle === undefined) return undefined;
  const day = begunBy(cycle);
  if (!isCivilDate(day)) return undefined;
  return cycleOn(member.books, member.anchor, day > member.joined ? day : member.joined)?.span.from;
}

function stated(
  account: CycleAccount,
  member: MemberInScheme,
  lines: StatementLine[],
  breaches: BreachStanding | undefined,
): Statement {
  const { span, book, grade, target, parts, recordBy } = account;
  const { on, scheme } = member;
  return {
    scheme,
    ...(book.rulebook.title === undefined ? {} : { title: book.rulebook.title }),
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
    lines,
    entries: entriesOf(account, member),
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
