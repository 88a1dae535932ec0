import { z } from 'zod';
import { Uuid } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { identityKid } from './membership.ts';
import { refuse } from './rejection.ts';

/** States that another id was the same human, whose history belongs to this one from now on. */
export const absorbDuplicate = defineCommand({
  name: 'absorb-duplicate',
  category: 'member',
  body: z.strictObject({ duplicate: Uuid }),
  digestKid: identityKid,
  context: async (load, { body }) => load('member', body.duplicate),
  decide({ subject, body, actor, own }, state, duplicate) {
    if (body.duplicate === subject) refuse('own-duplicate', 'nobody is a duplicate of themselves');
    for (const { membership } of [state, duplicate]) {
      if (membership.kid === '') refuse('member-unknown', 'one of the two is not registered');
    }
    if (duplicate.erasure.person) refuse('erased', 'the duplicate was erased');
    const { mergedInto } = duplicate.erasure;
    if (mergedInto !== undefined || state.erasure.absorbed.has(body.duplicate)) {
      refuse('already-absorbed', `the duplicate goes on as ${mergedInto ?? subject}`);
    }
    if ([subject, body.duplicate].some((id) => id === actor.id || own.has(id))) {
      refuse('own-duplicate', 'another person says that two ids are one');
    }
    return [{ type: 'Absorbed', data: { duplicate: body.duplicate } }];
  },
});

/** States in the duplicate's stream under which id the person goes on; follows from `Absorbed`. */
export const mergeInto = defineCommand({
  name: 'merge-into',
  category: 'member',
  body: z.strictObject({ survivor: Uuid }),
  digestKid: identityKid,
  context: async (load, { body }) => load('member', body.survivor),
  decide({ subject, body }, _state, survivor) {
    if (!survivor.erasure.absorbed.has(subject)) {
      refuse('member-unknown', `${body.survivor} has not absorbed this person`);
    }
    return [{ type: 'MergedInto', data: body }];
  },
});
