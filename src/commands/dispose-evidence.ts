import { z } from 'zod';
import { Uuid } from '../events/shapes.ts';
import type { Claim } from './claim-state.ts';
import { lineStateOf } from './claim-state.ts';
import { defineCommand } from './define.ts';
import { isHeldAsWhole, survivorsOf } from './erasure.ts';
import type { Member } from './member.ts';
import { identityKid } from './membership.ts';
import { refuse } from './rejection.ts';

/**
 * States that one evidence is disposed of: its key is erased. That it need not be kept any more was worked out by the
 * caller, who knows the rulebooks (docs/adr/0015); what keeps it back all the same is looked at here.
 */
export const disposeEvidence = defineCommand({
  name: 'dispose-evidence',
  category: 'member',
  body: z.strictObject({ evidence: Uuid }),
  digestKid: identityKid,
  afterMerger: true,
  context: (load, _command, state) => survivorsOf(load, state),
  decide({ body }, state, survivors) {
    const { kid, claimId } = evidenceOf(state, body.evidence);
    if (state.erasure.kids.has(kid)) refuse('erased', 'this evidence was erased already');
    const claim = state.claims.get(claimId);
    const held = [...state.erasure.holds.values()].some((on) => on === undefined || on === claimId);
    if (held || isHeldAsWhole(survivors))
      refuse('held', 'a hold keeps this from being disposed of; lift it first');
    if (claim !== undefined && isOpen(claim)) {
      refuse('held', 'a decision, a review or an appeal about its claim is open');
    }
    return [{ type: 'Erased', data: { scope: 'text', kids: [kid], part: 1, parts: 1 } }];
  },
});

/** Attached, or attached by a fact that never was: it is there all the same. */
function evidenceOf({ claims, erasure }: Member, id: string): { kid: string; claimId: string } {
  for (const { claimId, evidence } of claims.values()) {
    const attached = evidence.get(id);
    if (attached !== undefined) return { kid: attached.kid, claimId };
  }
  for (const [kid, { of, claimId }] of erasure.retracted) {
    if (of === id && claimId !== undefined) return { kid, claimId };
  }
  return refuse('fact-unknown', `no evidence of this member is ${id}`);
}

function isOpen(claim: Claim): boolean {
  const waits = [...claim.lines.keys()].some((line) => {
    const state = lineStateOf(claim, line);
    return state === 'submitted' || state === 'returned';
  });
  return waits || claim.reviews.size > 0 || claim.appeals.size > 0;
}
