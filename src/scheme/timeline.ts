import type { CivilDate } from './civil-date.ts';
import type { TimelineFact } from './facts.ts';
import type { Adopted } from './rulebook.ts';

/** A half-open interval of days. */
export interface Days {
  from: CivilDate;
  until?: CivilDate | undefined;
}

export interface ReliefTime extends Days {
  reliefId: string;
  class: string;
  minutesPerWeek?: number | undefined;
}

/** What a member was on any day: grades, when they were no member, reliefs, deadlines; and their time in schemes. */
export interface Timeline {
  /** By the day from which they hold; of the same day the later fact is last. */
  grades: { grade: string; from: CivilDate }[];
  /** When the membership had ended. */
  away: Days[];
  schemes: Map<string, Days & { anchor: CivilDate; track: string | undefined }>;
  /** Versions of rulebooks that the member adopted before they bind everybody. */
  adopted: (Adopted & { scheme: string })[];
  reliefs: ReliefTime[];
  deadlines: { scheme: string; cycle: string; until: CivilDate }[];
}

/** The timeline that these facts tell, in ledger order, without those that were retracted. */
export function timelineOf(facts: readonly TimelineFact[]): Timeline {
  const line: Timeline = {
    grades: [],
    away: [],
    schemes: new Map(),
    adopted: [],
    reliefs: [],
    deadlines: [],
  };
  for (const fact of facts) follow(line, fact);
  line.grades.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return line;
}

function follow(line: Timeline, fact: TimelineFact): void {
  switch (fact.type) {
    case 'Registered':
      line.grades.push({ grade: fact.data.grade, from: fact.data.on });
      return;
    case 'GradeChanged':
      line.grades.push({ grade: fact.data.grade, from: fact.data.effectiveOn });
      return;
    case 'Rejoined':
      line.grades.push({ grade: fact.data.grade, from: fact.data.effectiveOn });
      back(line, fact.data.effectiveOn);
      return;
    case 'Reinstated':
      back(line, fact.data.effectiveOn);
      return;
    case 'Resigned':
    case 'Lapsed':
    case 'Died':
      line.away.push({ from: fact.data.effectiveOn });
      return;
    case 'SchemeJoined': {
      const { scheme, on, anchor, track } = fact.data;
      line.schemes.set(scheme, { from: on, anchor, track });
      return;
    }
    case 'SchemeLeft': {
      const joined = line.schemes.get(fact.data.scheme);
      if (joined !== undefined) joined.until = fact.data.on;
      return;
    }
    case 'RulebookAdopted': {
      const { scheme, rulebook, from } = fact.data;
      line.adopted.push({ scheme, version: rulebook.version, from });
      return;
    }
    case 'DeadlineExtended':
      line.deadlines.push(fact.data);
      return;
    case 'ReliefGranted':
    case 'ReliefChanged':
    case 'ReliefEnded':
      followRelief(line, fact);
  }
}

type ReliefFact = Extract<TimelineFact, { type: `Relief${string}` }>;

function followRelief({ reliefs }: Timeline, { type, data }: ReliefFact): void {
  const at = reliefs.findIndex(({ reliefId }) => reliefId === data.reliefId);
  const known = reliefs[at];
  if (type === 'ReliefEnded') {
    if (known !== undefined) known.until = data.until;
    return;
  }
  const { reliefId, from, until, minutesPerWeek } = data;
  const relief = { reliefId, class: data.class, from, until, minutesPerWeek };
  if (known === undefined) reliefs.push(relief);
  else reliefs[at] = relief;
}

function back({ away }: Timeline, on: CivilDate): void {
  const last = away.at(-1);
  if (last !== undefined && last.until === undefined) last.until = on;
}

/** The grade on a day: of those that hold by then the one that began last, ties to the later fact. */
export function gradeOn({ grades }: Pick<Timeline, 'grades'>, on: CivilDate): string | undefined {
  return grades.findLast(({ from }) => from <= on)?.grade;
}
