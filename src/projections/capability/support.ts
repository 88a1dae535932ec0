import type { CivilDate } from '../../scheme/civil-date.ts';
import type { AsOf } from '../member-facts.ts';
import type { StandingSource } from '../standing-walk.ts';
import { type Asked, askedOf } from './asked.ts';
import { counted, type Tally } from './coverage-count.ts';
import { type CoverageState, needState, type WayCount } from './coverage-states.ts';
import { dayNumber } from './days.ts';
import { type ProfileTold, readProfile, type Way, waysOf } from './needs.ts';
import type { Body } from './places.ts';
import { CONTACTS, NEIGHBOURS, PERSON_OF } from './queries.ts';
import { type EntryTold, entriesFor, offeredAt } from './support-entries.ts';
import { levelsOf } from './terms.ts';

/** What is asked where help for a body is looked for. */
export interface SupportQuery {
  council: string;
  profile: string;
  /** Of the profile; absent: the last. */
  version?: number | undefined;
  on: CivilDate;
  asOf?: AsOf | undefined;
  /** The day on which contacts are to be shared: they are named now. */
  today: CivilDate;
  /** Organisations and persons with whom they are to be shared. */
  sharedWith: readonly string[];
}

/** A region where help is looked for. */
export interface Near {
  region: string;
  near: 'same' | 'neighbouring';
}

/** A body nearby, and who of it is meant. */
export interface Placement {
  council: string;
  name: string;
  type: string;
  region: string;
}

/** Who in a region has what is needed, current: how many, and who of them may be named. */
export interface Helpers extends Near {
  people: number;
  persons: { person: string; at: Placement[] }[];
}

/** One way to meet a need, with the help that there is for it. */
export interface WaySupported extends WayCount {
  framework: { id: string; version: number };
  skill: string;
  level: string;
  /** What it is in the versions that are told: skills, each at any of these levels. */
  wants: { framework: string; skill: string; name: string; levels: string[] }[];
  helpers: Helpers[];
  entries: EntryTold[];
}

export interface NeedSupported {
  need: string;
  name: string;
  state: CoverageState;
  ways: WaySupported[];
  /** Bodies nearby that have what is needed: by region in the order of `regions`, then by name. */
  partners: (Placement & Near)[];
}

export interface SupportReport {
  profile: ProfileTold;
  council: Omit<Placement, 'region'> & { region: string | null };
  on: CivilDate;
  asOf: number;
  /** Its own region first. */
  regions: Near[];
  /** Every need of the profile: who asks chooses the gaps. */
  needs: NeedSupported[];
}

/**
 * Where help for a body is near: people who have what it lacks, bodies that have enough of them, and what is on offer.
 * Undefined where there is no such body on the day, or no such profile.
 *
 * @throws RangeError when the time of `asOf` is no instant
 */
export async function supportReport(
  source: StandingSource,
  query: SupportQuery,
): Promise<SupportReport | undefined> {
  const { on, today } = query;
  const asked = await askedOf(source, { on, asOf: query.asOf, by: [], councils: 'then', today });
  const database = await source.rows();
  const profile = readProfile(database, asked.end, query);
  const [moment] = asked.moments;
  const body = moment?.places.there.find(({ organisation }) => organisation === query.council);
  if (profile === undefined || moment === undefined || body === undefined) return undefined;
  const regions = await regionsNear(source, asked.end, body.region);
  const ways = waysOf(profile, asked.terms, on);
  const found = await lookedFor(source, asked, { ways, body, regions });
  const offered = await offeredAt(source, asked.end, on);
  const named = await contactsOf(source, query);
  const wayTold = (way: Way, n: number, w: number): WaySupported => ({
    framework: way.framework,
    skill: way.skill,
    level: way.level,
    ...countOf(found.tallies.get(body.organisation), way, n, w),
    wants: wantsOf(asked, way),
    helpers: found.helpers(n, w, named),
    entries: entriesFor(asked.terms, way, offered),
  });
  return {
    profile,
    council: { ...placementOf(body), region: body.region },
    on,
    asOf: asked.end,
    regions,
    needs: profile.needs.map(({ need, name }, n) => {
      const told = (ways[n] ?? []).map((way, w) => wayTold(way, n, w));
      return { need, name, state: needState(told), ways: told, partners: found.partners(n) };
    }),
  };
}

