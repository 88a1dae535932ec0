import type { Moment } from './moments.ts';
import { NOWHERE, type Place } from './places.ts';
import { levelsOf, type Terms } from './terms.ts';

/** How finely places are published, from the finest on: the levels of a disclosure profile. */
export type PublishedLevel = 'council' | 'region-by-type' | 'region' | 'nation' | 'society';

const placeDimensions: Record<PublishedLevel, readonly (keyof Place)[]> = {
  council: ['region', 'type', 'council'],
  'region-by-type': ['region', 'type'],
  region: ['region'],
  nation: ['nation'],
  society: [],
};

/** What a published table is cut by: what is asked for most stands first, since it has totals of its own. */
export function publishedDimensions(level: PublishedLevel): string[] {
  return ['skill', 'state', 'level', ...placeDimensions[level]];
}

/** The level of which a table with these dimensions is. */
export function levelOfPlaces(dims: readonly string[]): PublishedLevel {
  const levels = Object.keys(placeDimensions) as PublishedLevel[];
  const found = levels.find((level) => publishedDimensions(level).join() === dims.join());
  if (found === undefined) throw new Error(`no table is published by ${dims.join(', ')}`);
  return found;
}

/** The codes of a place on a level of publication. */
export function placeCodes(level: PublishedLevel, place: Place): string[] {
  return placeDimensions[level].map((name) => place[name]);
}

/**
 * Every place that a published table has: each skill at each level that it can be had at, current and stale, wherever
 * bodies are or were, and nowhere. It follows from what everybody may know (frameworks and bodies), never from who is there.
 */
export function publishedPlaces(terms: Terms, moment: Moment, level: PublishedLevel): string[][] {
  const where = [...moment.places.known.map(moment.places.of), NOWHERE].map((place) =>
    placeCodes(level, place),
  );
  const once = [...new Map(where.map((codes) => [codes.join('\n'), codes])).values()].sort(byText);
  return terms.skills.flatMap((skill) => {
    const framework = terms.frameworks[skill.framework];
    if (framework === undefined) return [];
    const codes = levelsOf(framework).filter(
      (code) => terms.carried(framework.framework, framework.version, skill.skill, code).length > 0,
    );
    return (['current', 'stale'] as const).flatMap((state) =>
      codes.flatMap((code) => once.map((place) => [skill.skill, state, code, ...place])),
    );
  });
}

/** In order, so that the parts of a total stand together. */
function byText(a: readonly string[], b: readonly string[]): number {
  return a.join('\n') < b.join('\n') ? -1 : 1;
}
