import { z } from 'zod';
import { Rulebook } from './rulebook.ts';
import { carryOf } from './rules/carry.ts';
import { kindOf, measuredAlike } from './rules/kind.ts';
import { floorOf, limitOf, stepOf } from './rules/limit.ts';
import { asksOneThing, requirementOf } from './rules/requirement.ts';
import { day, name, stored } from './rules/scalars.ts';
import { Select } from './rules/select.ts';

/** Selections by first and repeat came with version 3. */
const of = Select.omit({ repeat: true });

type Share = { points: number } | { of: 'target' | Select } | undefined;

/** Whether what a share is of is selected by what version 2 knew. */
function sharesPlainly({ most, least }: { most?: Share; least?: Share }): boolean {
  return [most, least].every(
    (share) =>
      share === undefined ||
      !('of' in share) ||
      share.of === 'target' ||
      share.of.repeat === undefined,
  );
}

const { reflection: _reflection, ...kind } = kindOf(stored).shape;
const { every: _every, grace: _grace, ...requirement } = requirementOf(stored).shape;

/** What version 2 could say: without what version 3 added. Version 3 changed nothing besides. */
export const RulebookV2 = Rulebook.omit({ title: true }).extend({
  early: z.strictObject({ track: name, from: day }).optional(),
  kinds: z.array(z.strictObject(kind).superRefine(measuredAlike)).min(1).max(300),
  floors: z.array(floorOf(stored).safeExtend({ of })).max(50).optional(),
  steps: z.array(stepOf(stored).safeExtend({ of })).max(50).optional(),
  limits: z.array(limitOf(stored).safeExtend({ of }).refine(sharesPlainly)).max(100).optional(),
  requirements: z
    .array(
      z
        .strictObject({ ...requirement, of })
        .refine(asksOneThing)
        .refine(sharesPlainly),
    )
    .max(50)
    .optional(),
  carry: carryOf(stored).safeExtend({ of }).refine(sharesPlainly).optional(),
});
