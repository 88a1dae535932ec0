import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import type { Adopted } from '../scheme/rulebook.ts';

export interface SchemeMembership {
  from: CivilDate;
  anchor: CivilDate;
  track: string | undefined;
  until: CivilDate | undefined;
}

export interface Spell {
  standing: 'member' | 'ended' | 'died';
  since: CivilDate;
}

/** Whether and how somebody is a member. */
export interface Membership {
  /** `none`: no registration; `abandoned`: there never will be one in this stream. */
  standing: 'none' | 'abandoned' | 'registered';
  /** The identity key: text about the member is under it. */
  kid: string;
  grade: string;
  /** From which day on it was what, in the order in which it was said; an end may be said ahead. */
  spells: Spell[];
  schemes: Map<string, SchemeMembership>;
  /** Times in a scheme that was joined again since. */
  earlier: (SchemeMembership & { scheme: string })[];
  /** Versions of rulebooks adopted before they bind everybody. */
  adopted: (Adopted & { scheme: string })[];
}

export function noMembership(): Membership {
  const lists = { spells: [], schemes: new Map(), earlier: [], adopted: [] };
  return { standing: 'none', kid: '', grade: '', ...lists };
}

/** Follows the facts about membership. */
export function evolveMembership(state: Membership, fact: AnyFact): void {
  if (fact.type === 'Registered') {
    const { kid, grade, on } = fact.data;
    Object.assign(state, { standing: 'registered', kid, grade });
    state.spells.push({ standing: 'member', since: on });
  } else if (fact.type === 'RegistrationAbandoned') state.standing = 'abandoned';
  else if (fact.type === 'GradeChanged') state.grade = fact.data.grade;
  else if (fact.type === 'Resigned' || fact.type === 'Lapsed') {
    state.spells.push({ standing: 'ended', since: fact.data.effectiveOn });
  } else if (fact.type === 'Died') {
    state.spells.push({ standing: 'died', since: fact.data.effectiveOn });
  } else if (fact.type === 'Reinstated') {
    state.spells.push({ standing: 'member', since: fact.data.effectiveOn });
  } else if (fact.type === 'Rejoined') {
    const { grade, effectiveOn } = fact.data;
    state.grade = grade;
    state.spells.push({ standing: 'member', since: effectiveOn });
  } else if (fact.type === 'SchemeJoined') {
    const { scheme, on, anchor, track } = fact.data;
    const before = state.schemes.get(scheme);
    if (before !== undefined) state.earlier.push({ scheme, ...before });
    state.schemes.set(scheme, { from: on, anchor, track, until: undefined });
  } else if (fact.type === 'RulebookAdopted') {
    const { scheme, rulebook, from } = fact.data;
    state.adopted.push({ scheme, version: rulebook.version, from });
  } else if (fact.type === 'SchemeLeft') {
    const joined = state.schemes.get(fact.data.scheme);
    if (joined !== undefined) joined.until = fact.data.on;
  }
}

/**
 * How a membership stands on a day: by the greatest effective day up to it, of several by what was said later
 * (contract, 2); a death is final. Undefined before its first day.
 */
export function standingOn({ spells }: Membership, day: CivilDate): Spell | undefined {
  let found: Spell | undefined;
  for (const spell of spells) {
    if (spell.since > day || found?.standing === 'died') continue;
    if (found === undefined || spell.standing === 'died' || spell.since >= found.since) {
      found = spell;
    }
  }
  return found;
}

/** How it stands in the end, as far as is said by now. */
export function lastStanding(membership: Membership): Spell | undefined {
  return standingOn(membership, LAST_DAY);
}

const LAST_DAY = '9999-12-31';
