import { addMonths } from './civil-date.ts';
import type { CycleAccount } from './cycles.ts';
import { sum } from './parts.ts';
import { type Ratio, ratio, rounded, times } from './ratio.ts';
import { groupsOf } from './rulebook.ts';
import type { Carry } from './rules/carry.ts';
import { selects } from './rules/select.ts';

/** Points that came from an earlier cycle. */
export interface Lot {
  from: string;
  points: number;
  /** How many cycles it may still be used in, this one included. */
  left: number;
}

export function total(lots: readonly Lot[]): number {
  return lots.reduce((points, lot) => points + lot.points, 0);
}

/** What was carried in is used first; of the rest of a surplus, what the rulebook lets go on. */
export function carriedOut(
  account: Omit<CycleAccount, 'carriedOut'>,
  asked: number,
  isFirst: boolean,
): Lot[] {
  const { book, span, parts, counted, carriedIn } = account;
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
  const since = rule.lastMonths === undefined ? span.from : addMonths(span.until, -rule.lastMonths);
  const groups = groupsOf(book.rulebook);
  const eligible = parts.filter((part) => part.day >= since && selects(rule.of, part, groups));
  const points = Math.min(
    surplus,
    Math.max(0, sum(eligible, 'counted')),
    mostOf(rule, account),
    ...(rule.beyond ?? []).map((name) => beyond(name, account)),
  );
  if (points <= 0) return kept;
  return [...kept, { from: span.cycle, points, left: rule.lapsesAfterCycles ?? 1 }];
}

function mostOf(
  { most }: Carry,
  { target, parts, book }: Omit<CycleAccount, 'carriedOut'>,
): number {
  if (most === undefined) return Number.POSITIVE_INFINITY;
  if ('points' in most) return most.points;
  const groups = groupsOf(book.rulebook);
  const { of, share } = most;
  const base: Ratio =
    of === 'target'
      ? (target?.exact ?? ratio(0))
      : ratio(
          sum(
            parts.filter((part) => selects(of, part, groups)),
            'counted',
          ),
        );
  return Math.max(0, rounded(times(base, ratio(share.num, share.den)), 1, 'down'));
}

/** The surplus over a requirement of points, the least of its windows; of any other, all or nothing. */
function beyond(name: string, { requirements }: Omit<CycleAccount, 'carriedOut'>): number {
  const surpluses = requirements
    .filter((requirement) => requirement.name === name)
    .map(({ unit, met, had, asked }) => {
      if (!met) return 0;
      return unit === 'points' ? had - asked : Number.POSITIVE_INFINITY;
    });
  return Math.min(...surpluses);
}
