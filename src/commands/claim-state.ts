import type { Award, ClaimLine } from '../events/claim.ts';
import type { AnyFact } from '../events/registry.ts';
import { systemActors } from '../events/shapes.ts';
import type { ClaimState, LineState } from './claim-table.ts';

export interface LineOfClaim {
  line: ClaimLine;
  state: LineState;
  /** The `ClaimApproved` fact under which it stands. */
  approval: string | undefined;
  awards: Award[];
}

export interface Claim {
  claimId: string;
  kid: string;
  /** Who entered it, or stated it anew: the member, or who acted for them. */
  enteredBy: Set<string>;
  /** Whether a register caused it, rather than somebody's claiming. */
  byRule: boolean;
  lines: Map<string, LineOfClaim>;
  returned: boolean;
  withdrawn: boolean;
  assignee: string | undefined;
  evidence: Map<string, { kid: string; blob: string | undefined }>;
  /** Open reviews by their fact's id, with the approval that they are about. */
  reviews: Map<string, string>;
  /** Rejections that stand, by their fact's id: one whose appeal was upheld is gone. */
  rejections: Map<string, { decidedBy: string[]; lines: string[]; appealDismissed: boolean }>;
  /** Open appeals by their fact's id, with the rejection that they are against. */
  appeals: Map<string, string>;
}

export type Claims = Map<string, Claim>;

/** A claim's state, derived from its lines. */
export function claimStateOf(claim: Claim | undefined): ClaimState {
  if (claim === undefined) return 'none';
  if (claim.withdrawn) return 'withdrawn';
  if (claim.returned) return 'returned';
  const states = [...claim.lines.values()].map(({ state }) => state);
  if (states.every((state) => state === 'submitted')) return 'submitted';
  return states.includes('submitted') ? 'partly-decided' : 'decided';
}

/** A line's state; withdrawn and returned are those of its claim. */
export function lineStateOf(claim: Claim, lineId: string): LineState {
  const line = claim.lines.get(lineId);
  if (line === undefined) return 'none';
  if (claim.withdrawn) return 'withdrawn';
  if (claim.returned && line.state === 'submitted') return 'returned';
  return line.state;
}

/** Follows the facts about claims. */
export function evolveClaims(claims: Claims, fact: AnyFact): void {
  if (fact.type === 'Claimed') {
    claims.set(fact.data.claimId, begun(fact));
    return;
  }
  if (!('claimId' in fact.data)) return;
  const claim = claims.get(fact.data.claimId);
  if (claim !== undefined) follow(claim, fact);
}

function begun(fact: Extract<AnyFact, { type: 'Claimed' }>): Claim {
  const { claimId, kid, lines } = fact.data;
  return {
    claimId,
    kid,
    enteredBy: new Set([whoEntered(fact)]),
    byRule: fact.metadata.actor.id === systemActors.rule,
    lines: submitted(lines),
    returned: false,
    withdrawn: false,
    assignee: undefined,
    evidence: new Map(),
    reviews: new Map(),
    rejections: new Map(),
    appeals: new Map(),
  };
}

function whoEntered({ metadata: { actor } }: AnyFact): string {
  const system = Object.values(systemActors).some((id) => id === actor.id);
  return system ? (actor.onBehalfOf ?? actor.id) : actor.id;
}

function submitted(lines: readonly ClaimLine[]): Map<string, LineOfClaim> {
  return new Map(
    lines.map((line) => [
      line.lineId,
      { line, state: 'submitted', approval: undefined, awards: [] } satisfies LineOfClaim,
    ]),
  );
}

function follow(claim: Claim, fact: AnyFact): void {
  if (fact.type === 'ClaimAmended') {
    claim.lines = submitted(fact.data.lines);
    claim.enteredBy.add(whoEntered(fact));
    claim.returned = false;
  } else if (fact.type === 'EvidenceAttached') {
    const { evidenceId, kid, file } = fact.data;
    claim.evidence.set(evidenceId, { kid, blob: file?.blob });
  } else if (fact.type === 'ClaimWithdrawn') claim.withdrawn = true;
  else if (fact.type === 'ClaimAssigned') claim.assignee = fact.data.assessor;
  else if (fact.type === 'ClaimReturned') claim.returned = true;
  else followDecision(claim, fact);
}

function followDecision(claim: Claim, fact: AnyFact): void {
  if (fact.type === 'ClaimApproved') {
    for (const { lineId, awards } of fact.data.lines) {
      const line = claim.lines.get(lineId);
      if (line !== undefined) Object.assign(line, { state: 'approved', approval: fact.id, awards });
    }
  } else if (fact.type === 'ClaimRejected') {
    const { lines, decision } = fact.data;
    setLines(claim, lines, 'rejected');
    const { decidedBy } = decision;
    claim.rejections.set(fact.id, { decidedBy, lines, appealDismissed: false });
  } else if (fact.type === 'ApprovalRevoked') {
    setLines(claim, fact.data.lines, fact.data.effect.kind === 'void' ? 'revoked' : 'ended');
  } else followReview(claim, fact);
}

function followReview(claim: Claim, fact: AnyFact): void {
  if (fact.type === 'ReviewOpened') claim.reviews.set(fact.id, fact.data.approval);
  else if (fact.type === 'ReviewUpheld') claim.reviews.delete(fact.data.review);
  else if (fact.type === 'ReviewOverturned') {
    claim.reviews.delete(fact.data.review);
    for (const line of claim.lines.values()) {
      // A line of it that was revoked and rejected since is no longer under it.
      const under = line.state === 'approved' || line.state === 'ended';
      if (line.approval === fact.data.approval && under) line.state = 'revoked';
    }
  } else if (fact.type === 'AppealLodged') claim.appeals.set(fact.id, fact.data.decision);
  else if (fact.type === 'AppealUpheld' || fact.type === 'AppealDismissed') {
    const against = claim.appeals.get(fact.data.appeal) ?? '';
    claim.appeals.delete(fact.data.appeal);
    if (fact.type === 'AppealUpheld') {
      setLines(claim, claim.rejections.get(against)?.lines ?? [], 'submitted');
      claim.rejections.delete(against);
    } else {
      const rejection = claim.rejections.get(against);
      if (rejection !== undefined) rejection.appealDismissed = true;
    }
  }
}

function setLines(claim: Claim, lineIds: readonly string[], state: LineState): void {
  for (const lineId of lineIds) {
    const line = claim.lines.get(lineId);
    if (line !== undefined) line.state = state;
  }
}
