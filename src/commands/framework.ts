import { z } from 'zod';
import { FrameworkSkill, SKILLS_PER_FACT } from '../events/framework.ts';
import { newIdOf } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import { Code, text } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';

/** How many versions of a framework there are. */
export interface Framework {
  versions: number;
}

export const framework = {
  initial: (): Framework => ({ versions: 0 }),
  evolve(state: Framework, fact: AnyFact): Framework {
    return fact.type === 'FrameworkPublished' ? { versions: fact.data.version } : state;
  },
};

/** Publishes the next version of a framework. A skill without an id is new, and is given one. */
export const publishFramework = defineCommand({
  name: 'publish-framework',
  category: 'framework',
  body: z.strictObject({
    version: z.int().min(1),
    name: text(limits.shortText),
    levels: z.array(z.strictObject({ code: Code, name: text(limits.shortText) })).max(20),
    skills: z
      .array(FrameworkSkill.partial({ skill: true }))
      .min(1)
      .max(500),
  }),
  decide({ id, body }, state) {
    const next = state.versions + 1;
    if (body.version !== next) {
      refuse('version-wrong', `version ${next} is next, not ${body.version}`);
    }
    const skills = body.skills.map((skill, index) => ({
      ...skill,
      skill: skill.skill ?? newIdOf(id, `skill/${index}`),
    }));
    once(skills.map(({ skill }) => skill));
    once(skills.map(({ name }) => name));
    once(body.levels.map(({ code }) => code));
    const { version, name, levels } = body;
    const parts = Math.ceil(skills.length / SKILLS_PER_FACT);
    const chunks = Array.from({ length: parts }, (_, index) => ({
      type: 'FrameworkSkillsListed' as const,
      data: {
        version,
        part: index + 1,
        skills: skills.slice(index * SKILLS_PER_FACT, (index + 1) * SKILLS_PER_FACT),
      },
    }));
    const data = { version, name, levels, skills: skills.length, parts };
    return [{ type: 'FrameworkPublished', data }, ...chunks];
  },
});

function once(values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) refuse('skill-doubled', `${twice} stands twice`);
}
