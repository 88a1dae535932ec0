import type { Human } from './humans.ts';
import type { Moment } from './moments.ts';
import { type Place, UNASSIGNED } from './places.ts';
import type { Post } from './posts.ts';

/** A part of somebody, where it is counted. */
export interface Placed {
  place: Place;
  grade: string;
  people: number;
}

/**
 * Where somebody is counted at a moment: at the bodies that employ them, or those that took their place. People of a
 * body that was split are where they say that they are since: at one of its heirs by another post of theirs.
 */
export function placedAt({ posts }: Human, moment: Moment): Placed[] {
  const { day, places } = moment;
  const placed: Placed[] = [];
  for (const { from, until, grade, organisation, people } of posts) {
    if (from > day || until <= day) continue;
    const place = places.of(organisation);
    const said = place.council === UNASSIGNED ? saidSince(posts, organisation, moment) : undefined;
    placed.push({ place: said ?? place, grade, people });
  }
  return placed;
}

function saidSince(
  posts: readonly Post[],
  organisation: string,
  { day, places, postsUntil }: Moment,
): Place | undefined {
  const heirs = places.heirsOf(organisation);
  for (const post of posts) {
    if (post.until <= day || post.from > postsUntil) continue;
    const place = places.of(post.organisation);
    if (heirs.has(place.council)) return place;
  }
  return undefined;
}
