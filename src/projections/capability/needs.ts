import type { CivilDate } from '../../scheme/civil-date.ts';
import type { Database } from '../../store/driver.ts';
import { type DayNumber, dayText } from './days.ts';
import type { Holding } from './holdings.ts';
import { staleOn } from './moments.ts';
import { PROFILE, PROFILE_END } from './queries.ts';
import type { Target, Terms } from './terms.ts';

interface PublishedAlternative {
  framework: { id: string; version: number };
  skill: string;
  level: string;
  people: number;
  currentMonths?: number;
}

/** What a body needs, in one version of a profile. */
export interface ProfileTold {
  profile: string;
  version: number;
  name: string;
  /** Types of body that it is meant for; none: all. */
  types: string[];
  needs: { need: string; name: string; anyOf: PublishedAlternative[] }[];
  /** It is asked for no longer from this day on. */
  retiredFrom?: CivilDate;
}

/** A profile as known at an index; undefined where there was none, or not in that version. */
export function readProfile(
  database: Database,
  end: number,
  { profile, version }: { profile: string; version?: number | undefined },
): ProfileTold | undefined {
  const rows = database.prepare(PROFILE).all(end, profile) as {
    version: number;
    name: string;
    needs: string;
    types: string;
  }[];
  const row = rows.find((one) => version === undefined || one.version === version);
  if (row === undefined) return undefined;
  const ended = database.prepare(PROFILE_END).get(end, profile) as { until: number } | undefined;
  return {
    profile,
    version: row.version,
    name: row.name,
    types: JSON.parse(row.types),
    needs: JSON.parse(row.needs),
    ...(ended === undefined ? {} : { retiredFrom: dayText(ended.until) }),
  };
}

/** One way to meet a need, in the words of the versions told. */
export interface Way extends PublishedAlternative {
  /** All of these at their ranks or above; none: the versions told have no place for it. */
  targets: readonly Target[];
  /** What was observed on this day or before does not count. */
  staleBy: DayNumber;
}

/** The ways to meet each need, in the order of the profile. */
export function waysOf({ needs }: ProfileTold, terms: Terms, on: CivilDate): Way[][] {
  return needs.map(({ anyOf }) =>
    anyOf.map((way) => {
      const { framework, skill, level, currentMonths } = way;
      const told = terms.frameworks.find((one) => one.framework === framework.id);
      return {
        ...way,
        targets: terms.carried(framework.id, framework.version, skill, level),
        staleBy: staleOn(on, currentMonths ?? told?.staleAfterMonths),
      };
    }),
  );
}

/** What somebody is to a way: enough for it, known not to be, or not known lately. */
export function standsTo(
  { targets }: Way,
  holdings: ReadonlyMap<number, Holding>,
): 'enough' | 'known' | undefined {
  if (targets.length === 0) return undefined;
  let enough = true;
  let known = false;
  for (const { skill, rank } of targets) {
    const holding = holdings.get(skill);
    if (holding?.current !== true) enough = false;
    else {
      known = true;
      if (holding.rank < rank) enough = false;
    }
  }
  return enough ? 'enough' : known ? 'known' : undefined;
}
