import { type CivilDate, daysBetween, lastDayOf, within } from '../civil-date.ts';
import { compare, minus, plus, type Ratio, ratio, rounded, times } from '../ratio.ts';
import type { Rulebook } from '../rulebook.ts';
import { gradeOn, type Timeline } from '../timeline.ts';
import type { CycleSpan } from './cycle.ts';
import { leftOf, loweringsOf } from './lowering.ts';
import type { Relief } from './target.ts';
import { type Base, baseOf } from './target-base.ts';

/** One thing that made the target what it is. */
export interface TargetStep {
  by: 'grade' | 'rulebook' | 'joining' | 'relief' | 'rounding';
  /** Grade, class of relief, or what the rulebook calls it. */
  name: string;
  /** What it adds, in hundredths; below zero where it takes away. Rounded for showing. */
  points: number;
  from?: CivilDate;
  until?: CivilDate;
}

export interface TargetMade {
  /** In hundredths, exact. */
  exact: Ratio;
  /** Rounded up to the hundredth: the least that meets it. */
  points: number;
  steps: TargetStep[];
  exempt: boolean;
  suspended: boolean;
}

/** A rulebook that asks for a share of its own target in a cycle that began under another. */
export interface Succeeding {
  book: Rulebook;
  from: CivilDate;
}

interface About {
  joined: CivilDate;
  on: CivilDate;
  succeeding?: Succeeding[];
  begins?: CivilDate;
}

const ZERO = ratio(0);

/**
 * The target of a member in a cycle, and how it came about: by grade, then for the part of the cycle that they
 * are in the scheme and on no relief, then rounded as the rulebook says. What another version's cycles have left of a
 * cycle is asked as if the member had joined then.
 *
 * @param begins the day from which the cycle is there; by default its first
 * @param succeeding rulebooks that came into force inside the cycle and count in proportion, in order
 * @returns undefined where the rulebook names no target for the grade
 */
export function targetMade(
  book: Rulebook,
  timeline: Timeline,
  cycle: CycleSpan,
  { joined, on, succeeding = [], begins = cycle.from }: About,
): TargetMade | undefined {
  const begun = joined > begins ? joined : begins;
  const last = on < lastDayOf(cycle) ? on : lastDayOf(cycle);
  const base = baseOf(book, timeline, cycle, begun, last);
  if (base === undefined) return undefined;
  const lowerings = loweringsOf(book, timeline, cycle, begun).filter(
    (one) => (one.flat !== 0 || one.share.num !== 0n) && touches(book, one),
  );
  const now = effectsOn(book, timeline, last);
  const exempt =
    now.has('exempt') || (book.exemptGrades?.includes(gradeOn(timeline, last) ?? '') ?? false);
  const suspended = now.has('suspend');
  if (lowerings.length === 0 && succeeding.length === 0) {
    return { ...wholeOf(book, base), exempt, suspended };
  }
  const steps: TargetStep[] = [{ by: 'grade', name: base.grade, points: shown(base.points) }];
  let whole = base.points;
  succeeding.forEach((next, n) => {
    const other = baseOf(next.book, timeline, cycle, begun, last);
    if (other === undefined) return;
    const before = baseOf(succeeding[n - 1]?.book ?? book, timeline, cycle, begun, last) ?? base;
    const share = ratio(daysBetween(next.from, cycle.until), daysBetween(cycle.from, cycle.until));
    const more = times(minus(other.points, before.points), share);
    whole = plus(whole, more);
    steps.push({ by: 'rulebook', name: 'in-proportion', points: shown(more), from: next.from });
  });
  let left = ratio(1);
  let flat = ZERO;
  lowerings.forEach(({ flat: off, by, name, from, until }, n) => {
    const now = leftOf(lowerings.slice(0, n + 1));
    const points = shown(minus(times(whole, minus(now, left)), ratio(off)));
    left = now;
    flat = plus(flat, ratio(off));
    if (points === 0) return;
    if (by === 'relief') steps.push({ by, name, points, from, until });
    else if (joined >= begins && joined > cycle.from) steps.push({ by, name, points, from });
    else steps.push({ by: 'rulebook', name: 'cut-anew', points, from });
  });
  return { ...asked(book, positive(minus(times(whole, left), flat)), steps), exempt, suspended };
}

type Asked = Pick<TargetMade, 'exact' | 'points' | 'steps'>;

/** What is asked for a whole cycle. The same for all of a grade, who are most: it is reckoned once. */
function wholeOf(book: Rulebook, { grade, points }: Base): Asked {
  const known = wholes.get(book) ?? new Map<string, Asked>();
  wholes.set(book, known);
  const key = `${grade} ${points.num}/${points.den}`;
  const found =
    known.get(key) ?? asked(book, points, [{ by: 'grade', name: grade, points: shown(points) }]);
  known.set(key, found);
  return found;
}

const wholes = new WeakMap<Rulebook, Map<string, Asked>>();

function asked(book: Rulebook, exact: Ratio, steps: TargetStep[]): Asked {
  const { roundTarget: round } = book;
  const points = round === undefined ? exact : ratio(rounded(exact, round.to, round.direction));
  const change = shown(minus(points, exact));
  const rounding: TargetStep[] =
    change === 0 ? [] : [{ by: 'rounding', name: 'rounding', points: change }];
  return { exact: points, points: rounded(points, 1, 'up'), steps: [...steps, ...rounding] };
}

/** Whether the target is lowered by it: every part-year, and each relief whose rule does not spare it. */
function touches({ reliefs = [] }: Rulebook, { by, name }: { by: string; name: string }): boolean {
  return by === 'joining' || reliefs.find((rule) => rule.class === name)?.sparesTarget !== true;
}

/** Effects of the reliefs in force on a day. */
function effectsOn(book: Rulebook, timeline: Timeline, day: CivilDate): Set<Relief['effect']> {
  const inForce = timeline.reliefs.filter((time) => within(day, time));
  const rules = inForce.flatMap(
    (time) => book.reliefs?.filter((rule) => rule.class === time.class) ?? [],
  );
  return new Set(rules.map(({ effect }) => effect));
}

function positive(value: Ratio): Ratio {
  return compare(value, ZERO) < 0 ? ZERO : value;
}

function shown(value: Ratio): number {
  return rounded(value, 1, 'nearest');
}
