import type { CivilDate } from '../../scheme/civil-date.ts';
import type { AsOf } from '../member-facts.ts';
import type { StandingSource } from '../standing-walk.ts';
import { askedOf, type CapabilityQuery } from './asked.ts';
import { counted, type Tally } from './coverage-count.ts';
import {
  type CoverageShare,
  type CoverageState,
  needState,
  profileState,
  shareOf,
  type WayCount,
} from './coverage-states.ts';
import { type DeclarationTold, declarationsOf } from './declarations.ts';
import type { CouncilTime } from './moments.ts';
import { type ProfileTold, readProfile, type Way, waysOf } from './needs.ts';
import type { Body } from './places.ts';

/** What a report of coverage is asked. */
export interface CoverageQuery {
  profile: string;
  /** Of the profile; absent: the last. */
  version?: number | undefined;
  on: CivilDate;
  asOf?: AsOf | undefined;
  councils: CouncilTime;
  today: CivilDate;
  /** Types of body that are asked: the denominator. Absent: those that the profile is meant for. */
  type?: readonly string[] | undefined;
  council?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  nation?: readonly string[] | undefined;
  source?: readonly string[] | undefined;
  /** Shares for bodies that have these in common. */
  by: readonly CoverageCut[];
}

export const coverageCuts = ['region', 'nation', 'type'] as const;
export type CoverageCut = (typeof coverageCuts)[number];

/** One way to meet a need, at one body. */
export interface WayTold extends WayCount {
  framework: { id: string; version: number };
  skill: string;
  level: string;
}

export interface NeedCovered {
  need: string;
  state: CoverageState;
  ways: WayTold[];
  /** What the body says of itself: no evidence, and counted nowhere. */
  declared: DeclarationTold[];
}

export interface CouncilCovered {
  council: string;
  name: string;
  type: string;
  region: string | null;
  nation: string | null;
  state: CoverageState;
  /** Members there, whatever part of them: what disclosure is decided by. */
  heads: number;
  needs: NeedCovered[];
}

export interface CoverageReport {
  profile: ProfileTold;
  on: CivilDate;
  asOf: number;
  councils: CouncilTime;
  /** The types of body that were asked; none: all. */
  types: readonly string[];
  /** Over all bodies asked. */
  all: CoverageShare;
  /** For each need by itself. */
  needs: ({ need: string; name: string } & CoverageShare)[];
  sums: ({ key: string[] } & CoverageShare)[];
  /** By name. */
  items: CouncilCovered[];
}

/**
 * Which bodies have what a profile says that they need, which lack it, and of which it is not known. Undefined where
 * there is no such profile.
 *
 * @throws RangeError when the time of `asOf` is no instant
 */
export async function coverageReport(
  source: StandingSource,
  query: CoverageQuery,
): Promise<CoverageReport | undefined> {
  // Not by type or region: these choose bodies, and each of its bodies counts somebody whole.
  const { type, region, nation, by, profile: _, version: __, ...rest } = query;
  const question: CapabilityQuery = { ...rest, by: [] };
  const asked = await askedOf(source, question);
  const database = await source.rows();
  const profile = readProfile(database, asked.end, query);
  const [moment] = asked.moments;
  if (profile === undefined || moment === undefined) return undefined;
  const ways = waysOf(profile, asked.terms, query.on);
  const types = type ?? profile.types;
  const bodies = moment.places.there.filter(
    (body) =>
      (types.length === 0 || types.includes(body.type)) &&
      (query.council?.includes(body.organisation) ?? true) &&
      (region?.includes(body.region ?? 'none') ?? true) &&
      (nation?.includes(body.nation ?? 'none') ?? true),
  );
  const tallies = await counted(source, asked, ways, bodies);
  const declared = declarationsOf(database, asked, moment);
  const items = bodies
    .map((body) => coveredBy(body, profile, ways, tallies, declared))
    .sort((a, b) => (`${a.name}\n${a.council}` < `${b.name}\n${b.council}` ? -1 : 1));
  return {
    profile,
    on: query.on,
    asOf: asked.end,
    councils: query.councils,
    types,
    all: shareOf(items.map(({ state }) => state)),
    needs: profile.needs.map(({ need, name }, n) => ({
      need,
      name,
      ...shareOf(items.map(({ needs }) => needs[n]?.state ?? 'not-known')),
    })),
    sums: sumsBy(items, by),
    items,
  };
}

function coveredBy(
  { organisation, name, type, region, nation }: Body,
  profile: ProfileTold,
  ways: readonly Way[][],
  tallies: ReadonlyMap<string, Tally>,
  declared: ReadonlyMap<string, readonly DeclarationTold[]>,
): CouncilCovered {
  const tally = tallies.get(organisation);
  const needs = profile.needs.map(({ need }, n): NeedCovered => {
    const told = (ways[n] ?? []).map(({ framework, skill, level, people }, w) => ({
      framework,
      skill,
      level,
      wanted: people,
      enough: tally?.enough[n]?.[w] ?? 0,
      known: tally?.known[n]?.[w] ?? 0,
    }));
    const skills = new Set(ways[n]?.flatMap(({ targets }) => targets.map(({ skill }) => skill)));
    const said = (declared.get(organisation) ?? []).filter(({ targets }) =>
      targets.some((skill) => skills.has(skill)),
    );
    return { need, state: needState(told), ways: told, declared: said };
  });
  const state = profileState(needs.map((one) => one.state));
  const heads = tally?.heads ?? 0;
  return { council: organisation, name, type, region, nation, state, heads, needs };
}

function sumsBy(items: readonly CouncilCovered[], by: readonly CoverageCut[]) {
  if (by.length === 0) return [];
  const groups = new Map<string, CoverageState[]>();
  for (const item of items) {
    const key = JSON.stringify(by.map((name) => item[name] ?? 'none'));
    groups.set(key, [...(groups.get(key) ?? []), item.state]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, states]) => ({ key: JSON.parse(key) as string[], ...shareOf(states) }));
}
