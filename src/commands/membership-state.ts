import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

export interface SchemeMembership {
  from: CivilDate;
  anchor: CivilDate;
  track: string | undefined;
  until: CivilDate | undefined;
}

/** Whether and how somebody is a member. */
export interface Membership {
  /** `none`: no registration; `abandoned`: there never will be one in this stream. */
  standing: 'none' | 'abandoned' | 'member' | 'ended' | 'died';
  /** The identity key: text about the member is under it. */
  kid: string;
  grade: string;
  /** The day since when the standing is what it is. */
  since: CivilDate;
  schemes: Map<string, SchemeMembership>;
  /** Times in a scheme that was joined again since. */
  earlier: (SchemeMembership & { scheme: string })[];
}

export function noMembership(): Membership {
  return { standing: 'none', kid: '', grade: '', since: '', schemes: new Map(), earlier: [] };
}

/** Follows the facts about membership. */
export function evolveMembership(state: Membership, fact: AnyFact): void {
  if (fact.type === 'Registered') {
    const { kid, grade, on } = fact.data;
    Object.assign(state, { standing: 'member', kid, grade, since: on });
  } else if (fact.type === 'RegistrationAbandoned') state.standing = 'abandoned';
  else if (fact.type === 'GradeChanged') state.grade = fact.data.grade;
  else if (fact.type === 'Resigned' || fact.type === 'Lapsed') {
    Object.assign(state, { standing: 'ended', since: fact.data.effectiveOn });
  } else if (fact.type === 'Died') {
    Object.assign(state, { standing: 'died', since: fact.data.effectiveOn });
  } else if (fact.type === 'Reinstated') {
    Object.assign(state, { standing: 'member', since: fact.data.effectiveOn });
  } else if (fact.type === 'Rejoined') {
    const { grade, effectiveOn } = fact.data;
    Object.assign(state, { standing: 'member', grade, since: effectiveOn });
  } else if (fact.type === 'SchemeJoined') {
    const { scheme, on, anchor, track } = fact.data;
    const before = state.schemes.get(scheme);
    if (before !== undefined) state.earlier.push({ scheme, ...before });
    state.schemes.set(scheme, { from: on, anchor, track, until: undefined });
  } else if (fact.type === 'SchemeLeft') {
    const joined = state.schemes.get(fact.data.scheme);
    if (joined !== undefined) joined.until = fact.data.on;
  }
}