/** The region of a body, and those that border on it; none where it is in none. */
async function regionsNear(
  source: StandingSource,
  end: number,
  region: string | null,
): Promise<Near[]> {
  if (region === null) return [];
  const row = (await source.rows()).prepare(NEIGHBOURS).get(end) as { regions: string } | undefined;
  const all = JSON.parse(row?.regions ?? '[]') as { region: string; neighbours: string[] }[];
  const others = all.find((one) => one.region === region)?.neighbours ?? [];
  return [
    { region, near: 'same' },
    ...[...others].sort().map((other): Near => ({ region: other, near: 'neighbouring' })),
  ];
}

/** Who may be named: members whose contact is shared with any of these today, as is known now. */
async function contactsOf(
  source: StandingSource,
  { sharedWith, today }: SupportQuery,
): Promise<ReadonlySet<string>> {
  const shared = (await source.rows()).prepare(CONTACTS);
  const rows = sharedWith.flatMap((id) => shared.all(id, dayNumber(today)) as { person: string }[]);
  return new Set(rows.map(({ person }) => person));
}

interface Wanted {
  ways: readonly Way[][];
  body: Body;
  regions: readonly Near[];
}

/** Counts the body and all bodies nearby, and remembers who is enough for what. */
async function lookedFor(source: StandingSource, asked: Asked, { ways, body, regions }: Wanted) {
  const [moment] = asked.moments;
  const nearOf = new Map(regions.map((one) => [one.region, one]));
  const places = regions.map(({ region }) => region);
  const others = (moment?.places.there ?? [])
    .filter(
      ({ organisation, region }) => organisation !== body.organisation && nearOf.has(region ?? ''),
    )
    .sort(
      (a, b) =>
        places.indexOf(a.region ?? '') - places.indexOf(b.region ?? '') ||
        (a.name < b.name ? -1 : 1),
    );
  const bodies = [body, ...others];
  const placements = new Map(others.map((one) => [one.organisation, placementOf(one)]));
  const walked = bodies.flatMap(
    ({ organisation }) => moment?.places.whoseHeirIs(organisation) ?? [],
  );
  const walking = { ...asked.walking, bodies: [...new Set(walked)] };
  const person = (await source.rows()).prepare(PERSON_OF);
  const enough = new Map<string, { person: string; at: Placement[] }[]>();
  const tallies = await counted(source, { ...asked, walking }, ways, bodies, (one) => {
    const councils = new Set(one.placed.map(({ place }) => place.council));
    // Who is there already is no help from elsewhere.
    if (councils.has(body.organisation)) return;
    const at = [...councils].flatMap((council) => placements.get(council) ?? []);
    const id = (person.get(one.human.member) as { person: string }).person;
    const key = `${one.need}/${one.way}`;
    enough.set(key, [...(enough.get(key) ?? []), { person: id, at }]);
  });
  const there = (n: number, w: number, region: string) =>
    (enough.get(`${n}/${w}`) ?? []).flatMap(({ person: id, at }) => {
      const here = at.filter((one) => one.region === region);
      return here.length === 0 ? [] : [{ person: id, at: here }];
    });
  return {
    tallies,
    helpers: (n: number, w: number, named: ReadonlySet<string>): Helpers[] =>
      regions.map((near) => {
        const people = there(n, w, near.region);
        const persons = people.filter((one) => named.has(one.person));
        return { ...near, people: people.length, persons };
      }),
    partners: (n: number) =>
      others.flatMap((other) => {
        const near = nearOf.get(other.region ?? '');
        const told = (ways[n] ?? []).map((way, w) =>
          countOf(tallies.get(other.organisation), way, n, w),
        );
        if (near === undefined || needState(told) !== 'met') return [];
        return [{ ...placementOf(other), ...near }];
      }),
  };
}

function countOf(tally: Tally | undefined, { people }: Way, n: number, w: number): WayCount {
  const [enough, known] = [tally?.enough[n]?.[w] ?? 0, tally?.known[n]?.[w] ?? 0];
  return { wanted: people, enough, known };
}

function placementOf({ organisation, name, type, region }: Body): Placement {
  return { council: organisation, name, type, region: region ?? '' };
}

function wantsOf({ terms }: Asked, { targets }: Way): WaySupported['wants'] {
  return targets.flatMap(({ skill, rank }) => {
    const named = terms.skills[skill];
    const told = terms.frameworks[named?.framework ?? 0];
    if (named === undefined || told === undefined) return [];
    const levels = levelsOf(told).slice(rank);
    return [{ framework: told.framework, skill: named.skill, name: named.name, levels }];
  });
}
