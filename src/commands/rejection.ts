/** Why a command is refused: the closed union that HTTP maps to a status, in one table. */
export type RejectionCode =
  | 'already-absorbed'
  | 'already-credited'
  | 'already-declared'
  | 'already-employed'
  | 'already-granted'
  | 'already-joined'
  | 'already-open'
  | 'already-shared'
  | 'appeal-dismissed'
  | 'appeal-open'
  | 'appeal-unknown'
  | 'appointment-over'
  | 'appointment-unknown'
  | 'attendance-doubled'
  | 'attendance-missing'
  | 'attendance-recorded'
  | 'claim-decided'
  | 'claim-exists'
  | 'claim-returned'
  | 'claim-unknown'
  | 'claim-withdrawn'
  | 'claimed-too-early'
  | 'correction-applied'
  | 'correction-approved'
  | 'correction-completed'
  | 'correction-exists'
  | 'correction-open'
  | 'correction-unknown'
  | 'credit-over'
  | 'credit-unknown'
  | 'cycle-determined'
  | 'cycle-running'
  | 'cycle-wrong'
  | 'date-wrong'
  | 'deadline-earlier'
  | 'declaration-over'
  | 'declaration-unknown'
  | 'digest-wrong'
  | 'employment-over'
  | 'employment-unknown'
  | 'entry-delisted'
  | 'entry-exists'
  | 'entry-unknown'
  | 'erased'
  | 'fact-unknown'
  | 'first-decider'
  | 'framework-same'
  | 'framework-unknown'
  | 'grade-same'
  | 'grant-over'
  | 'grant-unknown'
  | 'headcount-beyond'
  | 'held'
  | 'hold-unknown'
  | 'key-reused'
  | 'code-unknown'
  | 'kind-unknown'
  | 'rate-unknown'
  | 'level-wrong'
  | 'line-approved'
  | 'line-ended'
  | 'line-not-approved'
  | 'line-not-rejected'
  | 'line-rejected'
  | 'line-revoked'
  | 'line-unknown'
  | 'mapping-incomplete'
  | 'member-exists'
  | 'member-unknown'
  | 'membership-ended'
  | 'membership-running'
  | 'merged'
  | 'need-doubled'
  | 'neighbours-wrong'
  | 'not-appointed'
  | 'not-approved'
  | 'not-retractable'
  | 'organisation-ended'
  | 'organisation-exists'
  | 'organisation-unknown'
  | 'outside-appointment'
  | 'own-claim'
  | 'own-correction'
  | 'own-duplicate'
  | 'own-interest'
  | 'own-skill'
  | 'panel-doubled'
  | 'panel-unknown'
  | 'placed-already'
  | 'placement-over'
  | 'placement-unknown'
  | 'points-beyond'
  | 'profile-retired'
  | 'profile-unknown'
  | 'quorum-short'
  | 'reason-missing'
  | 'release-wrong'
  | 'relief-over'
  | 'relief-unknown'
  | 'review-open'
  | 'review-unknown'
  | 'rulebook-faulty'
  | 'rulebook-unknown'
  | 'scheme-not-joined'
  | 'session-ahead'
  | 'session-cancelled'
  | 'session-exists'
  | 'session-unknown'
  | 'sharing-over'
  | 'sharing-unknown'
  | 'skill-doubled'
  | 'skill-unknown'
  | 'succeeds-itself'
  | 'too-many'
  | 'unit-wrong'
  | 'version-wrong';

/** A refusal: nothing was written. The message says what was wrong and what would be right. */
export class Rejection extends Error {
  override name = 'Rejection';
  readonly code: RejectionCode;
  constructor(code: RejectionCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Refuses a command. */
export function refuse(code: RejectionCode, message: string): never {
  throw new Rejection(code, message);
}

/** The caller's revision is not the stream's: somebody else wrote in between. */
export class PreconditionFailed extends Error {
  override name = 'PreconditionFailed';
}

/** Others kept writing to the stream while this command was decided again and again. */
export class Contended extends Error {
  override name = 'Contended';
}
