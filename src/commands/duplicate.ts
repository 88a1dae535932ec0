import { z } from 'zod';
import { Uuid } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { identityKid } from './membership.ts';
import { refuse } from './rejection.ts';

/** States in a duplicate's stream under which id the person goes on: the decision that two ids are one human. */
export const mergeInto = defineCommand({
  name: 'merge-into',
  category: 'member',
  body: z.strictObject({ survivor: Uuid }),
  digestKid: identityKid,
  afterMerger: true,
  context: async (load, { body }) => load('member', body.survivor),
  decide({ subject, body, actor, own }, state, survivor) {
    if (body.survivor === subject) refuse('own-duplicate', 'nobody is a duplicate of themselves');
    for (const { membership } of [state, survivor]) {
      if (membership.kid === '') refuse('member-unknown', 'one of the two is not registered');
    }
    if (survivor.erasure.person) refuse('erased', 'who would absorb the duplicate was erased');
    if (survivor.erasure.mergedInto !== undefined) {
      refuse('merged', `who would absorb it goes on as ${survivor.erasure.mergedInto}`);
    }
    const { mergedInto } = state.erasure;
    if (mergedInto !== undefined || survivor.erasure.absorbed.has(subject)) {
      refuse('already-absorbed', `the duplicate goes on as ${mergedInto ?? body.survivor}`);
    }
    if ([subject, body.survivor].some((id) => id === actor.id || own.has(id))) {
      refuse('own-duplicate', 'another person says that two ids are one');
    }
    return [{ type: 'MergedInto', data: body }];
  },
});

/**
 * States in the survivor's stream that a duplicate's history belongs to it from now on; follows from `MergedInto`,
 * also where the survivor was merged into a third in between.
 */
export const absorbDuplicate = defineCommand({
  name: 'absorb-duplicate',
  category: 'member',
  body: z.strictObject({ duplicate: Uuid }),
  digestKid: identityKid,
  afterMerger: true,
  context: async (load, { body }) => load('member', body.duplicate),
  decide({ subject, body }, state, duplicate) {
    if (duplicate.erasure.mergedInto !== subject) {
      refuse('member-unknown', `${body.duplicate} was not merged into this person`);
    }
    if (state.erasure.absorbed.has(body.duplicate)) {
      refuse('already-absorbed', `the duplicate goes on as ${subject}`);
    }
    return [{ type: 'Absorbed', data: { duplicate: body.duplicate } }];
  },
});
