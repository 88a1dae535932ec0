import type { Database } from '../../store/driver.ts';
import type { BodySpell } from './bodies.ts';
import type { DayNumber } from './days.ts';
import { BODIES, BODIES_KNOWN } from './queries.ts';

/** Of who is employed nowhere. */
export const NONE = 'none';
/** Of who was employed by a body that is no more, and has not said by whom they are now. */
export const UNASSIGNED = 'unassigned';

/** Where people are counted: a body by its id, or one of the words above, with what it was on the day. */
export interface Place {
  council: string;
  type: string;
  region: string;
  nation: string;
}

export type Body = Pick<BodySpell, 'name' | 'type' | 'state'> & {
  organisation: string;
  region: string | null;
  nation: string | null;
  successors: string[];
};

/** Bodies on one day, as known at one index. */
export interface Places {
  /** Bodies that are there on that day. */
  there: Body[];
  /** Of all bodies that there were by then. */
  known: string[];
  body(organisation: string): Body | undefined;
  /** Where the people of a body are: those of one that was split are unassigned, unless they say. */
  of(organisation: string): Place;
  /** Bodies that stand, in the end, where this one stood: more than one after a split. */
  heirsOf(organisation: string): ReadonlySet<string>;
  /** Bodies whose people may be at this place, itself among them. */
  whoseHeirIs(council: string): string[];
}

export const NOWHERE: Place = { council: NONE, type: NONE, region: NONE, nation: NONE };

/** What was read last is kept: the same bodies are known at most indexes. */
export function readPlaces(database: Database, end: number, on: DayNumber): Places {
  const key = JSON.stringify([database.prepare(BODIES_KNOWN).get(end), on]);
  const kept = lastRead.get(database) ?? new Map<string, Places>();
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const places = placesOn(database, end, on);
  kept.set(key, places);
  lastRead.set(database, kept);
  return places;
}

/** Days of a long trend, and some more. */
const MOST_KEPT = 150;
const lastRead = new WeakMap<Database, Map<string, Places>>();

function placesOn(database: Database, end: number, on: DayNumber): Places {
  const rows = database.prepare(BODIES).all(end, on, on) as (Omit<Body, 'successors'> & {
    successors: string;
  })[];
  const bodies = new Map<string, Body>();
  for (const row of rows) {
    bodies.set(row.organisation, { ...row, successors: JSON.parse(row.successors) });
  }
  const heirs = new Map<string, ReadonlySet<string>>();
  const heirsOf = (organisation: string): ReadonlySet<string> => {
    let found = heirs.get(organisation);
    if (found === undefined) {
      found = heirsAmong(bodies, organisation);
      heirs.set(organisation, found);
    }
    return found;
  };
  const placed = new Map<string, Place>([['', NOWHERE]]);
  const of = (organisation: string): Place => {
    let place = placed.get(organisation);
    if (place === undefined) {
      place = placeOf(organisation);
      placed.set(organisation, place);
    }
    return place;
  };
  const placeOf = (organisation: string): Place => {
    const [only, another] = heirsOf(organisation);
    const council = another === undefined ? (only ?? UNASSIGNED) : UNASSIGNED;
    const body = bodies.get(council) ?? bodies.get(organisation);
    return {
      council,
      type: body?.type ?? NONE,
      region: body?.region ?? NONE,
      nation: body?.nation ?? NONE,
    };
  };
  return {
    there: [...bodies.values()].filter(({ state }) => state === 'there'),
    known: [...bodies.keys()],
    body: (organisation) => bodies.get(organisation),
    of,
    heirsOf,
    whoseHeirIs: (council) => {
      if (council === NONE) return [''];
      const may =
        council === UNASSIGNED
          ? (organisation: string) => of(organisation).council === UNASSIGNED
          : (organisation: string) => heirsOf(organisation).has(council);
      const known = [...bodies.keys()].filter(may);
      return bodies.has(council) || council === UNASSIGNED ? known : [council];
    },
  };
}

/** Follows successors to those that are there; none where it ended without. One that is not known yet is itself. */
function heirsAmong(bodies: ReadonlyMap<string, Body>, organisation: string): Set<string> {
  const seen = new Set([organisation]);
  const heirs = new Set<string>();
  for (const one of seen) {
    const body = bodies.get(one);
    if (body === undefined || body.state === 'there') heirs.add(one);
    else if (body.state === 'succeeded') for (const next of body.successors) seen.add(next);
  }
  return heirs;
}
