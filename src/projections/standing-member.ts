import type { AnyFact } from '../events/registry.ts';
import { total } from '../scheme/carrying.ts';
import { type CivilDate, daysBetween, lastDayOf, within } from '../scheme/civil-date.ts';
import { isStatementFact } from '../scheme/facts.ts';
import { takesPart } from '../scheme/member-in-scheme.ts';
import { type Outcome, outcomeOf } from '../scheme/outcome.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import type { CycleSpan } from '../scheme/rules/cycle.ts';
import { cycleWanted, type Statement, statement, type Wanted } from '../scheme/statement.ts';
import { unmetWords } from '../scheme/statement-words.ts';
import { ZONE } from './day-handed-in.ts';
import type { Known } from './standing-rows.ts';

/** How one member stands in a scheme and cycle: the figures of their statement. Points are hundredths. */
export interface Standing {
  member: string;
  grade?: string;
  /** Who employs them on that day, in order; none, one or several. */
  organisations: string[];
  /** On that day a member, and in the scheme: who has left is shown, and asked nothing more. */
  takesPart: boolean;
  cycle: CycleSpan;
  /** Version of the rulebook that governs the cycle. */
  rulebook: number;
  target?: number;
  awarded: number;
  counted: number;
  carriedIn: number;
  needed: number;
  outcome: Outcome;
  /** Requirements for which it is not met, in words. */
  unmet: string[];
  doBy: CivilDate;
  recordBy?: CivilDate;
  /** Days from the day asked to the last on which it may be done; none once that is over. */
  daysLeft: number;
}

export type StatementWanted = Omit<Wanted, 'zone'>;

/** A member's statement from the facts that are kept for reports: the same that their own stream gives. */
export function statementOf(
  books: readonly PublishedRulebook[],
  facts: readonly AnyFact[],
  wanted: StatementWanted,
): Statement | undefined {
  return statement(books, facts.filter(isStatementFact), { ...wanted, zone: ZONE });
}

/** How a member stands; undefined where they take no part, or have no such cycle. */
export function standingOf(
  { member, recorded, facts }: Known,
  books: readonly PublishedRulebook[],
  wanted: StatementWanted,
): Standing | undefined {
  const found = cycleWanted(books, recorded, { ...wanted, zone: ZONE });
  if (found === undefined) return undefined;
  const { account } = found;
  const { grade, span, target, recordBy } = account;
  const doBy = lastDayOf(span);
  const outcome = outcomeOf(account, wanted.on);
  return {
    member,
    ...(grade === undefined ? {} : { grade }),
    organisations: employersOn(facts, wanted.on),
    takesPart: takesPart(found.member),
    cycle: span,
    rulebook: account.book.version,
    ...(target === undefined ? {} : { target: target.points }),
    awarded: account.awarded,
    counted: account.counted,
    carriedIn: total(account.carriedIn),
    needed: account.needed - account.madeGood,
    outcome,
    unmet: unmetWords({ outcome, requirements: account.requirements }),
    doBy,
    ...(recordBy === undefined ? {} : { recordBy }),
    daysLeft: Math.max(0, daysBetween(wanted.on, doBy)),
  };
}

function employersOn(facts: readonly AnyFact[], on: CivilDate): string[] {
  const posts = new Map<string, { organisation: string; from: CivilDate; until?: CivilDate }>();
  for (const fact of facts) {
    if (fact.type === 'EmploymentStarted') {
      const { employmentId, organisation, from, until } = fact.data;
      posts.set(employmentId, { organisation, from, ...(until === undefined ? {} : { until }) });
    } else if (fact.type === 'EmploymentEnded') {
      const post = posts.get(fact.data.employmentId);
      if (post !== undefined) post.until = fact.data.until;
    }
  }
  const now = [...posts.values()].filter((post) => within(on, post));
  return [...new Set(now.map(({ organisation }) => organisation))].sort();
}
