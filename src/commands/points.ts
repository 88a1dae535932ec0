import { z } from 'zod';
import { Code, Day, Points, Uuid } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { identityKid, mustBeMember } from './membership.ts';
import { refuse } from './rejection.ts';

/** Brings in points from before this ledger: an opening balance. */
export const bringInPoints = defineCommand({
  name: 'bring-in-points',
  category: 'member',
  body: z.strictObject({
    scheme: Uuid,
    cycle: Code,
    category: Code,
    points: Points.min(1),
    lapsesOn: Day.optional(),
  }),
  digestKid: identityKid,
  decide({ body }, state) {
    mustBeMember(state);
    if (!state.membership.schemes.has(body.scheme)) {
      refuse('scheme-not-joined', 'this member takes no part in that scheme');
    }
    return [{ type: 'PointsBroughtIn', data: body }];
  },
});
