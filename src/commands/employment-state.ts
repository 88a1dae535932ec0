import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

export interface Post {
  organisation: string;
  from: CivilDate;
  until: CivilDate | undefined;
}

export interface Employments {
  employments: Map<string, Post>;
  /** Secondments: the organisation is the host. */
  placements: Map<string, Post & { employmentId: string }>;
}

export function noEmployments(): Employments {
  return { employments: new Map(), placements: new Map() };
}

/** Follows the facts about employment. */
export function evolveEmployments(state: Employments, fact: AnyFact): void {
  if (fact.type === 'EmploymentStarted') {
    const { employmentId, organisation, from, until } = fact.data;
    state.employments.set(employmentId, { organisation, from, until });
  } else if (fact.type === 'EmploymentEnded') {
    const post = state.employments.get(fact.data.employmentId);
    if (post !== undefined) post.until = fact.data.until;
  } else if (fact.type === 'PlacementStarted') {
    const { placementId, employmentId, host, from, until } = fact.data;
    state.placements.set(placementId, { employmentId, organisation: host, from, until });
  } else if (fact.type === 'PlacementEnded') {
    const post = state.placements.get(fact.data.placementId);
    if (post !== undefined) post.until = fact.data.until;
  }
}
