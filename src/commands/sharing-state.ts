import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

export interface Sharing {
  to: { kind: 'organisation' | 'person'; id: string };
  what: 'standing' | 'statement' | 'skills' | 'contact';
  from: CivilDate;
  until: CivilDate | undefined;
}

/** What a member shares, by sharing id. */
export type Sharings = Map<string, Sharing>;

/** Follows the facts about sharing. */
export function evolveSharings(state: Sharings, fact: AnyFact): void {
  if (fact.type === 'SharingGranted') {
    const { sharingId, to, what, from, until } = fact.data;
    state.set(sharingId, { to, what, from, until });
  } else if (fact.type === 'SharingWithdrawn') {
    const sharing = state.get(fact.data.sharingId);
    if (sharing !== undefined) sharing.until = fact.data.until;
  }
}
