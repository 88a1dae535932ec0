import { addMonths, type CivilDate, lastDayOf, monthsBetween } from './civil-date.ts';
import { entryOf, type Part, sum } from './parts.ts';
import { type Ratio, ratio, rounded, times } from './ratio.ts';
import type { Cut } from './reigns.ts';
import { groupsOf, type Rulebook } from './rulebook.ts';
import { type CycleSpan, periodsOf } from './rules/cycle.ts';
import { leftOf, loweringsOf } from './rules/lowering.ts';
import type { Requirement } from './rules/requirement.ts';
import { selects } from './rules/select.ts';
import type { TargetMade } from './rules/target-made.ts';
import type { Timeline } from './timeline.ts';

/** A requirement as it stands, in one window that it looks at. */
export interface RequirementStanding {
  name: string;
  from: CivilDate;
  until: CivilDate;
  unit: 'points' | 'amount' | 'entries' | 'works' | 'months';
  /** What is asked: at least so much; of `months`: a gap of at most so many. */
  asked: number;
  had: number;
  met: boolean;
  advisory: boolean;
  /** Whether the window is over: until then what is not met may still be. */
  over: boolean;
  /** Of what was had, what was done in the time of grace. */
  madeGood?: number;
  /** Whether it binds yet: not while the window reaches back to before the member joined. */
  due: boolean;
}

export interface About {
  target: TargetMade;
  grade: string;
  on: CivilDate;
  timeline: Timeline;
  joined: CivilDate;
}

/**
 * How the requirements of a rulebook stand for a member.
 *
 * @param parts weighed, of this cycle and of those before it
 */
export function requirementsOf(
  book: Rulebook,
  cycle: Pick<Cut, 'span' | 'whole'>,
  parts: readonly Part[],
  about: About,
): RequirementStanding[] {
  const { grade } = about;
  return (book.requirements ?? [])
    .filter(({ grades }) => grades?.includes(grade) ?? true)
    .flatMap((rule) =>
      windowsOf(rule, book, cycle)
        // A period that was over before the member joined asks nothing of them.
        .filter(({ until }) => until > about.joined)
        .map((window) => standing(rule, book, window, parts, about)),
    );
}

/** A window, and from when it would be there if no other version's cycles had ended inside it. */
interface Window extends CycleSpan {
  wholeFrom: CivilDate;
}

function windowsOf(
  { per }: Requirement,
  { cycle }: Rulebook,
  { span, whole }: Pick<Cut, 'span' | 'whole'>,
): Window[] {
  if (typeof per === 'object') {
    const from = addMonths(span.until, -per.months);
    return [{ ...span, from, wholeFrom: from }];
  }
  const windows =
    per === 'cycle'
      ? [whole]
      : periodsOf(per === 'month' ? { ...cycle, periodMonths: 1 } : cycle, whole);
  return windows
    .filter(({ until }) => until > span.from)
    .map(({ from, ...window }) => {
      return { ...window, from: from > span.from ? from : span.from, wholeFrom: from };
    });
}

function standing(
  rule: Requirement,
  book: Rulebook,
  { from, until, wholeFrom }: Window,
  parts: readonly Part[],
  { target, on, timeline, joined }: About,
): RequirementStanding {
  const groups = groupsOf(book);
  const inside = parts.filter(
    ({ day, barred }) => barred === undefined && day >= from && day < until,
  );
  const mine = inside.filter(
    (part) =>
      part.line !== undefined &&
      part.spentOn?.has(rule.name) !== true &&
      selects(rule.of, part, groups),
  );
  const common = {
    name: rule.name,
    from,
    until,
    advisory: rule.advisory ?? false,
    over: on >= until,
    due: typeof rule.per === 'string' || joined <= from,
  };
  const begun = joined > from ? joined : from;
  const lowered = rule.loweredBy ?? [];
  const share = leftOf(
    lowered.length === 0
      ? []
      : loweringsOf(book, timeline, { from: wholeFrom, until }, begun).filter(({ name }) =>
          lowered.includes(name),
        ),
  );
  if (rule.noGapOver !== undefined) {
    const days = parts
      .filter((part) => part.line !== undefined && part.barred === undefined)
      .filter((part) => part.day < until && selects(rule.of, part, groups))
      .map(({ day }) => day);
    const had = longestGap(days, begun, on < until ? on : lastDayOf({ until }));
    return { ...common, unit: 'months', asked: rule.noGapOver, had, met: had <= rule.noGapOver };
  }
  const least = (asked: Ratio): number => rounded(times(asked, share), 1, 'up');
  const answer = (unit: RequirementStanding['unit'], asked: number, had: number) => ({
    ...common,
    unit,
    asked,
    had,
    met: had >= asked,
  });
  if (rule.every !== undefined) {
    const having = mine.filter(({ line }) => hasOnIt(rule.every, line));
    return answer('entries', entriesIn(mine), entriesIn(having));
  }
  if (rule.entries !== undefined) {
    return answer('entries', least(ratio(rule.entries)), entriesIn(mine));
  }
  if (rule.works !== undefined) {
    const works = new Set(mine.map((part) => part.workRef ?? entryOf(part)));
    return answer('works', least(ratio(rule.works)), works.size);
  }
  if (rule.amount !== undefined) {
    return answer('amount', least(ratio(rule.amount.amount)), sum(mine, 'amount'));
  }
  const counted = sum(
    inside.filter((part) => selects(rule.of, part, groups)),
    'counted',
  );
  return answer('points', least(pointsAsked(rule, inside, groups, target)), counted);
}

function entriesIn(parts: readonly Part[]): number {
  return new Set(parts.map(entryOf)).size;
}

function hasOnIt(what: Requirement['every'], line: Part['line']): boolean {
  return what === 'evidence' ? (line?.evidence ?? 0) > 0 : line?.reflected === true;
}

function pointsAsked(
  { least }: Requirement,
  parts: readonly Part[],
  groups: ReturnType<typeof groupsOf>,
  target: TargetMade,
): Ratio {
  if (least === undefined) return ratio(0);
  if ('points' in least) return ratio(least.points);
  const { of, share } = least;
  const base =
    of === 'target'
      ? target.exact
      : ratio(
          sum(
            parts.filter((part) => selects(of, part, groups)),
            'counted',
          ),
        );
  return times(base, ratio(share.num, share.den));
}

/** Months of the longest time without an entry, begun ones whole; an entry before the first day ends a gap, too. */
function longestGap(days: readonly CivilDate[], from: CivilDate, until: CivilDate): number {
  const earlier = days.filter((day) => day < from).sort();
  const inside = days.filter((day) => day >= from && day <= until).sort();
  const all = [earlier.at(-1) ?? from, ...inside, until];
  return all.reduce((longest, day, n) => {
    const before = all[n - 1];
    return before === undefined ? longest : Math.max(longest, monthsBegun(before, day));
  }, 0);
}

function monthsBegun(from: CivilDate, to: CivilDate): number {
  const whole = monthsBetween(from, to);
  return addMonths(from, whole) < to ? whole + 1 : whole;
}
