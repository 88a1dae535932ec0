import type { CivilDate } from './civil-date.ts';

/** The shapes that the rules of points read of facts. Facts of the ledger have them; the rules know no ledger. */
interface Shape<Type extends string, Data> {
  id: string;
  index: number;
  type: Type;
  data: Data;
}

export interface Amount {
  /** Minutes, or hundredths of another unit. */
  amount: number;
  unit: string;
}

export interface ClaimedLine {
  lineId: string;
  kind: string;
  quantity: Amount;
  from: CivilDate;
  until: CivilDate;
  topics: readonly string[];
}

export interface Awarding {
  scheme: string;
  rulebook: { version: number; eventId: string };
  category: string;
  points: number;
}

interface ApprovedLine {
  lineId: string;
  accepted: Amount;
  awards: readonly Awarding[];
}

interface Revoking {
  claimId: string;
  approval: string;
  lines: readonly string[];
  effect: { kind: 'void' } | { kind: 'ended'; from: CivilDate };
}

interface Moved {
  scheme: string;
  cycle: string;
  category: string;
  /** Hundredths, with a sign. */
  points: number;
}

type OfClaim<More = unknown> = { claimId: string } & More;
type OfReview = OfClaim<{ approval: string; review: string }>;

/** Facts of a member that decide what is awarded. */
export type AwardFact =
  | Shape<'Claimed', OfClaim<{ lines: readonly ClaimedLine[] }>>
  | Shape<'ClaimAmended', OfClaim<{ lines: readonly ClaimedLine[] }>>
  | Shape<'ClaimWithdrawn', OfClaim>
  | Shape<'ClaimApproved', OfClaim<{ lines: readonly ApprovedLine[] }>>
  | Shape<'ApprovalRevoked', Revoking>
  | Shape<'ReviewOpened', OfClaim<{ approval: string }>>
  | Shape<'ReviewUpheld', OfReview>
  | Shape<'ReviewOverturned', OfReview>
  | Shape<'PointsAdjusted', Moved>
  | Shape<'PointsBroughtIn', Moved & { lapsesOn?: CivilDate | undefined }>;

/** Facts that say how a claimed line stands, besides those that award. */
export type StandingFact =
  | Shape<'ClaimReturned', OfClaim>
  | Shape<'ClaimRejected', OfClaim<{ lines: readonly string[] }>>
  | Shape<'AppealLodged', OfClaim<{ decision: string }>>
  | Shape<'AppealUpheld', OfClaim<{ appeal: string }>>;

/** Facts that say in which grade a member is. */
export type GradeFact =
  | Shape<'Registered', { grade: string; on: CivilDate }>
  | Shape<'GradeChanged', { grade: string; effectiveOn: CivilDate }>
  | Shape<'Rejoined', { grade: string; effectiveOn: CivilDate }>;

/** Everything that a statement is calculated from. */
export type StatementFact = AwardFact | StandingFact | GradeFact;

const awarding: Record<AwardFact['type'], true> = {
  Claimed: true,
  ClaimAmended: true,
  ClaimWithdrawn: true,
  ClaimApproved: true,
  ApprovalRevoked: true,
  ReviewOpened: true,
  ReviewUpheld: true,
  ReviewOverturned: true,
  PointsAdjusted: true,
  PointsBroughtIn: true,
};
const others: Record<(StandingFact | GradeFact)['type'], true> = {
  ClaimReturned: true,
  ClaimRejected: true,
  AppealLodged: true,
  AppealUpheld: true,
  Registered: true,
  GradeChanged: true,
  Rejoined: true,
};

/** Whether a fact is one that decides what is awarded. */
export function isAwardFact<F extends { type: string }>(
  fact: F,
): fact is Extract<F, { type: AwardFact['type'] }> {
  return Object.hasOwn(awarding, fact.type);
}

/** Whether a fact is one that a statement reads. */
export function isStatementFact<F extends { type: string }>(
  fact: F,
): fact is Extract<F, { type: StatementFact['type'] }> {
  return isAwardFact(fact) || Object.hasOwn(others, fact.type);
}
