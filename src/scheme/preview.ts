import { total } from './carrying.ts';
import { type CivilDate, within } from './civil-date.ts';
import { type CycleAccount, cyclesOf } from './cycles.ts';
import { type MemberInScheme, memberInScheme, takesPart } from './member-in-scheme.ts';
import { isMet, type Outcome, outcomeOf } from './outcome.ts';
import type { Recorded } from './recorded.ts';
import { reignsOf } from './reigns.ts';
import type { PublishedRulebook } from './rulebook.ts';

/** A member's cycle under one rulebook, in figures: as their statement would say. Points are hundredths. */
export interface Figures {
  cycle: string;
  /** Version of the rulebook that governs it. */
  version: number;
  /** Absent where the rulebook names none for the grade. */
  target?: number;
  counted: number;
  carriedIn: number;
  needed: number;
  outcome: Outcome;
  /** The target and every binding requirement, or a route. */
  met: boolean;
}

/** What a new rulebook would do to a member in one cycle. */
export interface Foreseen {
  /** Absent: without it there would be no such cycle, or it is compared with another that it would be cut into. */
  before?: Figures;
  after: Figures;
  /** By how much more is counted and carried in than is asked, after less before: below zero, they lose. */
  change: number;
}

/**
 * What publishing a rulebook would do to a member who takes part on a day: each cycle up to that day that it
 * would govern, or the first one after it, where it would not begin by then. A statement after publishing, on the same day, says the same.
 *
 * @param next with the version and the day that it would have
 * @returns undefined where the member takes no part on the day
 */
export function foreseen(
  books: readonly PublishedRulebook[],
  next: PublishedRulebook,
  recorded: Recorded,
  wanted: { scheme: string; on: CivilDate; zone: string },
): Foreseen[] | undefined {
  const today = memberInScheme(books, recorded, wanted);
  const then = memberInScheme([...books, next], recorded, wanted);
  if (today === undefined || then === undefined || !takesPart(today)) return undefined;
  const after = governedBy(next, then);
  const first = after.at(-1)?.span.from;
  if (first === undefined) return [];
  const before = cyclesOf(today, first > today.on ? first : today.on);
  const left = new Set(before);
  return after.map((account) => {
    const other = counterpart([...left], account);
    if (other !== undefined) left.delete(other);
    return compared(account, other, today.on);
  });
}

function governedBy({ version }: PublishedRulebook, member: MemberInScheme): CycleAccount[] {
  const { books, anchor, on } = member;
  const reign = reignsOf(books, anchor).find(({ book }) => book.version === version);
  // None: another version takes over where it would.
  if (reign === undefined) return [];
  const rolls = reign.book.rulebook.cycle.starts === 'rolling';
  // A window is of the day asked: it has no next.
  if (rolls && on < reign.from) return [];
  const accounts = cyclesOf(member, on > reign.from ? on : reign.from);
  return accounts.filter(({ book }) => book.version === version);
}

/**
 * The cycle of the same name; where cycles are cut otherwise, the one in which its first day lies. Each is compared
 * once, so that sums are of what there was.
 */
function counterpart(
  accounts: readonly CycleAccount[],
  { span }: CycleAccount,
): CycleAccount | undefined {
  return (
    accounts.find((account) => account.span.cycle === span.cycle) ??
    accounts.find((account) => within(span.from, account.span))
  );
}

function compared(after: CycleAccount, before: CycleAccount | undefined, on: CivilDate): Foreseen {
  const now = figuresOf(after, on);
  if (before === undefined) return { after: now, change: 0 };
  return {
    before: figuresOf(before, on),
    after: now,
    change: marginOf(after) - marginOf(before),
  };
}

function figuresOf(account: CycleAccount, on: CivilDate): Figures {
  const { span, book, target, counted, carriedIn, needed } = account;
  return {
    cycle: span.cycle,
    version: book.version,
    ...(target === undefined ? {} : { target: target.points }),
    counted,
    carriedIn: total(carriedIn),
    needed,
    outcome: outcomeOf(account, on),
    met: isMet(account),
  };
}

function marginOf({ target, counted, carriedIn }: CycleAccount): number {
  const asked = target === undefined || target.exempt || target.suspended ? 0 : target.points;
  return counted + total(carriedIn) - asked;
}
