import type { AnyFact } from '../events/registry.ts';
import { type Authority, authority } from './authority.ts';
import { catalogue, type Entry } from './catalogue.ts';
import { type Correction, correction } from './correction-state.ts';
import { type Framework, framework } from './framework-state.ts';
import { type LedgerState, ledger } from './ledger.ts';
import { type Member, member } from './member.ts';
import { type Organisation, organisation } from './organisation-state.ts';
import { type Profile, profile } from './profile.ts';
import { type Release, release } from './release-state.ts';
import { type Scheme, scheme } from './scheme-state.ts';
import { type Session, session } from './session.ts';

/** The state that decisions on a category of streams are made on. */
export interface States {
  ledger: LedgerState;
  member: Member;
  scheme: Scheme;
  authority: Authority;
  organisation: Organisation;
  correction: Correction;
  catalogue: Entry;
  session: Session;
  framework: Framework;
  profile: Profile;
  release: Release;
}

/**
 * How a state begins and follows its facts. `evolve` is total and owns the state that it is given: it may
 * change it in place, so nobody keeps a state across an append.
 */
export interface Folding<S> {
  initial(): S;
  evolve(state: S, fact: AnyFact): S;
  /** What stays of a fact that was retracted: never what it said, but keys that are still to be erased. */
  evolveRetracted?(state: S, fact: AnyFact): S;
}

export const foldings: { [C in keyof States]: Folding<States[C]> } = {
  ledger,
  member,
  scheme,
  authority,
  organisation,
  correction,
  catalogue,
  session,
  framework,
  profile,
  release,
};
