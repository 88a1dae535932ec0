/** Why a command is refused: the closed union that HTTP maps to a status, in one table. */
export type RejectionCode =
  | 'already-granted'
  | 'already-joined'
  | 'already-open'
  | 'appeal-open'
  | 'appeal-unknown'
  | 'appointment-over'
  | 'appointment-unknown'
  | 'claim-decided'
  | 'claim-exists'
  | 'claim-returned'
  | 'claim-unknown'
  | 'claim-withdrawn'
  | 'claimed-too-early'
  | 'date-wrong'
  | 'erased'
  | 'first-decider'
  | 'grant-over'
  | 'grant-unknown'
  | 'grade-same'
  | 'key-reused'
  | 'kind-unknown'
  | 'line-approved'
  | 'line-ended'
  | 'line-not-approved'
  | 'line-not-rejected'
  | 'line-rejected'
  | 'line-revoked'
  | 'line-unknown'
  | 'member-exists'
  | 'member-unknown'
  | 'membership-ended'
  | 'membership-running'
  | 'not-appointed'
  | 'outside-appointment'
  | 'own-claim'
  | 'panel-doubled'
  | 'panel-unknown'
  | 'quorum-short'
  | 'reason-missing'
  | 'review-open'
  | 'review-unknown'
  | 'rulebook-unknown'
  | 'scheme-not-joined'
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
