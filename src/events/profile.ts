import { z } from 'zod';
import { SkillAtLevel } from './claim.ts';
import { defineFact } from './define.ts';
import { Code, Day, storedText } from './shapes.ts';

/** One way to meet a need: enough people at the level or above it, each observed lately enough. */
export const Alternative = z.strictObject({
  ...SkillAtLevel.shape,
  people: z.int().min(1).max(10_000),
  /** What was observed longer ago does not count; absent: what the framework says of going stale. */
  currentMonths: z.int().min(1).max(600).optional(),
});

export const Need = z.strictObject({
  /** Stays from version to version, so that coverage can be compared. */
  need: Code,
  name: storedText(200),
  anyOf: z.array(Alternative).min(1).max(20),
});

export const ProfilePublished = defineFact({
  type: 'ProfilePublished',
  category: 'profile',
  says: 'A version of a profile: what a body needs to deliver something. Every need, by any of its ways.',
  shape: {
    version: z.int().min(1),
    name: storedText(200),
    needs: z.array(Need).min(1).max(50),
    /** Types of body that it is meant for; absent: all. */
    types: z.array(Code).min(1).max(50).optional(),
  },
});

export const ProfileRetired = defineFact({
  type: 'ProfileRetired',
  category: 'profile',
  says: 'A profile is asked for no longer, from a day on.',
  shape: { until: Day },
});
