import type { CivilDate } from '../../scheme/civil-date.ts';
import type { AsOf } from '../member-facts.ts';
import { placeOf } from '../paging.ts';
import type { StandingSource } from '../standing-walk.ts';
import type { PageRequest } from '../views.ts';
import { type Asked, askedOf } from './asked.ts';
import { type MemberDerived, memberDerived, pageFrom } from './cell.ts';
import { holdingsIn } from './holdings.ts';
import { humans } from './humans.ts';
import type { CouncilTime } from './moments.ts';
import { readProfile, standsTo, type Way, waysOf } from './needs.ts';
import { placedAt } from './placing.ts';

/** Which figures of a report of coverage are taken apart: of one way to meet one need, at a body or in a region. */
export interface CoverageCellQuery {
  profile: string;
  /** Of the profile; absent: the last. */
  version?: number | undefined;
  need: string;
  /** Its place among the ways to meet the need: 0, 1, ... */
  way: number;
  on: CivilDate;
  asOf?: AsOf | undefined;
  councils: CouncilTime;
  today: CivilDate;
  council?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  source?: readonly string[] | undefined;
  /** Those, too, who are not enough for it. */
  all?: boolean | undefined;
}

/** Somebody of whom there is anything that the way asks: what they are to it, and by which facts. */
export interface MemberStands extends MemberDerived {
  /** Enough for it; known not to be; or not known, since nothing was seen lately. */
  stands: 'enough' | 'known' | 'not-known';
}

export interface CoverageCellDerived {
  on: string;
  asOf: number;
  need: { need: string; name: string };
  way: { framework: { id: string; version: number }; skill: string; level: string; wanted: number };
  items: MemberStands[];
  next?: string;
}

/**
 * Who makes up `enough` and `known` of one way to meet a need; what was seen too long ago for the profile is stale here.
 * Undefined where there is no such profile, need or way.
 *
 * @throws BadCursor; RangeError when the time of `asOf` is no instant
 */
export async function coverageCell(
  source: StandingSource,
  query: CoverageCellQuery,
  page: PageRequest,
): Promise<CoverageCellDerived | undefined> {
  const place = placeOf(page.cursor, ['number', 'number']) as [number, number] | undefined;
  const [index, from] = place ?? [undefined, 0];
  const { profile: _, version: __, all, ...rest } = query;
  const asOf = index === undefined ? rest.asOf : { index };
  const asked = await askedOf(source, { ...rest, by: [], asOf });
  const profile = readProfile(await source.rows(), asked.end, query);
  const need = profile?.needs.find((one) => one.need === query.need);
  if (profile === undefined || need === undefined) return undefined;
  const way = waysOf(profile, asked.terms, query.on)[profile.needs.indexOf(need)]?.[query.way];
  if (way === undefined) return undefined;
  const { framework, skill, level, people: wanted } = way;
  return {
    on: query.on,
    asOf: asked.end,
    need: { need: need.need, name: need.name },
    way: { framework, skill, level, wanted },
    ...(await pageFrom(standing(source, asked, way, all === true), asked.end, page, from)),
  };
}

async function* standing(
  source: StandingSource,
  asked: Asked,
  way: Way,
  all: boolean,
): AsyncGenerator<MemberStands> {
  const [now] = asked.moments;
  if (now === undefined) return;
  const moment = { ...now, staleBy: asked.terms.frameworks.map(() => way.staleBy) };
  const ranks = new Map(way.targets.map(({ skill, rank }) => [skill, rank]));
  const looking: Asked = {
    ...asked,
    wantedSkill: (skill) => ranks.has(skill),
    wanted: ({ skill, rank, current }) => current && rank >= (ranks.get(skill) ?? Infinity),
  };
  const reader = holdingsIn(asked.terms);
  for await (const human of humans(source, asked.walking)) {
    const placed = placedAt(human, moment).filter(asked.here);
    if (placed.length === 0) continue;
    const holdings = reader.on(human, moment.day, moment.staleBy);
    const stands = standsTo(way, new Map(holdings.map((one) => [one.skill, one])));
    if (stands !== 'enough' && !all) continue;
    const one = await memberDerived(source, looking, { human, moment, placed, holdings });
    if (one.skills.length === 0) continue;
    yield { ...one, counted: stands === 'enough', stands: stands ?? 'not-known' };
  }
}
