import type { AnyFact } from '../events/registry.ts';

type MemberFact = Exclude<
  AnyFact['type'],
  | `Authority${string}`
  | `Correction${string}`
  | `Entry${string}`
  | `Session${string}`
  | `Attendance${string}`
  | `Framework${string}`
  | `Organisation${string}`
  | `Capability${string}`
  | `Profile${string}`
  | `Table${string}`
  | 'DisclosureProfilePublished'
  | 'NeighboursPublished'
  | 'AppointmentEnded'
  | 'AssessorAppointed'
  | 'InterestDeclared'
  | 'KeysLost'
  | 'LedgerOpened'
  | 'PanelConstituted'
  | 'RulebookPublished'
>;

/**
 * Every fact of a member: `retract` where it has no reverser of its own, else what undoes it. A fact that is
 * not named here does not compile.
 */
export const retractable: Record<MemberFact, 'retract' | `by ${string}`> = {
  Registered: 'by erasing the person, or ending the membership',
  RegistrationAbandoned: 'by nothing: the stream was never begun',
  DetailsChanged: 'by changing the details again',
  NumberCorrected: 'by correcting the number again',
  GradeChanged: 'retract',
  Resigned: 'retract',
  Lapsed: 'retract',
  Died: 'retract',
  Reinstated: 'retract',
  Rejoined: 'retract',
  SchemeJoined: 'retract',
  SchemeLeft: 'retract',
  RulebookAdopted: 'retract',
  EmploymentStarted: 'retract',
  EmploymentChanged: 'retract',
  EmploymentEnded: 'retract',
  PlacementStarted: 'retract',
  PlacementEnded: 'retract',
  ReliefGranted: 'retract',
  ReliefChanged: 'retract',
  ReliefEnded: 'retract',
  DeadlineExtended: 'retract',
  CycleDetermined: 'retract',
  Claimed: 'by withdrawing it, or revoking its approval',
  ClaimAmended: 'by amending it again',
  ClaimWithdrawn: 'retract',
  ClaimAssigned: 'by assigning it to another',
  ClaimReturned: 'by amending it',
  ClaimRejected: 'by upholding an appeal',
  ClaimApproved: 'by revoking the approval',
  EvidenceAttached: 'retract',
  ApprovalRevoked: 'by approving again',
  ReviewOpened: 'by upholding the approval',
  ReviewUpheld: 'by opening another review',
  ReviewOverturned: 'by approving again',
  AppealLodged: 'by dismissing it',
  AppealUpheld: 'by rejecting again',
  AppealDismissed: 'retract',
  SkillCredited: 'retract',
  SkillReassessed: 'retract',
  SkillEnded: 'retract',
  PointsAdjusted: 'by an adjustment the other way',
  PointsBroughtIn: 'retract',
  SharingGranted: 'by withdrawing it',
  SharingWithdrawn: 'by sharing again',
  Absorbed: 'retract',
  MergedInto: 'retract',
  FactRetracted: 'by recording the fact anew',
  Erased: 'by nothing: keys are gone',
  HoldPlaced: 'by lifting it',
  HoldLifted: 'by placing another',
};

/** What stands in the way of retracting a fact of this type; undefined: nothing. */
export function reverserOf(type: AnyFact['type']): string | undefined {
  const how = (retractable as Partial<Record<AnyFact['type'], string>>)[type];
  return how === 'retract' ? undefined : (how ?? 'by nothing: it is no fact of a member');
}
