import type { AnyFact } from '../events/registry.ts';
import { type Claims, evolveClaims } from './claim-state.ts';
import { evolveMembership, type Membership, noMembership } from './membership-state.ts';

/** A member's state: slices, each of which follows its own subject. It holds no personal data. */
export interface Member {
  membership: Membership;
  claims: Claims;
}

export const member = {
  initial: (): Member => ({ membership: noMembership(), claims: new Map() }),
  evolve(state: Member, fact: AnyFact): Member {
    evolveMembership(state.membership, fact);
    evolveClaims(state.claims, fact);
    return state;
  },
};
