import type { Change, CorrectionItem } from '../events/correction.ts';
import type { AnyFact } from '../events/registry.ts';

/** A correction: proposed, approved by another, carried out. */
export interface Correction {
  proposal:
    | {
        eventId: string;
        proposedBy: string;
        digest: string;
        change: Change;
        reasons: string[];
        items: CorrectionItem[];
      }
    | undefined;
  approval: { eventId: string; by: string } | undefined;
  completed: boolean;
}

export const correction = {
  initial: (): Correction => ({ proposal: undefined, approval: undefined, completed: false }),
  evolve(state: Correction, fact: AnyFact): Correction {
    if (fact.type === 'CorrectionProposed') {
      const { proposedBy, digest, change, reasons } = fact.data;
      state.proposal = { eventId: fact.id, proposedBy, digest, change, reasons, items: [] };
    } else if (fact.type === 'CorrectionItemsListed') {
      state.proposal?.items.push(...fact.data.items);
    } else if (fact.type === 'CorrectionApproved') {
      state.approval = { eventId: fact.id, by: fact.data.decidedBy[0] ?? '' };
    } else if (fact.type === 'CorrectionCompleted') state.completed = true;
    return state;
  },
};
