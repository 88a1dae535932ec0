import { z } from 'zod';
import { defineFact } from './define.ts';
import { Day, Uuid } from './shapes.ts';

export const SharedWith = z.strictObject({ kind: z.enum(['organisation', 'person']), id: Uuid });
export const Shared = z.enum(['standing', 'statement', 'skills', 'contact']);

export const SharingGranted = defineFact({
  type: 'SharingGranted',
  category: 'member',
  says: 'A member lets an organisation or a person see something of theirs, from a day on.',
  shape: {
    sharingId: Uuid,
    to: SharedWith,
    what: Shared,
    from: Day,
    until: Day.optional(),
  },
});

export const SharingWithdrawn = defineFact({
  type: 'SharingWithdrawn',
  category: 'member',
  says: 'A member shares something no longer, from a day on.',
  shape: { sharingId: Uuid, until: Day },
});
