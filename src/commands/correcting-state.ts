import type { AnyFact } from '../events/registry.ts';

/** What corrections need to know of a member's stream: its facts by id, and what was done to them. */
export interface Correcting {
  types: Map<string, AnyFact['type']>;
  /** Corrections carried out here, as `<correction>/<fact>`. */
  applied: Set<string>;
}

export function nothingCorrected(): Correcting {
  return { types: new Map(), applied: new Set() };
}

/** Follows every fact of a member: what was retracted is not among them, as it never was. */
export function evolveCorrecting(state: Correcting, fact: AnyFact): void {
  state.types.set(fact.id, fact.type);
  if (fact.type === 'PointsAdjusted') {
    state.applied.add(`${fact.data.correction}/${fact.data.corrects}`);
  } else if (fact.type === 'FactRetracted') {
    state.applied.add(`${fact.data.correction}/${fact.data.eventId}`);
  }
}
