import { z } from 'zod';
import { SkillAtLevel } from './claim.ts';
import { defineFact } from './define.ts';
import { Code, Day, Uuid } from './shapes.ts';

export const CapabilityDeclared = defineFact({
  type: 'CapabilityDeclared',
  category: 'organisation',
  says: 'A body says of itself how many of its people can do something: no evidence, and shown apart from it.',
  shape: {
    declarationId: Uuid,
    framework: SkillAtLevel.shape.framework,
    skill: Uuid,
    /** At this level or above it; absent: at any. */
    level: Code.optional(),
    headcount: z.int().min(0).max(1_000_000),
    /** Of how many people in all. */
    of: z.int().min(1).max(1_000_000),
    asOf: Day,
    by: Uuid,
  },
});

export const CapabilityWithdrawn = defineFact({
  type: 'CapabilityWithdrawn',
  category: 'organisation',
  says: 'A body’s declaration holds no longer, from a day on; from its own day on: it never held.',
  shape: { declarationId: Uuid, until: Day, by: Uuid },
});
