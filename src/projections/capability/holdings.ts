import type { DayNumber } from './days.ts';
import type { Human } from './humans.ts';
import type { Credits } from './member-rows.ts';
import type { Terms } from './terms.ts';

/** What somebody has of one skill on a day. */
export interface Holding {
  skill: number;
  /** Of what is current the highest, or, where nothing is, of what has gone stale. */
  rank: number;
  current: boolean;
  /** Credits of this skill that run on that day. */
  events: number;
}

/** Tells what somebody has, by skill. One for each report: it keeps its room from one human to the next. */
export interface HoldingsReader {
  on(human: Human, day: DayNumber, staleBy: readonly DayNumber[]): Holding[];
  /** Credits met that the versions told have no place for. */
  outside(): number;
}

export function holdingsIn(terms: Terms): HoldingsReader {
  const bySkill: (Holding | undefined)[] = new Array(terms.skills.length).fill(undefined);
  const frameworkOf = terms.skills.map(({ framework }) => framework);
  let outside = 0;

  const look = (
    found: Holding[],
    credits: Credits,
    day: DayNumber,
    staleBy: readonly DayNumber[],
  ): void => {
    const { terms: numbers, from, until, validUntil } = credits;
    for (let n = 0; n < numbers.length; n++) {
      const since = from[n] as number;
      if (since > day || (until !== undefined && (until[n] as number) <= day)) continue;
      const targets = terms.targetsOf(numbers[n] as number);
      if (targets === undefined) continue;
      if (targets.length === 0) outside += 1;
      for (const { skill, rank } of targets) {
        const stale = staleBy[frameworkOf[skill] as number] as number;
        const valid = validUntil === undefined || (validUntil[n] as number) > day;
        const current = valid && since > stale;
        const before = bySkill[skill];
        if (before === undefined) {
          const holding = { skill, rank, current, events: 1 };
          bySkill[skill] = holding;
          found.push(holding);
          continue;
        }
        before.events += 1;
        if (current === before.current) before.rank = Math.max(before.rank, rank);
        else if (current) {
          before.current = true;
          before.rank = rank;
        }
      }
    }
  };
  return {
    on(human, day, staleBy) {
      const found: Holding[] = [];
      for (const credits of human.credits) look(found, credits, day, staleBy);
      for (const { skill } of found) bySkill[skill] = undefined;
      return found;
    },
    outside: () => outside,
  };
}
