import { z } from 'zod';
import { Code, Day, Points, Uuid } from '../events/shapes.ts';
import { cycleMeant } from './cycle.ts';
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
  context: async (load, { body }) => load('scheme', body.scheme),
  decide({ body, today }, state, scheme) {
    mustBeMember(state, today);
    const joined = state.membership.schemes.get(body.scheme);
    if (joined === undefined) {
      refuse('scheme-not-joined', 'this member takes no part in that scheme');
    }
    const cycle = cycleMeant(scheme, body.cycle, joined.anchor);
    return [{ type: 'PointsBroughtIn', data: { ...body, cycle } }];
  },
});
