import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

export interface Organisation {
  /** The day since when it has been; undefined: nobody entered it. */
  from: CivilDate | undefined;
  until: CivilDate | undefined;
  successors: string[];
  /** What it said that its people can do, by declaration id. */
  declarations: Map<string, Declaration>;
}

export interface Declaration
  extends Omit<
    Extract<AnyFact, { type: 'CapabilityDeclared' }>['data'],
    'declarationId' | 'corrects'
  > {
  /** Since when it holds no longer. */
  until: CivilDate | undefined;
}

export const organisation = {
  initial: (): Organisation => ({
    from: undefined,
    until: undefined,
    successors: [],
    declarations: new Map(),
  }),
  evolve(state: Organisation, fact: AnyFact): Organisation {
    if (fact.type === 'OrganisationRegistered') state.from = fact.data.from;
    else if (fact.type === 'OrganisationEnded') state.until = fact.data.until;
    else if (fact.type === 'OrganisationSucceeded') {
      state.successors = fact.data.successors;
      state.until ??= fact.data.effectiveOn;
    } else if (fact.type === 'CapabilityDeclared') {
      const { declarationId, corrects: _, ...said } = fact.data;
      state.declarations.set(declarationId, { ...said, until: undefined });
    } else if (fact.type === 'CapabilityWithdrawn') {
      const declared = state.declarations.get(fact.data.declarationId);
      if (declared !== undefined) declared.until = fact.data.until;
    }
    return state;
  },
};
