import { z } from 'zod';
import { type ClaimLine, SkillAtLevel } from '../events/claim.ts';
import { ReasonCode } from '../events/codes.ts';
import { Quantity, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { awardsFor, doneBefore } from './award.ts';
import { claimFor, claimKid } from './claim.ts';
import { creditable, creditedBy } from './credited-skills.ts';
import {
  circumstances,
  concernsOf,
  decisionOf,
  knownClaim,
  PanelDecision,
  permitLine,
} from './deciding.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';

const panel = z.strictObject(PanelDecision).optional();
const reasons = z.array(ReasonCode).max(20).optional();
const reason = text(limits.longText);
const lineIds = z.array(Uuid).min(1).max(limits.claimLines);

/** Approves lines of a claim: what is accepted awards points by the rulebook of the day it was done. */
export const approveClaim = defineCommand({
  name: 'approve-claim',
  category: 'member',
  body: z.strictObject({
    lines: z
      .array(
        z.strictObject({
          lineId: Uuid,
          /** What is accepted; absent: what was claimed. */
          accepted: Quantity.optional(),
          /** Needed where it differs from what was claimed. */
          reason: reason.optional(),
          /** What it credits; absent: the skills of the catalogue entry of its session. */
          skills: z.array(SkillAtLevel).max(20).optional(),
        }),
      )
      .min(1)
      .max(limits.claimLines),
    reasons,
    panel,
  }),
  async context(load, command, state) {
    const claim = state.claims.get(command.path['claim'] ?? '');
    const { lines } = command.body;
    const about = await circumstances(load, command, state);
    return { ...about, ...(await creditable(load, claim, lines)) };
  },
  digestKid: claimKid,
  decide(command, state, about) {
    const claim = knownClaim(command, state);
    once(command.body.lines.map(({ lineId }) => lineId));
    const fields: Record<string, string> = {};
    const before: ClaimLine[] = [];
    const lines = command.body.lines.map((decided, index) => {
      permitLine(claim, decided.lineId, 'approve');
      const claimed = claim.lines.get(decided.lineId)?.line;
      if (claimed === undefined) refuse('line-unknown', `no line ${decided.lineId}`);
      const accepted = decided.accepted ?? claimed.quantity;
      const differs =
        accepted.amount !== claimed.quantity.amount || accepted.unit !== claimed.quantity.unit;
      if (differs && decided.reason === undefined) {
        refuse(
          'reason-missing',
          `line ${decided.lineId}: say why it differs from what was claimed`,
        );
      }
      if (decided.reason !== undefined) fields[`lines/${index}/reason`] = decided.reason;
      const again = doneBefore(state.claims, claimed, before);
      before.push(claimed);
      const awards = awardsFor(about.schemes, { ...claimed, quantity: accepted }, again);
      const skills = creditedBy(decided, claimed.session, about);
      return { lineId: decided.lineId, accepted, awards, skills };
    });
    const concerns = lines.flatMap(({ lineId, awards }) =>
      awards.map(({ scheme, category, points }) => ({ lineId, scheme, category, points })),
    );
    const decision = decisionOf(command, state, about, concerns);
    const data = { claimId: claim.claimId, decision, lines };
    return [{ type: 'ClaimApproved', data, texts: [{ kid: claim.kid, fields }] }];
  },
});

/** Rejects lines of a claim, with a reason; the member may appeal. */
export const rejectClaim = defineCommand({
  name: 'reject-claim',
  category: 'member',
  body: z.strictObject({ lines: lineIds, reason, reasons, panel }),
  context: circumstances,
  digestKid: claimKid,
  decide(command, state, about) {
    const claim = knownClaim(command, state);
    const { lines } = command.body;
    once(lines);
    for (const lineId of lines) permitLine(claim, lineId, 'reject');
    const decision = decisionOf(command, state, about, concernsOf(about.schemes, claim, lines));
    const texts = [{ kid: claim.kid, fields: { reason: command.body.reason } }];
    return [{ type: 'ClaimRejected', data: { claimId: claim.claimId, lines, decision }, texts }];
  },
});

/** Gives a claim back to the member with a question. */
export const returnClaim = defineCommand({
  name: 'return-claim',
  category: 'member',
  body: z.strictObject({ reason, reasons, panel }),
  context: circumstances,
  digestKid: claimKid,
  decide(command, state, about) {
    const claim = claimFor(command, state, 'return');
    const concerns = concernsOf(about.schemes, claim, [...claim.lines.keys()]);
    const decision = decisionOf(command, state, about, concerns);
    const texts = [{ kid: claim.kid, fields: { reason: command.body.reason } }];
    return [{ type: 'ClaimReturned', data: { claimId: claim.claimId, decision }, texts }];
  },
});

/** Revokes an approval: never valid (void), or ended from a day on. */
export const revokeApproval = defineCommand({
  name: 'revoke-approval',
  category: 'member',
  body: z.strictObject({
    approval: Uuid,
    /** Absent: every line that stands under this approval. */
    lines: lineIds.optional(),
    effect: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('void') }),
      z.strictObject({ kind: z.literal('ended'), from: z.iso.date() }),
    ]),
    reason,
    reasons,
    panel,
  }),
  context: circumstances,
  digestKid: claimKid,
  decide(command, state, about) {
    const claim = knownClaim(command, state);
    const { approval, effect, reason: why } = command.body;
    const under = [...claim.lines.values()].filter((line) => line.approval === approval);
    const lines = command.body.lines ?? under.map(({ line }) => line.lineId);
    if (under.length === 0)
      refuse('line-not-approved', `no line stands under approval ${approval}`);
    once(lines);
    for (const lineId of lines) {
      permitLine(claim, lineId, 'revoke');
      const line = claim.lines.get(lineId);
      if (line?.approval !== approval) {
        refuse('line-not-approved', `line ${lineId} does not stand under approval ${approval}`);
      }
      if (line.state === 'ended' && effect.kind === 'ended') {
        refuse('line-ended', `line ${lineId} is ended already`);
      }
    }
    const decision = decisionOf(command, state, about, concernsOf(about.schemes, claim, lines));
    const data = { claimId: claim.claimId, approval, lines, effect, decision };
    return [
      { type: 'ApprovalRevoked', data, texts: [{ kid: claim.kid, fields: { reason: why } }] },
    ];
  },
});

function once(lineIds: readonly string[]): void {
  if (new Set(lineIds).size !== lineIds.length) refuse('line-unknown', 'each line is named once');
}
