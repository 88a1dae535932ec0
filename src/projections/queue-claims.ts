import type { ViewFact } from './projection.ts';

/** How a claim stands in the assessors' queue. */
export interface QueueClaim {
  submittedOn: string;
  assignee: string | undefined;
  /** Lines by id. */
  lines: Map<string, { kind: string; waits: boolean }>;
  /** Lines of each rejection by its fact, and the rejection of each appeal by its fact. */
  rejections: Map<string, readonly string[]>;
  appeals: Map<string, string>;
}

export type QueueFact = Extract<
  ViewFact,
  {
    type:
      | 'Claimed'
      | 'ClaimAmended'
      | 'ClaimWithdrawn'
      | 'ClaimAssigned'
      | 'ClaimReturned'
      | 'ClaimRejected'
      | 'ClaimApproved'
      | 'AppealLodged'
      | 'AppealUpheld';
  }
>;

const types: Record<QueueFact['type'], true> = {
  Claimed: true,
  ClaimAmended: true,
  ClaimWithdrawn: true,
  ClaimAssigned: true,
  ClaimReturned: true,
  ClaimRejected: true,
  ClaimApproved: true,
  AppealLodged: true,
  AppealUpheld: true,
};

export const queueTypes = Object.keys(types) as QueueFact['type'][];

export function isQueueFact(fact: ViewFact): fact is QueueFact {
  return Object.hasOwn(types, fact.type);
}

/**
 * Follows one fact about a claim, in place; a `Claimed` gives another claim. A revoked line waits for nobody:
 * it was decided, and may be approved again.
 */
export function followQueue(
  claim: QueueClaim | undefined,
  fact: QueueFact,
  day: () => string,
): QueueClaim | undefined {
  if (fact.type === 'Claimed' || fact.type === 'ClaimAmended') {
    const lines = new Map(
      fact.data.lines.map(({ lineId, kind }) => [lineId, { kind, waits: true }]),
    );
    const before = fact.type === 'Claimed' ? undefined : claim;
    return {
      submittedOn: day(),
      assignee: before?.assignee,
      lines,
      rejections: before?.rejections ?? new Map(),
      appeals: before?.appeals ?? new Map(),
    };
  }
  if (claim !== undefined) followLater(claim, fact);
  return claim;
}

type Later = Exclude<QueueFact, { type: 'Claimed' | 'ClaimAmended' }>;

function followLater(claim: QueueClaim, fact: Later): void {
  switch (fact.type) {
    case 'ClaimWithdrawn':
    case 'ClaimReturned':
      wait(claim, [...claim.lines.keys()], false);
      return;
    case 'ClaimAssigned':
      claim.assignee = fact.data.assessor;
      return;
    case 'ClaimApproved':
      wait(
        claim,
        fact.data.lines.map(({ lineId }) => lineId),
        false,
      );
      return;
    case 'ClaimRejected':
      claim.rejections.set(fact.id, fact.data.lines);
      wait(claim, fact.data.lines, false);
      return;
    case 'AppealLodged':
      claim.appeals.set(fact.id, fact.data.decision);
      return;
    case 'AppealUpheld':
      wait(claim, claim.rejections.get(claim.appeals.get(fact.data.appeal) ?? '') ?? [], true);
  }
}

function wait(claim: QueueClaim, lineIds: readonly string[], waits: boolean): void {
  for (const lineId of lineIds) {
    const line = claim.lines.get(lineId);
    if (line !== undefined) line.waits = waits;
  }
}
