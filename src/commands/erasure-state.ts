import type { AnyFact } from '../events/registry.ts';

/** A retracted evidence or relief: what it was called, and what of it is left. */
export interface Retracted {
  of: string;
  claimId?: string;
  blob?: string | undefined;
}

/** What has been erased of a member, what holds it back, and where the person goes on. */
export interface Erasure {
  /** The person as a whole: nothing more is decided on the stream. */
  person: boolean;
  kids: Set<string>;
  /** Keys of facts that never were: their text, and perhaps a file, is still there to be erased. */
  retracted: Map<string, Retracted>;
  /** Holds not lifted, with the claim that each is limited to. */
  holds: Map<string, string | undefined>;
  /** The id under which this person goes on, when this one was a duplicate. */
  mergedInto: string | undefined;
  /** Ids of the same human whose history belongs to this one. */
  absorbed: Set<string>;
}

export function nothingErased(): Erasure {
  return {
    person: false,
    kids: new Set(),
    retracted: new Map(),
    holds: new Map(),
    mergedInto: undefined,
    absorbed: new Set(),
  };
}

/** Follows the facts about erasure, holds and duplicates. */
export function evolveErasure(state: Erasure, fact: AnyFact): void {
  if (fact.type === 'Erased') {
    for (const kid of fact.data.kids) state.kids.add(kid);
    if (fact.data.scope === 'person') state.person = true;
  } else if (fact.type === 'HoldPlaced') state.holds.set(fact.data.holdId, fact.data.claim);
  else if (fact.type === 'HoldLifted') state.holds.delete(fact.data.holdId);
  else if (fact.type === 'Absorbed') state.absorbed.add(fact.data.duplicate);
  else if (fact.type === 'MergedInto') state.mergedInto = fact.data.survivor;
}

/** Keeps the key of a fact that never was. */
export function evolveRetractedKeys(state: Erasure, fact: AnyFact): void {
  if (fact.type === 'EvidenceAttached') {
    const { kid, evidenceId, claimId, file } = fact.data;
    state.retracted.set(kid, { of: evidenceId, claimId, blob: file?.blob });
  } else if (fact.type === 'ReliefGranted') {
    state.retracted.set(fact.data.kid, { of: fact.data.reliefId });
  }
}
