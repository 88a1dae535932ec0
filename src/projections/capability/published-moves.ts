import type { Holding } from './holdings.ts';

/** Why somebody’s place in a table is another one than before. */
export type Why =
  | 'new'
  | 'gone'
  | 'stale'
  | 'renewed'
  | 'other-level'
  | 'other-post'
  | 'reorganised';

/** Where somebody stands in a table: at these places with each of their skills. */
export interface Stand {
  numbers: readonly number[];
  where: string;
  /** Who employs them. */
  bodies: string;
  /** Skills with level and state, each as a number, in order. */
  had: Uint32Array;
}

/** People who came, went or changed place: by skill, and by why, each once. */
export interface Moves {
  bySkill: Record<string, number>;
  why: Partial<Record<Why, number>>;
}

interface Look {
  /** By the place of a skill, its id, and its levels by their ranks. */
  skills: readonly { id: string; levels: readonly string[] }[];
  people: ReadonlyMap<number, Stand>;
}

const RANKS = 64;

/** A skill with its level and state as a number. */
export function codeOf({ skill, rank, current }: Holding): number {
  return (skill * RANKS + rank) * 2 + (current ? 1 : 0);
}

/**
 * Who moved between two looks. Whoever had two ids at one of them and one at the other is passed over: it is not said of
 * anybody that they moved who did not, for few who move must not be seen.
 */
export function movesBetween(then: Look, now: Look): Moves {
  const bySkill = new Map<string, number>();
  const why = new Map<Why, number>();
  const merged = new Set(
    [...then.people.values(), ...now.people.values()].flatMap(({ numbers }) =>
      numbers.length > 1 ? numbers : [],
    ),
  );
  for (const member of new Set([...then.people.keys(), ...now.people.keys()])) {
    if (merged.has(member)) continue;
    const reasons = new Set<Why>();
    const [before, after] = [then.people.get(member), now.people.get(member)];
    const [had, has] = [bySkillOf(then, before), bySkillOf(now, after)];
    for (const skill of new Set([...had.keys(), ...has.keys()])) {
      const reason = reasonOf(had.get(skill), has.get(skill), before, after);
      if (reason === undefined) continue;
      reasons.add(reason);
      bySkill.set(skill, (bySkill.get(skill) ?? 0) + 1);
    }
    for (const reason of reasons) why.set(reason, (why.get(reason) ?? 0) + 1);
  }
  return { bySkill: Object.fromEntries(bySkill), why: Object.fromEntries(why) };
}

interface Had {
  level: string | undefined;
  current: boolean;
}

function bySkillOf({ skills }: Look, stand: Stand | undefined): ReadonlyMap<string, Had> {
  const found = new Map<string, Had>();
  for (const code of stand?.had ?? []) {
    const skill = skills[Math.floor(code / (2 * RANKS))];
    const level = skill?.levels[Math.floor(code / 2) % RANKS];
    found.set(skill?.id ?? '', { level, current: code % 2 === 1 });
  }
  return found;
}

/** Why somebody stands elsewhere with a skill; nothing: they do not. */
function reasonOf(
  had: Had | undefined,
  has: Had | undefined,
  before: Stand | undefined,
  after: Stand | undefined,
): Why | undefined {
  if (had === undefined) return 'new';
  if (has === undefined) return 'gone';
  if (before?.where !== after?.where) {
    return before?.bodies === after?.bodies ? 'reorganised' : 'other-post';
  }
  if (had.current !== has.current) return has.current ? 'renewed' : 'stale';
  return had.level === has.level ? undefined : 'other-level';
}
