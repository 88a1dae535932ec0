import { z } from 'zod';
import { Day, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { lastDayOf } from '../scheme/civil-date.ts';
import { awardsFor, doneBefore } from './award.ts';
import { claimActivity } from './claim.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';
import { idsOfHuman } from './same-human.ts';
import { joinedSchemes } from './schemes-of-member.ts';

/**
 * Brings in a claim that was decided elsewhere: who and when as the old system said. What it awards follows
 * from the rulebook of the day it was done, like any other.
 */
export const importDecidedClaim = defineCommand({
  name: 'import-decided-claim',
  category: 'member',
  body: z.strictObject({
    claim: claimActivity.body,
    decided: z.strictObject({
      on: Day,
      /** Persons of this ledger, where the old system's names are known to be theirs. */
      by: z.array(Uuid).max(20).optional(),
      /** Who decided, and why, in the old system's words: sealed. */
      says: text(limits.longText).optional(),
    }),
  }),
  async context(load, command, state) {
    const { actor, subject } = command;
    const involved = await idsOfHuman(load, subject);
    const entering = await idsOfHuman(load, actor.onBehalfOf ?? actor.id);
    return {
      schemes: await joinedSchemes(load, command, state),
      involved: new Set([...involved, ...entering]),
    };
  },
  digestKid: ({ newKid }) => newKid,
  decide(command, state, { schemes, involved }) {
    const { claim, decided } = command.body;
    const by = decided.by ?? [];
    if (by.some((id) => involved.has(id))) {
      refuse('own-claim', 'nobody decides on their own claim or one they enter, elsewhere neither');
    }
    if (decided.on > command.today) {
      refuse('date-wrong', `what is decided already was decided by ${command.today}`);
    }
    const [claimed] = claimActivity.decide({ ...command, body: claim }, state, schemes);
    if (claimed?.type !== 'Claimed') throw new Error('a claim begins with Claimed');
    const { claimId, kid, lines } = claimed.data;
    const last = lines.map(lastDayOf).find((day) => day > decided.on);
    if (last !== undefined) {
      refuse('date-wrong', `it was decided on ${decided.on}, before it ended on ${last}`);
    }
    const fields = decided.says === undefined ? {} : { 'lines/0/reason': decided.says };
    const approved = {
      type: 'ClaimApproved' as const,
      data: {
        claimId,
        decision: {
          decidedBy: by,
          decidedOn: decided.on,
          capacity: 'import' as const,
          interests: [],
          reasons: [],
        },
        lines: lines.map((line, n) => ({
          lineId: line.lineId,
          accepted: line.quantity,
          awards: awardsFor(schemes, line, doneBefore(state.claims, line, lines.slice(0, n))),
          skills: [],
        })),
      },
      texts: [{ kid, fields }],
    };
    return [claimed, approved];
  },
});
