import { z } from 'zod';
import { SkillAtLevel } from './claim.ts';
import { defineFact } from './define.ts';
import { Code, Day, Uuid } from './shapes.ts';

export const SkillSource = z.enum(['self', 'peer', 'manager', 'external', 'recognition']);

export const SkillCredited = defineFact({
  type: 'SkillCredited',
  category: 'member',
  says: 'A member has a skill at a level, as somebody observed. Skills of claims stand in approvals.',
  shape: {
    creditId: Uuid,
    ...SkillAtLevel.shape,
    source: SkillSource,
    by: Uuid,
    observedOn: Day,
    validUntil: Day.optional(),
  },
});

export const SkillReassessed = defineFact({
  type: 'SkillReassessed',
  category: 'member',
  says: 'A credited skill is at another level, as observed on a later day.',
  shape: {
    creditId: Uuid,
    level: Code,
    source: SkillSource,
    by: Uuid,
    observedOn: Day,
    validUntil: Day.optional(),
  },
});

export const SkillEnded = defineFact({
  type: 'SkillEnded',
  category: 'member',
  says: 'A credited skill is held no longer, from a day on.',
  shape: { creditId: Uuid, until: Day },
});
