import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

export interface Relief {
  /** The key of its reason, of its own. */
  kid: string;
  from: CivilDate;
  until: CivilDate | undefined;
}

export interface Reliefs {
  granted: Map<string, Relief>;
  /** The latest extended deadline by scheme and cycle (`<scheme>/<cycle>`). */
  deadlines: Map<string, CivilDate>;
}

export function noReliefs(): Reliefs {
  return { granted: new Map(), deadlines: new Map() };
}

/** Follows the facts about relief. */
export function evolveReliefs(state: Reliefs, fact: AnyFact): void {
  if (fact.type === 'ReliefGranted') {
    const { reliefId, kid, from, until } = fact.data;
    state.granted.set(reliefId, { kid, from, until });
  } else if (fact.type === 'ReliefChanged') {
    const relief = state.granted.get(fact.data.reliefId);
    if (relief !== undefined) {
      Object.assign(relief, { from: fact.data.from, until: fact.data.until });
    }
  } else if (fact.type === 'ReliefEnded') {
    const relief = state.granted.get(fact.data.reliefId);
    if (relief !== undefined) relief.until = fact.data.until;
  } else if (fact.type === 'DeadlineExtended') {
    const { scheme, cycle, until } = fact.data;
    state.deadlines.set(`${scheme}/${cycle}`, until);
  }
}
