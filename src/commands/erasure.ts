import { z } from 'zod';
import { ReasonCode } from '../events/codes.ts';
import { KIDS_PER_FACT } from '../events/erasure.ts';
import { newIdOf } from '../events/ids.ts';
import { text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { defineCommand, type Load } from './define.ts';
import type { Member } from './member.ts';
import { identityKid } from './membership.ts';
import { refuse } from './rejection.ts';

/** What to erase: one evidence or one relief's reason, one claim with its evidence, or the whole person. */
export const Erasing = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('text'), of: Uuid }),
  z.strictObject({ scope: z.literal('claim'), claim: Uuid }),
  z.strictObject({ scope: z.literal('person') }),
]);
export type Erasing = z.infer<typeof Erasing>;

/** States which keys are to be destroyed; the caller destroys them after the fact, never before. */
export const eraseKeys = defineCommand({
  name: 'erase',
  category: 'member',
  body: Erasing,
  digestKid: identityKid,
  afterMerger: true,
  context: async (load, { body }, state) => ({
    absorbed: body.scope === 'person' ? await absorbedStates(load, state) : [],
    survivors: await survivorsOf(load, state),
  }),
  decide({ body }, state, { absorbed, survivors }) {
    if (state.membership.kid === '') refuse('member-unknown', 'this person is not registered');
    const held = [...state.erasure.holds.values()].some((claim) => reaches(body, state, claim));
    // The person is erased with every id that was theirs, or not at all.
    const others = absorbed.some(({ erasure }) => !erasure.person && erasure.holds.size > 0);
    if (held || others || isHeldAsWhole(survivors)) {
      refuse('held', 'a hold keeps this from being erased; lift it first');
    }
    const kids = kidsOf(body, state).filter((kid) => !state.erasure.kids.has(kid));
    if (kids.length === 0) refuse('erased', 'this was erased already');
    const parts = Math.ceil(kids.length / KIDS_PER_FACT);
    return Array.from({ length: parts }, (_, index) => ({
      type: 'Erased' as const,
      data: {
        scope: body.scope,
        kids: kids.slice(index * KIDS_PER_FACT, (index + 1) * KIDS_PER_FACT),
        part: index + 1,
        parts,
      },
    }));
  },
});

/** Keeps a member, or one claim of theirs, from disposal and erasure. */
export const placeHold = defineCommand({
  name: 'place-hold',
  category: 'member',
  body: z.strictObject({
    claim: Uuid.optional(),
    reasons: z.array(ReasonCode).max(20).optional(),
    reason: text(limits.longText).optional(),
  }),
  digestKid: identityKid,
  afterMerger: true,
  decide({ id, body }, state) {
    if (state.membership.kid === '') refuse('member-unknown', 'this person is not registered');
    const { claim, reasons = [], reason } = body;
    if (claim !== undefined && !state.claims.has(claim)) {
      refuse('claim-unknown', 'this member has no such claim');
    }
    const data = {
      holdId: newIdOf(id, 'hold'),
      reasons,
      ...(claim === undefined ? {} : { claim }),
    };
    if (reason === undefined) return [{ type: 'HoldPlaced', data }];
    // About a claim it is the claim's text, and goes with it.
    const kid = state.claims.get(claim ?? '')?.kid ?? state.membership.kid;
    return [{ type: 'HoldPlaced', data, texts: [{ kid, fields: { reason } }] }];
  },
});

/** Lifts a hold. */
export const liftHold = defineCommand({
  name: 'lift-hold',
  category: 'member',
  body: z.strictObject({}),
  digestKid: identityKid,
  decide({ path }, state) {
    const holdId = path['hold'] ?? '';
    if (!state.erasure.holds.has(holdId)) refuse('hold-unknown', `no hold ${holdId} is in force`);
    return [{ type: 'HoldLifted', data: { holdId } }];
  },
});

/** Every key of a member's stream: identity, claims, evidence, reliefs. */
function allKids(state: Member): string[] {
  const claims = [...state.claims.keys()].flatMap((claim) => claimKids(state, claim));
  const reliefs = [...state.reliefs.granted.values()].map(({ kid }) => kid);
  const retracted = state.erasure.retracted.keys();
  return [...new Set([state.membership.kid, ...claims, ...reliefs, ...retracted])];
}

/** The keys of the texts of a member's claims. */
export function claimKidsOf(state: Member): Set<string> {
  return new Set([...state.claims.values()].map(({ kid }) => kid));
}

function kidsOf(body: Erasing, state: Member): string[] {
  if (body.scope === 'person') return allKids(state);
  if (body.scope === 'claim') {
    if (!state.claims.has(body.claim)) refuse('claim-unknown', 'this member has no such claim');
    return claimKids(state, body.claim);
  }
  const relief = state.reliefs.granted.get(body.of);
  if (relief !== undefined) return [relief.kid];
  for (const claim of state.claims.values()) {
    const evidence = claim.evidence.get(body.of);
    if (evidence !== undefined) return [evidence.kid];
  }
  for (const [kid, { of }] of state.erasure.retracted) if (of === body.of) return [kid];
  return refuse('fact-unknown', `no evidence and no relief of this member is ${body.of}`);
}

function claimKids(state: Member, claimId: string): string[] {
  const claim = state.claims.get(claimId);
  if (claim === undefined) return [];
  const retracted = [...state.erasure.retracted].filter(([, of]) => of.claimId === claimId);
  return [
    claim.kid,
    ...[...claim.evidence.values()].map(({ kid }) => kid),
    ...retracted.map(([kid]) => kid),
  ];
}

/** Whether a hold, on one claim or (undefined) on all, keeps this from being erased. */
function reaches(body: Erasing, state: Member, held: string | undefined): boolean {
  if (held === undefined || body.scope === 'person') return true;
  if (body.scope === 'claim') return body.claim === held;
  const retracted = [...state.erasure.retracted.values()].find(({ of }) => of === body.of);
  return retracted?.claimId === held || (state.claims.get(held)?.evidence.has(body.of) ?? false);
}

/** The states of those under whom this person goes on, at any remove. */
export async function survivorsOf(load: Load, state: Member): Promise<Member[]> {
  const found = new Map<string, Member>();
  for (let id = state.erasure.mergedInto; id !== undefined && !found.has(id); ) {
    const survivor = await load('member', id);
    found.set(id, survivor);
    id = survivor.erasure.mergedInto;
  }
  return [...found.values()];
}

/** Whether a hold is on all of one of these: what they absorbed is theirs. */
export function isHeldAsWhole(members: readonly Member[]): boolean {
  return members.some(({ erasure }) => [...erasure.holds.values()].includes(undefined));
}

/** The states of all that this id absorbed, at any remove. */
async function absorbedStates(load: Load, state: Member): Promise<Member[]> {
  const found = new Map<string, Member>();
  const known = [...state.erasure.absorbed];
  for (let id = known.pop(); id !== undefined; id = known.pop()) {
    if (found.has(id)) continue;
    const absorbed = await load('member', id);
    found.set(id, absorbed);
    known.push(...absorbed.erasure.absorbed);
  }
  return [...found.values()];
}
