import type { CivilDate } from '../../scheme/civil-date.ts';
import type { AsOf } from '../member-facts.ts';
import { endOfRows, type StandingSource } from '../standing-walk.ts';
import { partOf } from './count.ts';
import { dayNumber } from './days.ts';
import type { Holding } from './holdings.ts';
import type { Walking } from './humans.ts';
import { type CouncilTime, type Moment, momentsOf } from './moments.ts';
import { UNASSIGNED } from './places.ts';
import type { Placed } from './placing.ts';
import type { DimensionName } from './table.ts';
import { levelOf, readTerms, type Terms } from './terms.ts';

/** What a report of capability is asked: of a day, as known at an index or time. */
export interface CapabilityQuery {
  on: CivilDate;
  asOf?: AsOf | undefined;
  by: readonly DimensionName[];
  /** With `month` among `by`: from the month of this day. */
  since?: CivilDate | undefined;
  councils: CouncilTime;
  /** Whose councils are meant by `today`. */
  today: CivilDate;
  framework?: string | undefined;
  /** A version of the framework; absent: of each the one in force on the day. */
  version?: number | undefined;
  /** Any of these; absent: all. */
  skill?: readonly string[] | undefined;
  level?: readonly string[] | undefined;
  council?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  nation?: readonly string[] | undefined;
  type?: readonly string[] | undefined;
  grade?: readonly string[] | undefined;
  source?: readonly string[] | undefined;
}

/** A question with what answers it: words, days and places as of an index, and who is to be looked at. */
export interface Asked {
  end: number;
  terms: Terms;
  moments: Moment[];
  walking: Walking;
  /** By the place of a skill. */
  wantedSkill(skill: number): boolean;
  wanted(holding: Holding): boolean;
  /** Whether somebody is asked for where they are counted. */
  here(placed: Placed): boolean;
}

const placeFilters = ['council', 'region', 'nation', 'type', 'grade'] as const;

/** @throws RangeError when the time of `asOf` is no instant */
export async function askedOf(source: StandingSource, query: CapabilityQuery): Promise<Asked> {
  const end = await endOfRows(source, query.asOf);
  const database = await source.rows();
  const { framework, version, on, council, source: sources } = query;
  const terms = readTerms(database, { end, on, framework, version });
  const since = query.by.includes('month') ? (query.since ?? on) : undefined;
  const moments = momentsOf(database, terms, { ...query, end, since });
  const places = [...new Set(moments.map((moment) => moment.places))];
  const bodies = council?.flatMap((one) => places.flatMap((of) => of.whoseHeirIs(one)));
  const skills = query.skill && new Set(query.skill);
  const wantedSkill = (skill: number): boolean =>
    skills === undefined || skills.has(terms.skills[skill]?.skill ?? '');
  const levelled = ({ skill, rank }: Holding): boolean => {
    const told = terms.frameworks[terms.skills[skill]?.framework ?? 0];
    return told !== undefined && (query.level?.includes(levelOf(told, rank)) ?? true);
  };
  return {
    end,
    terms,
    moments,
    walking: {
      end,
      first: moments[0]?.day ?? dayNumber(on),
      last: dayNumber(on),
      postsUntil: Math.max(...moments.map(({ postsUntil }) => postsUntil)),
      sources,
      bodies: bodies && [...new Set(bodies)],
      // Where people of a body that was split are, their other posts tell.
      allPosts: bodies?.some((body) => places.some((of) => of.of(body).council === UNASSIGNED)),
    },
    wantedSkill,
    wanted: (holding) => wantedSkill(holding.skill) && levelled(holding),
    here: (placed) =>
      placeFilters.every((name) => query[name]?.includes(partOf(placed, name)) ?? true),
  };
}
