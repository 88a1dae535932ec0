import type { AnyFact } from '../events/registry.ts';
import { type Authority, authority } from './authority.ts';
import { type LedgerState, ledger } from './ledger.ts';
import { type Member, member } from './member.ts';
import { type Scheme, scheme } from './scheme-state.ts';

/** The state that decisions on a category of streams are made on. */
export interface States {
  ledger: LedgerState;
  member: Member;
  scheme: Scheme;
  authority: Authority;
}

/**
 * How a state begins and follows its facts. `evolve` is total and owns the state that it is given: it may
 * change it in place, so nobody keeps a state across an append.
 */
export interface Folding<S> {
  initial(): S;
  evolve(state: S, fact: AnyFact): S;
}

export const foldings: { [C in keyof States]: Folding<States[C]> } = {
  ledger,
  member,
  scheme,
  authority,
};
