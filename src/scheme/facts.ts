import type { CivilDate } from './civil-date.ts';

/** The shapes that the rules of points read of facts. Facts of the ledger have them; the rules know no ledger. */
interface Shape<Type extends string, Data> {
  id: string;
  index: number;
  type: Type;
  data: Data;
  metadata: { recordedAt: string; submittedOn?: { on: CivilDate } | undefined };
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
  attributes: {
    role?: string | undefined;
    level?: string | undefined;
    delivery?: string | undefined;
    workRef?: string | undefined;
    programme?: string | undefined;
  };
  /** Whether the member reflected on it, where that was looked up before: see `reflectedOn`. */
  reflected?: boolean | undefined;
}

/** Sealed texts: only where they stand is looked at. */
interface Box {
  c: Readonly<Record<string, unknown>>;
}

interface Lines {
  lines: readonly ClaimedLine[];
  sealed?: readonly Box[] | undefined;
}

/** Whether a claim has a reflection on one of its lines: told by where its sealed texts stand, none of them opened. */
export function reflectedOn({ lines, sealed = [] }: Lines, place: number): boolean {
  return (
    lines[place]?.reflected ?? sealed.some(({ c }) => Object.hasOwn(c, `lines/${place}/reflection`))
  );
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
  | Shape<'Claimed', OfClaim<Lines>>
  | Shape<'ClaimAmended', OfClaim<Lines>>
  | Shape<'ClaimWithdrawn', OfClaim>
  | Shape<
      'ClaimApproved',
      OfClaim<{ lines: readonly ApprovedLine[]; decision: { decidedOn: CivilDate } }>
    >
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
  | Shape<'EvidenceAttached', OfClaim>
  | Shape<'AppealLodged', OfClaim<{ decision: string }>>
  | Shape<'AppealUpheld', OfClaim<{ appeal: string }>>;

type From = { effectiveOn: CivilDate };
type ReliefDays = {
  reliefId: string;
  class: string;
  from: CivilDate;
  until?: CivilDate | undefined;
  minutesPerWeek?: number | undefined;
};

/** Facts that say what a member was on which days. */
export type TimelineFact =
  | Shape<'Registered', { grade: string; on: CivilDate }>
  | Shape<'GradeChanged', From & { grade: string }>
  | Shape<'Rejoined', From & { grade: string }>
  | Shape<'Resigned', From>
  | Shape<'Lapsed', From>
  | Shape<'Died', From>
  | Shape<'Reinstated', From>
  | Shape<
      'SchemeJoined',
      { scheme: string; on: CivilDate; anchor: CivilDate; track?: string | undefined }
    >
  | Shape<'SchemeLeft', { scheme: string; on: CivilDate }>
  | Shape<
      'RulebookAdopted',
      { scheme: string; rulebook: { version: number; eventId: string }; from: CivilDate }
    >
  | Shape<'ReliefGranted', ReliefDays>
  | Shape<'ReliefChanged', ReliefDays>
  | Shape<'ReliefEnded', { reliefId: string; until: CivilDate }>
  | Shape<'DeadlineExtended', { scheme: string; cycle: string; until: CivilDate }>;

/** Everything that a statement is calculated from. */
export type StatementFact = AwardFact | StandingFact | TimelineFact;

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
const standing: Record<StandingFact['type'], true> = {
  ClaimReturned: true,
  ClaimRejected: true,
  EvidenceAttached: true,
  AppealLodged: true,
  AppealUpheld: true,
};
const timeline: Record<TimelineFact['type'], true> = {
  Registered: true,
  GradeChanged: true,
  Rejoined: true,
  Resigned: true,
  Lapsed: true,
  Died: true,
  Reinstated: true,
  SchemeJoined: true,
  SchemeLeft: true,
  RulebookAdopted: true,
  ReliefGranted: true,
  ReliefChanged: true,
  ReliefEnded: true,
  DeadlineExtended: true,
};

/** Whether a fact is one that decides what is awarded. */
export function isAwardFact<F extends { type: string }>(
  fact: F,
): fact is Extract<F, { type: AwardFact['type'] }> {
  return Object.hasOwn(awarding, fact.type);
}

/** Whether a fact says how a claimed line stands, awards included. */
export function isLineFact<F extends { type: string }>(
  fact: F,
): fact is Extract<F, { type: (AwardFact | StandingFact)['type'] }> {
  return isAwardFact(fact) || Object.hasOwn(standing, fact.type);
}

/** Whether a fact says what a member was on which days. */
export function isTimelineFact<F extends { type: string }>(
  fact: F,
): fact is Extract<F, { type: TimelineFact['type'] }> {
  return Object.hasOwn(timeline, fact.type);
}

/** Whether a fact is one that a statement reads. */
export function isStatementFact<F extends { type: string }>(
  fact: F,
): fact is Extract<F, { type: StatementFact['type'] }> {
  return isLineFact(fact) || isTimelineFact(fact);
}
