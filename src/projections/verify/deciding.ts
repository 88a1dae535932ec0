import type { AnyFact } from '../../events/registry.ts';
import type { Decision } from '../../events/shapes.ts';
import type { Appointments, Awarding } from './appointments.ts';
import type { ClaimSlice, MemberSlice } from './claim-slice.ts';
import type { Kin } from './kin.ts';

/**
 * What is wrong with who took a decision about a claim (design, 5, invariant 6), as the facts before it say:
 * an absorption that was told only later could not be looked at. Undefined: nothing.
 *
 * @param person in whose stream it stands: the claimant
 */
export function wrongDecision(
  fact: AnyFact,
  person: string,
  slice: MemberSlice,
  kin: Kin,
): string | undefined {
  if (!decides(fact)) return undefined;
  const { claimId, decision } = fact.data;
  const claim = slice.claims.get(claimId);
  return wrongOwn(decision, person, claim, kin) ?? wrongFirst(fact, decision, claim, kin);
}

/** What is wrong with the authority on which a decision was taken, as appointments were known before it. */
export function wrongAuthority(fact: AnyFact, appointments: Appointments): string | undefined {
  if (!decides(fact)) return undefined;
  return appointments.wrongWith(fact, fact.data.decision, awardsOf(fact));
}

type Deciding = Extract<AnyFact, { data: { decision: Decision } }>;

function decides(fact: AnyFact): fact is Deciding {
  return 'decision' in fact.data && fact.type !== 'AppealLodged';
}

/** Who brought in a decision taken elsewhere did not enter the claim there. */
function wrongOwn(
  { decidedBy, capacity }: Decision,
  person: string,
  claim: ClaimSlice | undefined,
  kin: Kin,
): string | undefined {
  for (const decider of decidedBy) {
    if (kin.same(decider, person)) return `${decider} decided on their own claim`;
    const entered = capacity === 'import' ? [] : (claim?.enteredBy ?? []);
    if (entered.some((id) => kin.same(decider, id))) {
      return `${decider} decided on a claim that they entered`;
    }
  }
  return undefined;
}

function wrongFirst(
  fact: AnyFact,
  { decidedBy }: Decision,
  claim: ClaimSlice | undefined,
  kin: Kin,
): string | undefined {
  if (fact.type !== 'AppealUpheld' && fact.type !== 'AppealDismissed') return undefined;
  const rejection = claim?.rejections?.get(claim.appeals?.get(fact.data.appeal) ?? '');
  const again = decidedBy.find((id) => rejection?.decidedBy.some((other) => kin.same(id, other)));
  return again && `${again} rejected it and decided the appeal, too`;
}

function awardsOf(fact: AnyFact): Awarding[] {
  if (fact.type !== 'ClaimApproved') return [];
  return fact.data.lines.flatMap(({ lineId, awards }) =>
    awards.map(({ scheme, category, points }) => ({ lineId, scheme, category, points })),
  );
}
