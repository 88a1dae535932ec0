import { type DayNumber, NEVER } from './days.ts';
import type { Said } from './recorded.ts';

export interface Details {
  name: string;
  type: string;
  region: string | null;
  nation: string | null;
}

/** What a fact says of a body, from a day on. */
export interface SaidOfBody extends Said {
  on: DayNumber;
  details?: Details;
  ended?: true;
  successors?: string[];
}

/** A body in `[from, until)`: what it is called, and whether it is there, or gone, or others took its place. */
export interface BodySpell extends Details {
  from: DayNumber;
  until: DayNumber;
  state: 'there' | 'ended' | 'succeeded';
  /** Several after a split. */
  successors: string[];
}

/** A body over all days, from its first. */
export function spellsOf(said: readonly SaidOfBody[]): BodySpell[] {
  const cuts = [...new Set(said.map(({ on }) => on))].sort((a, b) => a - b);
  const spells: BodySpell[] = [];
  for (const [n, from] of cuts.entries()) {
    const until = cuts[n + 1] ?? NEVER;
    const spell = spellOn(said, from, until);
    if (spell !== undefined) spells.push(spell);
  }
  return spells;
}

function spellOn(
  said: readonly SaidOfBody[],
  from: DayNumber,
  until: DayNumber,
): BodySpell | undefined {
  let details: { on: DayNumber; details: Details } | undefined;
  let ended = false;
  let successors: string[] = [];
  for (const one of said) {
    if (one.on > from) continue;
    if (one.details !== undefined && one.on >= (details?.on ?? 0)) {
      details = { on: one.on, details: one.details };
    }
    if (one.ended) ended = true;
    if (one.successors !== undefined) successors = one.successors;
  }
  if (details === undefined) return undefined;
  const state = successors.length > 0 ? 'succeeded' : ended ? 'ended' : 'there';
  return { from, until, ...details.details, state, successors };
}
