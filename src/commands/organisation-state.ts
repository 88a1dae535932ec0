import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

export interface Organisation {
  /** The day since when it has been; undefined: nobody entered it. */
  from: CivilDate | undefined;
  until: CivilDate | undefined;
  successors: string[];
}

export const organisation = {
  initial: (): Organisation => ({ from: undefined, until: undefined, successors: [] }),
  evolve(state: Organisation, fact: AnyFact): Organisation {
    if (fact.type === 'OrganisationRegistered') state.from = fact.data.from;
    else if (fact.type === 'OrganisationEnded') state.until = fact.data.until;
    else if (fact.type === 'OrganisationSucceeded') {
      state.successors = fact.data.successors;
      state.until ??= fact.data.effectiveOn;
    }
    return state;
  },
};
