import type { AnyFact } from '../events/registry.ts';
import { type Claims, evolveClaims } from './claim-state.ts';
import { type Correcting, evolveCorrecting, nothingCorrected } from './correcting-state.ts';
import { type Determinations, evolveDeterminations } from './cycle-state.ts';
import { type Employments, evolveEmployments, noEmployments } from './employment-state.ts';
import {
  type Erasure,
  evolveErasure,
  evolveRetractedKeys,
  nothingErased,
} from './erasure-state.ts';
import { evolveMembership, type Membership, noMembership } from './membership-state.ts';
import { evolveReliefs, noReliefs, type Reliefs } from './relief-state.ts';
import { evolveSharings, type Sharings } from './sharing-state.ts';
import { type Credits, evolveCredits } from './skill-state.ts';

/** A member's state: slices, each of which follows its own subject. It holds no personal data. */
export interface Member {
  membership: Membership;
  claims: Claims;
  erasure: Erasure;
  correcting: Correcting;
  posts: Employments;
  reliefs: Reliefs;
  determined: Determinations;
  sharings: Sharings;
  skills: Credits;
}

export const member = {
  initial: (): Member => ({
    membership: noMembership(),
    claims: new Map(),
    erasure: nothingErased(),
    correcting: nothingCorrected(),
    posts: noEmployments(),
    reliefs: noReliefs(),
    determined: new Map(),
    sharings: new Map(),
    skills: new Map(),
  }),
  evolve(state: Member, fact: AnyFact): Member {
    evolveMembership(state.membership, fact);
    evolveClaims(state.claims, fact);
    evolveErasure(state.erasure, fact);
    evolveCorrecting(state.correcting, fact);
    evolveEmployments(state.posts, fact);
    evolveReliefs(state.reliefs, fact);
    evolveDeterminations(state.determined, fact);
    evolveSharings(state.sharings, fact);
    evolveCredits(state.skills, fact);
    return state;
  },
  evolveRetracted(state: Member, fact: AnyFact): Member {
    evolveRetractedKeys(state.erasure, fact);
    return state;
  },
};
