import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Kid, Uuid } from './shapes.ts';

/** Kids in one `Erased` fact: with the rest of it they fit in 256 KiB many times over. */
export const KIDS_PER_FACT = 2_000;

export const Erased = defineFact({
  type: 'Erased',
  category: 'member',
  says: 'Keys of this stream are destroyed: of one text, of one claim, or of the whole person.',
  shape: {
    scope: z.enum(['text', 'claim', 'person']),
    kids: z.array(Kid).min(1).max(KIDS_PER_FACT),
    /** Chunks of one erasure: 1, 2, ... of `parts`, in one append. */
    part: z.int().min(1),
    parts: z.int().min(1),
  },
});

export const HoldPlaced = defineFact({
  type: 'HoldPlaced',
  category: 'member',
  says: 'Nothing of a member, or of one claim, is disposed of or erased until the hold is lifted.',
  shape: {
    holdId: Uuid,
    /** Absent: all of the member. */
    claim: Uuid.optional(),
    reasons: z.array(Code).max(20),
  },
  sealed: ['reason'],
});

export const HoldLifted = defineFact({
  type: 'HoldLifted',
  category: 'member',
  says: 'A hold ends.',
  shape: { holdId: Uuid },
});
