import { z } from 'zod';
import {
  type FrameworkSkill,
  HELD,
  MAPPINGS_PER_FACT,
  SKILLS_PER_FACT,
  SkillCode,
  SkillMapping,
} from '../events/framework.ts';
import { newIdOf } from '../events/ids.ts';
import { Code, Day, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { canonical } from '../proofs/jcs.ts';
import { inChunks } from './chunks.ts';
import { defineCommand } from './define.ts';
import type { Framework } from './framework-state.ts';
import { refuse } from './rejection.ts';

const name = text(limits.shortText);

const Skill = z.strictObject({
  skill: Uuid.optional(),
  name,
  description: text(limits.longText).optional(),
  code: SkillCode.optional(),
  held: z.literal(true).optional(),
  levels: z
    .array(z.strictObject({ level: Code, text: text(limits.longText) }))
    .max(20)
    .optional(),
  roles: z.array(name).max(100).optional(),
});

const mapping = {
  /** What became of skills of the version before; one that keeps its id and is not named stays itself. */
  skills: z.array(SkillMapping).max(limits.frameworkSkills),
  /** Levels of the version before that are others now. */
  levels: z
    .array(z.strictObject({ level: Code, to: Code }))
    .max(21)
    .optional(),
};
const Mapping = z.strictObject(mapping);
type Mapping = z.output<typeof Mapping>;

/** Publishes the next version of a framework. A skill without an id is new, and is given one. */
export const publishFramework = defineCommand({
  name: 'publish-framework',
  category: 'framework',
  body: z.strictObject({
    version: z.int().min(1),
    name,
    levels: z.array(z.strictObject({ code: Code, name })).max(20),
    effectiveFrom: Day.optional(),
    staleAfterMonths: z.int().min(1).max(600).optional(),
    skills: z.array(Skill).min(1).max(limits.frameworkSkills),
    mapped: Mapping.optional(),
  }),
  decide({ id, body }, state) {
    const next = state.versions.length + 1;
    if (body.version !== next) {
      refuse('version-wrong', `version ${next} is next, not ${body.version}`);
    }
    const { skills: named, mapped, ...said } = body;
    const skills = named.map((skill, index) => ({
      ...skill,
      skill: skill.skill ?? newIdOf(id, `skill/${index}`),
    }));
    eachOnce(skills, said.levels);
    for (const skill of skills) levelsIn(skill, said.levels);
    if (saysNothingNew({ ...said, skills }, state)) {
      refuse('framework-same', `version ${next - 1} says the same`);
    }
    const mappings = mappingsOf(mapped, state, {
      version: next,
      skills: new Set(skills.map(({ skill }) => skill)),
      levels: said.levels.map(({ code }) => code),
    });
    const chunks = inChunks(skills, SKILLS_PER_FACT);
    return [
      {
        type: 'FrameworkPublished',
        data: { ...said, skills: skills.length, parts: chunks.length },
      },
      ...chunks.map((chunk, index) => ({
        type: 'FrameworkSkillsListed' as const,
        data: { version: next, part: index + 1, skills: chunk },
      })),
      ...mappings,
    ];
  },
});

/** States anew, as a whole, what became of the skills of the version before. */
export const mapFramework = defineCommand({
  name: 'map-framework',
  category: 'framework',
  body: z.strictObject({ version: z.int().min(2), ...mapping }),
  decide({ body: { version, ...mapped } }, state) {
    const of = state.versions[version - 1];
    if (of === undefined) refuse('version-wrong', `there is no version ${version} to map to`);
    const { levels, skills } = of;
    const facts = mappingsOf(mapped, state, { version, levels, skills: new Set(skills.keys()) });
    if (canonical(of.mapped) === canonical(facts.map(({ data }) => data))) {
      refuse('framework-same', `version ${version} is mapped so already`);
    }
    return facts;
  },
});

function eachOnce(skills: readonly FrameworkSkill[], levels: readonly { code: string }[]): void {
  once(skills.map(({ skill }) => skill));
  once(skills.map((skill) => skill.name));
  once(skills.flatMap(({ code }) => code ?? []));
  const codes = levels.map(({ code }) => code);
  once(codes);
  if (codes.includes(HELD)) refuse('level-wrong', `no level is called ${HELD}`);
}

function levelsIn(skill: FrameworkSkill, levels: readonly { code: string }[]): void {
  const described = (skill.levels ?? []).map(({ level }) => level);
  once(described);
  if (skill.held && described.length > 0) {
    refuse('level-wrong', `“${skill.name}” is held or not: it has no levels`);
  }
  const strange = described.find((level) => levels.every(({ code }) => code !== level));
  if (strange !== undefined) refuse('level-wrong', `“${skill.name}” has no level ${strange}`);
}

function saysNothingNew(said: object, { last }: Framework): boolean {
  const content = (of: object): string =>
    canonical(JSON.parse(JSON.stringify({ ...of, version: 0, effectiveFrom: undefined })));
  return last !== undefined && content(said) === content(last);
}

interface Onto {
  version: number;
  skills: ReadonlySet<string>;
  levels: readonly string[];
}

/** The mapping of a version in chunks; every skill and every level that went is in it, or it is refused. */
function mappingsOf(mapped: Mapping | undefined, state: Framework, onto: Onto) {
  const before = state.versions[onto.version - 2];
  const { skills, levels } = mapped ?? { skills: [] };
  if (before === undefined) {
    if (mapped !== undefined) refuse('version-wrong', 'before the first version there was none');
    return [];
  }
  once(skills.map(({ skill }) => skill));
  for (const { skill, to } of skills) {
    once(to);
    if (!before.skills.has(skill)) refuse('skill-unknown', `no skill ${skill} was there before`);
    const strange = to.find((id) => !onto.skills.has(id));
    if (strange !== undefined) refuse('skill-unknown', `version ${onto.version} has no ${strange}`);
  }
  const named = new Set(skills.map(({ skill }) => skill));
  const gone = [...before.skills].filter(([id]) => !named.has(id) && !onto.skills.has(id));
  if (gone.length > 0) refuse('mapping-incomplete', `where did these go: ${listed(gone)}`);
  mapsLevels(levels ?? [], before.levels, onto);
  if (mapped === undefined) return [];
  const chunks = skills.length === 0 ? [[]] : inChunks(skills, MAPPINGS_PER_FACT);
  return chunks.map((mappings, index) => ({
    type: 'FrameworkMapped' as const,
    data: {
      version: onto.version,
      part: index + 1,
      parts: chunks.length,
      mappings,
      ...(index > 0 || levels === undefined ? {} : { levels }),
    },
  }));
}

function mapsLevels(
  mapped: readonly { level: string; to: string }[],
  before: readonly string[],
  { levels }: Onto,
): void {
  once(mapped.map(({ level }) => level));
  for (const { level, to } of mapped) {
    if (level !== HELD && !before.includes(level)) {
      refuse('level-wrong', `no level ${level} was there before`);
    }
    if (to !== HELD && !levels.includes(to)) refuse('level-wrong', `there is no level ${to}`);
  }
  const gone = before.filter(
    (level) => !levels.includes(level) && mapped.every((one) => one.level !== level),
  );
  if (gone.length > 0) refuse('mapping-incomplete', `where did these go: ${gone.join(', ')}`);
}

/** The first of them by name: a refusal is read by people. */
function listed(gone: readonly (readonly [string, { name: string }])[]): string {
  const shown = gone.slice(0, 10).map(([id, skill]) => `“${skill.name}” (${id})`);
  return [...shown, ...(gone.length > 10 ? [`and ${gone.length - 10} more`] : [])].join(', ');
}

function once(values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) refuse('skill-doubled', `${twice} stands twice`);
}
