import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Day, storedText, Uuid } from './shapes.ts';

/** Skills in one chunk, at most: long ones are fewer, so that it fits in 256 KiB. */
export const SKILLS_PER_FACT = 50;
/** Skills mapped in one chunk. */
export const MAPPINGS_PER_FACT = 500;

/** The level of a skill that has none: it is held or not. No framework names a level so. */
export const HELD = 'held';

/** A code that a framework itself gives a skill. */
export const SkillCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._/-]{0,63}$/, {
  error: 'a code of the framework is expected, without spaces',
});

const version = z.int().min(1);
const part = z.int().min(1);
const parts = z.int().min(1);
const name = storedText(200);

export const FrameworkSkill = z.strictObject({
  /** Minted at import: a name may change, the id stays. */
  skill: Uuid,
  name,
  description: storedText(4_000).optional(),
  code: SkillCode.optional(),
  /** It has no levels though its framework has: its level is `held`. */
  held: z.literal(true).optional(),
  /** What each level of the framework means here; one that is not named is not described. */
  levels: z
    .array(z.strictObject({ level: Code, text: storedText(4_000) }))
    .max(20)
    .optional(),
  /** Roles that need it, by their names. */
  roles: z.array(name).max(100).optional(),
});
export type FrameworkSkill = z.infer<typeof FrameworkSkill>;

const published = {
  version,
  name,
  /** From the lowest to the highest; none: a skill is held or not. */
  levels: z.array(z.strictObject({ code: Code, name })).max(20),
  skills: z.int().min(1),
  parts,
};

/** Nothing is less in these, and what version 2 added is absent. */
const asItWas = <Data>(data: Data): Data => data;

export const FrameworkPublished = defineFact({
  type: 'FrameworkPublished',
  category: 'framework',
  says: 'A version of a framework of skills is published; its skills follow in chunks.',
  version: 2,
  shape: {
    ...published,
    /** In force from this day; absent: from the day of recording. */
    effectiveFrom: Day.optional(),
    /** A skill goes stale so long after it was observed last; absent: unless a profile says so, never. */
    staleAfterMonths: z.int().min(1).max(600).optional(),
  },
  older: [z.strictObject({ ...published, corrects: Uuid.optional() })],
  upcasters: [asItWas],
});

const SkillV1 = z.strictObject({
  skill: Uuid,
  name,
  description: storedText(1_000).optional(),
});

export const FrameworkSkillsListed = defineFact({
  type: 'FrameworkSkillsListed',
  category: 'framework',
  says: 'A chunk of the skills of a framework’s version.',
  version: 2,
  shape: { version, part, skills: z.array(FrameworkSkill).min(1).max(SKILLS_PER_FACT) },
  older: [
    z.strictObject({
      corrects: Uuid.optional(),
      version,
      part,
      skills: z.array(SkillV1).min(1).max(SKILLS_PER_FACT),
    }),
  ],
  upcasters: [asItWas],
});

/** What becomes of a skill of the version before. */
export const SkillMapping = z.strictObject({
  skill: Uuid,
  /** Skills of this version; none: it is retired. */
  to: z.array(Uuid).max(20),
});
export type SkillMapping = z.infer<typeof SkillMapping>;

export const FrameworkMapped = defineFact({
  type: 'FrameworkMapped',
  category: 'framework',
  says: 'What became of the skills of the version before. One not named keeps its id; part 1 begins the whole anew.',
  shape: {
    version,
    part,
    parts,
    mappings: z.array(SkillMapping).max(MAPPINGS_PER_FACT),
    /** Levels of the version before that are others now, or `held`; in part 1. One not named keeps its code. */
    levels: z
      .array(z.strictObject({ level: Code, to: Code }))
      .max(21)
      .optional(),
  },
});
