import { z } from 'zod';
import { ReasonCode } from '../events/codes.ts';
import { text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { claimKid } from './claim.ts';
import type { Claim } from './claim-state.ts';
import {
  circumstances,
  concernsOf,
  decisionOf,
  knownClaim,
  PanelDecision,
  permitLine,
} from './deciding.ts';
import { type Command, defineCommand } from './define.ts';
import type { Member } from './member.ts';
import { refuse } from './rejection.ts';
import { idsOfHuman } from './same-human.ts';

const decided = {
  reason: text(limits.longText),
  reasons: z.array(ReasonCode).max(20).optional(),
  panel: z.strictObject(PanelDecision).optional(),
};

/** Places an approval under review. */
export const openReview = defineCommand({
  name: 'open-review',
  category: 'member',
  body: z.strictObject({ approval: Uuid, ...decided }),
  context: circumstances,
  digestKid: claimKid,
  decide(command, state, about) {
    const claim = knownClaim(command, state);
    const { approval } = command.body;
    const under = linesUnder(claim, approval);
    if (under.length === 0)
      refuse('line-not-approved', `no line stands under approval ${approval}`);
    const standing = under.find((lineId) => claim.lines.get(lineId)?.state === 'approved');
    permitLine(claim, standing ?? under[0] ?? '', 'review');
    if ([...claim.reviews.values()].includes(approval)) {
      refuse('review-open', 'this approval is under review already');
    }
    const decision = decisionOf(command, state, about, concernsOf(about.schemes, claim, under));
    const data = { claimId: claim.claimId, approval, decision };
    const texts = [{ kid: claim.kid, fields: { reason: command.body.reason } }];
    return [{ type: 'ReviewOpened', data, texts }];
  },
});

/** Ends a review: the approval stands, or is void. */
export const closeReview = defineCommand({
  name: 'close-review',
  category: 'member',
  body: z.strictObject({ outcome: z.enum(['upheld', 'overturned']), ...decided }),
  context: circumstances,
  digestKid: claimKid,
  decide(command, state, about) {
    const claim = knownClaim(command, state);
    const review = command.path['review'] ?? '';
    const approval = claim.reviews.get(review);
    if (approval === undefined) refuse('review-unknown', `no review ${review} is open`);
    const concerns = concernsOf(about.schemes, claim, linesUnder(claim, approval));
    const decision = decisionOf(command, state, about, concerns);
    const data = { claimId: claim.claimId, approval, review, decision };
    const texts = [{ kid: claim.kid, fields: { reason: command.body.reason } }];
    const type = command.body.outcome === 'upheld' ? 'ReviewUpheld' : 'ReviewOverturned';
    return [{ type, data, texts }];
  },
});

/** Appeals against a rejection, once: the member's own step. A new rejection is a new decision. */
export const lodgeAppeal = defineCommand({
  name: 'lodge-appeal',
  category: 'member',
  body: z.strictObject({ rejection: Uuid, reason: decided.reason }),
  digestKid: claimKid,
  decide(command, state) {
    const claim = knownClaim(command, state);
    const { rejection, reason } = command.body;
    const against = claim.rejections.get(rejection);
    if (against === undefined)
      refuse('line-not-rejected', `no rejection ${rejection} of this claim`);
    for (const lineId of against.lines) permitLine(claim, lineId, 'appeal');
    if ([...claim.appeals.values()].includes(rejection)) {
      refuse('appeal-open', 'an appeal against this rejection is open already');
    }
    if (against.appealDismissed) {
      refuse('appeal-dismissed', 'an appeal against this rejection was dismissed: it stands');
    }
    const data = { claimId: claim.claimId, decision: rejection };
    return [{ type: 'AppealLodged', data, texts: [{ kid: claim.kid, fields: { reason } }] }];
  },
});

/** Decides an appeal, by somebody who did not take the first decision. */
export const decideAppeal = defineCommand({
  name: 'decide-appeal',
  category: 'member',
  body: z.strictObject({ outcome: z.enum(['upheld', 'dismissed']), ...decided }),
  async context(load, command, state) {
    const first = new Set<string>();
    for (const id of rejectionOf(command, state)?.decidedBy ?? []) {
      for (const own of await idsOfHuman(load, id)) first.add(own);
    }
    return { ...(await circumstances(load, command, state)), first };
  },
  digestKid: claimKid,
  decide(command, state, about) {
    const claim = knownClaim(command, state);
    const appeal = command.path['appeal'] ?? '';
    const rejection = rejectionOf(command, state);
    if (rejection === undefined) refuse('appeal-unknown', `no appeal ${appeal} is open`);
    const concerns = concernsOf(about.schemes, claim, rejection.lines);
    const decision = decisionOf(command, state, about, concerns);
    if ([...decision.decidedBy, ...command.own].some((id) => about.first.has(id))) {
      refuse('first-decider', 'who rejected it does not decide the appeal');
    }
    const data = { claimId: claim.claimId, appeal, decision };
    const texts = [{ kid: claim.kid, fields: { reason: command.body.reason } }];
    const type = command.body.outcome === 'upheld' ? 'AppealUpheld' : 'AppealDismissed';
    return [{ type, data, texts }];
  },
});

/** The rejection that the open appeal of the path is against. */
function rejectionOf({ path }: Command<unknown>, { claims }: Member) {
  const claim = claims.get(path['claim'] ?? '');
  return claim?.rejections.get(claim.appeals.get(path['appeal'] ?? '') ?? '');
}

function linesUnder(claim: Claim, approval: string): string[] {
  const lines = [...claim.lines].filter(([, line]) => line.approval === approval);
  return lines.map(([lineId]) => lineId);
}
