import { HELD } from '../../events/framework.ts';
import type { CivilDate } from '../../scheme/civil-date.ts';
import type { Database } from '../../store/driver.ts';
import type { Term } from './credits.ts';
import { dayNumber } from './days.ts';
import { FRAMEWORKS, MAPPINGS, MAPPINGS_KNOWN, NAMED_SKILLS, TERMS } from './queries.ts';

/** A framework in the version in which a report speaks. */
export interface FrameworkTold {
  framework: string;
  version: number;
  name: string;
  /** From the lowest to the highest. */
  levels: { code: string; name: string }[];
  staleAfterMonths?: number;
}

export interface SkillTold {
  skill: string;
  name: string;
  /** Place of its framework among those told. */
  framework: number;
}

/** What a credited term is in the version told: a skill by its place, and how high its level is. */
export interface Target {
  skill: number;
  /** 0: held, at no level; 1: the lowest. */
  rank: number;
}

/** The words of a report, and what was credited in other words. */
export interface Terms {
  frameworks: FrameworkTold[];
  skills: SkillTold[];
  /** Undefined: in no framework that is told; none: what has no place in the version told (it was retired). */
  targetsOf(term: number): readonly Target[] | undefined;
  /** What a number stands for. */
  meaning(term: number): Term | undefined;
  /** What a skill at a level of another version is here. */
  carried(framework: string, version: number, skill: string, level: string): readonly Target[];
}

export interface TermsWanted {
  /** Facts with a lower index are known. */
  end: number;
  /** The versions in force on this day, where none is named. */
  on: CivilDate;
  framework?: string | undefined;
  version?: number | undefined;
}

/** The level of a rank in a framework. */
export function levelOf(framework: FrameworkTold, rank: number): string {
  return framework.levels[rank - 1]?.code ?? HELD;
}

/** The levels of a framework by their ranks. */
export function levelsOf(framework: FrameworkTold): string[] {
  return [HELD, ...framework.levels.map(({ code }) => code)];
}

/** Every level of these frameworks once, from the lowest. */
export function levelCodes(frameworks: readonly FrameworkTold[]): string[] {
  return [...new Set(frameworks.flatMap(levelsOf))];
}

interface FrameworkRow {
  framework: string;
  version: number;
  effective_from: number;
  name: string;
  levels: string;
  stale_after_months: number | null;
}

/** @throws Error where two terms have one number, which no report could tell apart */
export function readTerms(database: Database, wanted: TermsWanted): Terms {
  const rows = database.prepare(FRAMEWORKS).all(wanted.end) as FrameworkRow[];
  const told = toldBy(rows, wanted);
  const key = JSON.stringify([database.prepare(MAPPINGS_KNOWN).get(wanted.end), told]);
  const kept = lastRead.get(database);
  if (kept?.key === key) return kept.terms;
  const terms = termsOf(database, wanted.end, told);
  lastRead.set(database, { key, terms });
  return terms;
}

const lastRead = new WeakMap<Database, { key: string; terms: Terms }>();

/** Of each framework the version named, else the last that is in force on the day, else the first. */
function toldBy(rows: readonly FrameworkRow[], wanted: TermsWanted): FrameworkTold[] {
  const on = dayNumber(wanted.on);
  const chosen = new Map<string, FrameworkRow>();
  for (const row of rows) {
    if (wanted.framework !== undefined && row.framework !== wanted.framework) continue;
    if (wanted.version !== undefined) {
      if (row.version === wanted.version) chosen.set(row.framework, row);
    } else if (!chosen.has(row.framework) || row.effective_from <= on) {
      chosen.set(row.framework, row);
    }
  }
  return [...chosen.values()].map(({ framework, version, name, levels, stale_after_months }) => ({
    framework,
    version,
    name,
    levels: JSON.parse(levels),
    ...(stale_after_months === null ? {} : { staleAfterMonths: stale_after_months }),
  }));
}

interface TermRow {
  version: number;
  skill: string;
  level: string;
  term: number;
  rank: number;
}

function termsOf(database: Database, end: number, frameworks: FrameworkTold[]): Terms {
  const skills: SkillTold[] = [];
  const targets = new Map<number, readonly Target[]>();
  const meanings = new Map<number, Term>();
  const carriers = new Map<string, Carry>();
  for (const [place, { framework, version }] of frameworks.entries()) {
    const first = skills.length;
    const named = database.prepare(NAMED_SKILLS).all(framework, version) as SkillTold[];
    for (const { skill, name } of named) skills.push({ skill, name, framework: place });
    const ordinals = new Map(skills.slice(first).map(({ skill }, n) => [skill, first + n]));
    const all = database.prepare(TERMS).all(framework) as TermRow[];
    const carry = carrying(database, end, { framework, version }, all, ordinals);
    carriers.set(framework, carry);
    for (const { term, version: of, skill, level } of all) {
      if (targets.has(term)) throw new Error(`two terms of frameworks have the number ${term}`);
      targets.set(term, carry(of, skill, level));
      meanings.set(term, { framework, version: of, skill, level });
    }
  }
  return {
    frameworks,
    skills,
    targetsOf: (term) => targets.get(term),
    meaning: (term) => meanings.get(term),
    carried: (framework, ...of) => carriers.get(framework)?.(...of) ?? [],
  };
}

type Carry = (version: number, skill: string, level: string) => readonly Target[];

interface Mapping {
  skills: Map<string, readonly string[]>;
  levels: Map<string, string>;
}

/** Carries a skill at a level forward, version by version; of a later version only what this one has, too. */
function carrying(
  database: Database,
  end: number,
  { framework, version: told }: { framework: string; version: number },
  terms: readonly TermRow[],
  ordinals: ReadonlyMap<string, number>,
): Carry {
  const mappings = mappingsOf(database, end, framework);
  const ranks = new Map<string, number>();
  const levelled = new Set<string>();
  for (const { version, skill, level, rank } of terms) {
    if (version !== told) continue;
    ranks.set(`${skill}/${level}`, rank);
    if (rank > 0) levelled.add(skill);
  }
  const targetOf = (skill: string, level: string): Target[] => {
    const place = ordinals.get(skill);
    if (place === undefined) return [];
    const rank = ranks.get(`${skill}/${level}`);
    // Who had a level of what has none now holds it.
    if (rank === undefined && levelled.has(skill)) return [];
    return [{ skill: place, rank: rank ?? 0 }];
  };
  return (version, skill, level) => {
    let skills: readonly string[] = [skill];
    let now = level;
    for (let next = version + 1; next <= told; next++) {
      const mapping = mappings.get(next);
      skills = [...new Set(skills.flatMap((one) => mapping?.skills.get(one) ?? [one]))];
      now = mapping?.levels.get(now) ?? now;
    }
    return skills.flatMap((one) => targetOf(one, now));
  };
}

function mappingsOf(database: Database, end: number, framework: string): Map<number, Mapping> {
  const rows = database.prepare(MAPPINGS).all(end, framework) as {
    version: number;
    mappings: string;
    levels: string;
  }[];
  const found = new Map<number, Mapping>();
  for (const { version, mappings, levels } of rows) {
    const mapping = found.get(version) ?? { skills: new Map(), levels: new Map() };
    for (const { skill, to } of JSON.parse(mappings)) mapping.skills.set(skill, to);
    for (const { level, to } of JSON.parse(levels)) mapping.levels.set(level, to);
    found.set(version, mapping);
  }
  return found;
}
