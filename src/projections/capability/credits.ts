import { createHash } from 'node:crypto';
import type { ViewFact } from '../projection.ts';
import { type DayNumber, dayNumber, dayOrNull } from './days.ts';

/** A skill at a level, in the words of one version of a framework: what a fact credits. */
export interface Term {
  framework: string;
  version: number;
  skill: string;
  level: string;
}

/**
 * A term as rows hold it: 48 bits of a hash, so that a row is a function of its own stream alone, and that millions
 * of them are short. Who reads them knows all terms and would see two that are one (`readTerms`).
 */
export function termNumber({ framework, version, skill, level }: Term): number {
  const text = `${framework}/${version}/${skill}/${level}`;
  let number = numbers.get(text);
  if (number === undefined) {
    if (numbers.size >= MOST_TERMS) numbers.clear();
    number = createHash('sha256').update(text).digest().readUIntBE(0, 6);
    numbers.set(text, number);
  }
  return number;
}

const MOST_TERMS = 50_000;
const numbers = new Map<string, number>();

/** A skill at a level in `[from, until)`, as somebody observed it on its first day. */
export interface Observed {
  term: number;
  source: string;
  from: DayNumber;
  until: DayNumber | null;
  /** From this day on it is stale, whatever else is said of going stale. */
  validUntil: DayNumber | null;
  /** Index of the fact that says so. */
  fact: number;
}

/** Another observation of what was credited: it takes the place of what was seen before, from its day on. */
export function observed(before: readonly Observed[], now: Observed): Observed[] {
  const later = before.filter(({ from }) => from > now.from);
  const earlier = before.filter(({ from }) => from < now.from);
  const next = later.reduce<DayNumber | null>(
    (least, { from }) => (least === null ? from : Math.min(least, from)),
    now.until,
  );
  const cut = earlier.map((one) => ({ ...one, until: sooner(one.until, now.from) }));
  return [...cut, { ...now, until: next }, ...later];
}

/** The same, held no longer from a day on. */
export function ended(before: readonly Observed[], on: DayNumber): Observed[] {
  return before
    .filter(({ from }) => from < on)
    .map((one) => ({ ...one, until: sooner(one.until, on) }));
}

function sooner(until: DayNumber | null, on: DayNumber): DayNumber {
  return until === null ? on : Math.min(until, on);
}

type Credited = Extract<ViewFact, { type: 'SkillCredited' }>;
type Reassessed = Extract<ViewFact, { type: 'SkillReassessed' }>;
export type CreditFact = Credited | Reassessed | Extract<ViewFact, { type: 'SkillEnded' }>;

/** What was credited, whatever its level has been since. */
export type Skill = Pick<Term, 'framework' | 'version' | 'skill'>;

export function skillOf({ data }: Credited): Skill {
  const { framework, skill } = data;
  return { framework: framework.id, version: framework.version, skill };
}

export function isCreditFact(fact: ViewFact): fact is CreditFact {
  return (
    fact.type === 'SkillCredited' || fact.type === 'SkillReassessed' || fact.type === 'SkillEnded'
  );
}

/** How a credited skill goes on with a fact about it; one that is not there (it was retracted) does not. */
export function afterFact(
  before: readonly Observed[],
  fact: CreditFact,
  skill: Skill,
): readonly Observed[] {
  if (fact.type === 'SkillCredited') return [observationOf(fact, skill)];
  if (before.length === 0) return before;
  if (fact.type === 'SkillEnded') return ended(before, dayNumber(fact.data.until));
  return observed(before, observationOf(fact, skill));
}

function observationOf(fact: Credited | Reassessed, skill: Skill): Observed {
  const { level, source, observedOn, validUntil } = fact.data;
  return {
    term: termNumber({ ...skill, level }),
    source,
    from: dayNumber(observedOn),
    until: null,
    validUntil: dayOrNull(validUntil),
    fact: fact.index,
  };
}
