import { type FrameworkSkill, HELD } from '../events/framework.ts';
import type { AnyFact } from '../events/registry.ts';
import type { Load } from './define.ts';
import { refuse } from './rejection.ts';

/** A version of a framework, as far as decisions about skills ask for it. */
interface Version {
  levels: string[];
  skills: Map<string, { name: string; held: boolean }>;
  /** What it said last of the version before, part by part. */
  mapped: Extract<AnyFact, { type: 'FrameworkMapped' }>['data'][];
}

/** A framework by its versions, the first of them at 0, and the last of them as it was published. */
export interface Framework {
  versions: Version[];
  last: (Omit<Published, 'parts' | 'skills'> & { skills: FrameworkSkill[] }) | undefined;
}

type Published = Extract<AnyFact, { type: 'FrameworkPublished' }>['data'];

export const framework = {
  initial: (): Framework => ({ versions: [], last: undefined }),
  evolve(state: Framework, fact: AnyFact): Framework {
    if (fact.type === 'FrameworkPublished') {
      const { parts: _, skills: __, ...said } = fact.data;
      const levels = said.levels.map(({ code }) => code);
      state.versions.push({ levels, skills: new Map(), mapped: [] });
      state.last = { ...said, skills: [] };
    } else if (fact.type === 'FrameworkSkillsListed') {
      const version = state.versions[fact.data.version - 1];
      for (const skill of fact.data.skills) {
        const held = skill.held === true || version?.levels.length === 0;
        version?.skills.set(skill.skill, { name: skill.name, held });
        state.last?.skills.push(skill);
      }
    } else if (fact.type === 'FrameworkMapped') {
      const version = state.versions[fact.data.version - 1];
      if (fact.data.part === 1 && version !== undefined) version.mapped = [];
      version?.mapped.push(fact.data);
    }
    return state;
  },
};

/** A skill of a version of a framework, at a level where one is named. */
interface Named {
  framework: { id: string; version: number };
  skill: string;
  level?: string | undefined;
}

export type Frameworks = ReadonlyMap<string, Framework>;

/** Loads the frameworks of these skills. */
export async function frameworksOf(load: Load, named: readonly Named[]): Promise<Frameworks> {
  const ids = new Set(named.map(({ framework: { id } }) => id));
  return new Map(
    await Promise.all([...ids].map(async (id) => [id, await load('framework', id)] as const)),
  );
}

/**
 * Refuses a skill that is not in its version of its framework, and a level at which it cannot be held.
 *
 * @param atAll whether `held` may stand for any level of a skill that has some
 */
export function inFramework(frameworks: Frameworks, named: Named, atAll = false): void {
  const { framework: of, skill, level } = named;
  const version = frameworks.get(of.id)?.versions[of.version - 1];
  if (version === undefined) {
    refuse('framework-unknown', `there is no version ${of.version} of framework ${of.id}`);
  }
  const found = version.skills.get(skill);
  if (found === undefined) refuse('skill-unknown', `the framework has no skill ${skill}`);
  const { name, held } = found;
  if (level === undefined || (level === HELD && (held || atAll))) return;
  if (held) refuse('level-wrong', `“${name}” has no levels: ${HELD} is expected, not ${level}`);
  if (!version.levels.includes(level)) {
    refuse('level-wrong', `the levels of “${name}” are ${version.levels.join(', ')}, not ${level}`);
  }
}
