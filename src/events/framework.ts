import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, storedText, Uuid } from './shapes.ts';

/** Skills in one chunk: with descriptions of 1,000 characters they fit in 256 KiB. */
export const SKILLS_PER_FACT = 50;

export const FrameworkSkill = z.strictObject({
  /** Minted at import: a name may change, the id stays. */
  skill: Uuid,
  name: storedText(200),
  description: storedText(1_000).optional(),
});

export const FrameworkPublished = defineFact({
  type: 'FrameworkPublished',
  category: 'framework',
  says: 'A version of a framework of skills is published; its skills follow in chunks.',
  shape: {
    version: z.int().min(1),
    name: storedText(200),
    /** From the lowest to the highest; none: a skill is held or not. */
    levels: z.array(z.strictObject({ code: Code, name: storedText(200) })).max(20),
    skills: z.int().min(1),
    parts: z.int().min(1),
  },
});

export const FrameworkSkillsListed = defineFact({
  type: 'FrameworkSkillsListed',
  category: 'framework',
  says: 'A chunk of the skills of a framework’s version.',
  shape: {
    version: z.int().min(1),
    part: z.int().min(1),
    skills: z.array(FrameworkSkill).min(1).max(SKILLS_PER_FACT),
  },
});
