import type { Count } from '../../disclosure/table.ts';
import type { CivilDate } from '../../scheme/civil-date.ts';
import type { AsOf } from '../member-facts.ts';
import type { StandingSource } from '../standing-walk.ts';
import { askedOf } from './asked.ts';
import { holdingsIn } from './holdings.ts';
import { humans } from './humans.ts';
import { placedAt } from './placing.ts';
import { codeOf, type Moves, movesBetween, type Stand } from './published-moves.ts';
import {
  type PublishedLevel,
  placeCodes,
  publishedDimensions,
  publishedPlaces,
} from './published-places.ts';
import { levelOf, levelsOf } from './terms.ts';

/** A day, as known at an index. */
export interface Look {
  on: CivilDate;
  asOf: number;
}

export interface PublishedQuery {
  framework: string;
  level: PublishedLevel;
  on: CivilDate;
  asOf?: AsOf | undefined;
  /** Earlier looks, since each of which is to be said how many have moved. */
  since: readonly Look[];
}

/** What is counted for publication; nothing is withheld yet, and it leaves for nobody as it is. */
export interface Published {
  on: CivilDate;
  asOf: number;
  dims: string[];
  /** Every place, the empty ones, too. Whoever is counted at two places stands in both. */
  cells: Count[];
  /** For each earlier look the people who moved since: by skill, and by why, each once. */
  moved: (Moves & { look: Look })[];
}

/** @throws RangeError when the time of `asOf` is no instant */
export async function publishedCapability(
  source: StandingSource,
  { since, ...query }: PublishedQuery,
): Promise<Published> {
  const { level } = query;
  const now = await lookedAt(source, query);
  const moved: Published['moved'] = [];
  for (const look of since) {
    const then = await lookedAt(source, { ...query, ...look, asOf: { index: look.asOf } });
    moved.push({ look, ...movesBetween(then, now) });
  }
  const cells = now.places.map((key) => ({ key, count: now.counts.get(key.join('\n')) ?? 0 }));
  return { on: query.on, asOf: now.end, dims: publishedDimensions(level), cells, moved };
}

/** Who stands where at one look, and how many do. */
async function lookedAt(
  source: StandingSource,
  { framework, level, on, asOf }: Omit<PublishedQuery, 'since'>,
) {
  const by = ['skill', 'level'] as const;
  const asked = await askedOf(source, { on, asOf, by, councils: 'then', today: on, framework });
  const { end, terms, moments, walking } = asked;
  const [moment] = moments;
  if (moment === undefined) throw new Error('a table is of one day');
  const reader = holdingsIn(terms);
  const counts = new Map<string, number>();
  const people = new Map<number, Stand>();
  const same = keptOnce();
  for await (const human of humans(source, walking)) {
    const placed = placedAt(human, moment);
    if (placed.length === 0) continue;
    const where = [
      ...new Set(placed.map(({ place }) => placeCodes(level, place).join('\n'))),
    ].sort();
    const holdings = reader.on(human, moment.day, moment.staleBy);
    for (const { skill, rank, current } of holdings) {
      const named = terms.skills[skill];
      const told = terms.frameworks[named?.framework ?? 0];
      if (named === undefined || told === undefined) continue;
      const what = [named.skill, current ? 'current' : 'stale', levelOf(told, rank)].join('\n');
      for (const codes of where) {
        const key = codes === '' ? what : `${what}\n${codes}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const posts = human.posts.filter(({ from, until }) => from <= moment.day && until > moment.day);
    people.set(human.member, {
      numbers: human.numbers,
      where: same(where.join('\t')),
      bodies: same(
        posts
          .map(({ organisation }) => organisation)
          .sort()
          .join(),
      ),
      had: Uint32Array.from(holdings, codeOf).sort(),
    });
  }
  const skills = terms.skills.map(({ skill: id, framework: place }) => {
    const told = terms.frameworks[place];
    return { id, levels: told === undefined ? [] : levelsOf(told) };
  });
  return { end, skills, people, counts, places: publishedPlaces(terms, moment, level) };
}

/** One text for all that are alike: there is one for each person. */
function keptOnce(): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const before = kept.get(text);
    if (before === undefined) kept.set(text, text);
    return before ?? text;
  };
}

/** The places of a table that was given out: of a day, as known at an index. */
export async function publishedPlacesOf(
  source: StandingSource,
  { framework, level, on, asOf }: Look & Pick<PublishedQuery, 'framework' | 'level'>,
): Promise<string[][]> {
  const query = {
    on,
    asOf: { index: asOf },
    by: [],
    councils: 'then' as const,
    today: on,
    framework,
  };
  const { terms, moments } = await askedOf(source, query);
  return moments.flatMap((moment) => publishedPlaces(terms, moment, level));
}
