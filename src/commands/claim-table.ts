import type { RejectionCode } from './rejection.ts';

/**
 * The life of a claim, whole. A claim's state is derived from its lines; review, hold and appeal stand beside
 * it. `allow` lets `decide` go on to the command's own rules; a code is the named refusal.
 */
export type ClaimState =
  | 'none'
  | 'submitted'
  | 'returned'
  | 'partly-decided'
  | 'decided'
  | 'withdrawn';
export type LineState =
  | 'none'
  | 'submitted'
  | 'returned'
  | 'withdrawn'
  | 'approved'
  | 'rejected'
  | 'revoked'
  | 'ended';
export type ClaimCommand = 'claim' | 'amend' | 'attach' | 'withdraw' | 'assign' | 'return';
export type LineCommand = 'approve' | 'reject' | 'revoke' | 'review' | 'appeal';

type Verdict = 'allow' | RejectionCode;

export const claimTable: Record<ClaimState, Record<ClaimCommand, Verdict>> = {
  none: {
    claim: 'allow',
    amend: 'claim-unknown',
    attach: 'claim-unknown',
    withdraw: 'claim-unknown',
    assign: 'claim-unknown',
    return: 'claim-unknown',
  },
  submitted: {
    claim: 'claim-exists',
    amend: 'allow',
    attach: 'allow',
    withdraw: 'allow',
    assign: 'allow',
    return: 'allow',
  },
  returned: {
    claim: 'claim-exists',
    amend: 'allow',
    attach: 'allow',
    withdraw: 'allow',
    assign: 'allow',
    return: 'claim-returned',
  },
  'partly-decided': {
    claim: 'claim-exists',
    amend: 'claim-decided',
    attach: 'allow',
    withdraw: 'claim-decided',
    assign: 'allow',
    return: 'claim-decided',
  },
  // Evidence may still be asked for, by a review or an appeal.
  decided: {
    claim: 'claim-exists',
    amend: 'claim-decided',
    attach: 'allow',
    withdraw: 'claim-decided',
    assign: 'claim-decided',
    return: 'claim-decided',
  },
  withdrawn: {
    claim: 'claim-exists',
    amend: 'claim-withdrawn',
    attach: 'claim-withdrawn',
    withdraw: 'claim-withdrawn',
    assign: 'claim-withdrawn',
    return: 'claim-withdrawn',
  },
};

export const lineTable: Record<LineState, Record<LineCommand, Verdict>> = {
  none: {
    approve: 'line-unknown',
    reject: 'line-unknown',
    revoke: 'line-unknown',
    review: 'line-unknown',
    appeal: 'line-unknown',
  },
  submitted: {
    approve: 'allow',
    reject: 'allow',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'line-not-rejected',
  },
  returned: {
    approve: 'claim-returned',
    reject: 'claim-returned',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'line-not-rejected',
  },
  withdrawn: {
    approve: 'claim-withdrawn',
    reject: 'claim-withdrawn',
    revoke: 'claim-withdrawn',
    review: 'claim-withdrawn',
    appeal: 'claim-withdrawn',
  },
  approved: {
    approve: 'line-approved',
    reject: 'line-approved',
    revoke: 'allow',
    review: 'allow',
    appeal: 'line-not-rejected',
  },
  rejected: {
    approve: 'line-rejected',
    reject: 'line-rejected',
    revoke: 'line-not-approved',
    review: 'line-not-approved',
    appeal: 'allow',
  },
  // Revoking and approving again gives what approving once gives.
  revoked: {
    approve: 'allow',
    reject: 'allow',
    revoke: 'line-revoked',
    review: 'line-revoked',
    appeal: 'line-not-rejected',
  },
  // Ended from a day keeps its points; that it never was valid may still be found.
  ended: {
    approve: 'line-ended',
    reject: 'line-ended',
    revoke: 'allow',
    review: 'line-ended',
    appeal: 'line-not-rejected',
  },
};
