/** A claim's line in the model: what it would award, and what it does. */
export interface ModelLine {
  id: string;
  /** Hundredths that an approval of it awards. */
  points: number;
  state: 'submitted' | 'approved' | 'rejected' | 'revoked' | 'ended';
  /** The approval that it was last approved by. */
  approval: string | undefined;
}

export interface ModelClaim {
  id: string;
  lines: ModelLine[];
  returned: boolean;
  /** The fact that took it back. */
  withdrawn: string | undefined;
  erased: boolean;
  reviews: Map<string, string>;
  /** `overruled`: an appeal against it was upheld; `final`: one was dismissed. */
  rejections: Map<string, { lines: string[]; overruled: boolean; final: boolean }>;
  appeals: Map<string, string>;
}

/** One member as the model has them: no ledger, no facts, only what is the case. */
export interface Model {
  claims: ModelClaim[];
  adjusted: number;
  erased: boolean;
}

/** What a command is expected to come to: done, or refused with this code. */
export type Expected = 'done' | string;

/** What the member was awarded in all, in hundredths. */
export function awardedIn({ claims, adjusted }: Model): number {
  const counting = claims.flatMap(({ lines }) =>
    lines.filter(({ state }) => state === 'approved' || state === 'ended'),
  );
  return counting.reduce((sum, { points }) => sum + points, adjusted);
}

/** How a line is shown: what befalls the whole claim comes first. */
export function shownState(claim: ModelClaim, { state }: ModelLine): string {
  if (claim.withdrawn !== undefined) return 'withdrawn';
  return claim.returned && state === 'submitted' ? 'returned' : state;
}

/** Whether a claim may be amended or taken back; a returned one not returned again. */
export function whole(claim: ModelClaim, command: 'amend' | 'withdraw' | 'return'): Expected {
  if (claim.withdrawn !== undefined) return 'claim-withdrawn';
  if (claim.returned && command === 'return') return 'claim-returned';
  if (claim.lines.some(({ state }) => state !== 'submitted')) return 'claim-decided';
  return ofKey(claim);
}

/** Whether these lines may be approved or rejected. */
export function deciding(claim: ModelClaim, lines: readonly ModelLine[]): Expected {
  for (const { state } of lines) {
    if (claim.withdrawn !== undefined) return 'claim-withdrawn';
    if (claim.returned) return 'claim-returned';
    if (state !== 'submitted' && state !== 'revoked') return `line-${state}`;
  }
  return ofKey(claim);
}

/** Whether an approval of this line may be revoked. */
export function revoking(claim: ModelClaim, line: ModelLine, effect: 'void' | 'ended'): Expected {
  if (line.state === 'revoked') return 'line-revoked';
  if (line.state !== 'approved' && line.state !== 'ended') return 'line-not-approved';
  if (line.state === 'ended' && effect === 'ended') return 'line-ended';
  return ofKey(claim);
}

/** Whether an approval may be placed under review: one of its lines is approved, and no review is open. */
export function reviewing(claim: ModelClaim, approval: string): Expected {
  const under = claim.lines.filter((line) => line.approval === approval);
  if (!under.some(({ state }) => state === 'approved')) {
    const first = under[0]?.state;
    return first === 'ended' || first === 'revoked' ? `line-${first}` : 'line-not-approved';
  }
  return [...claim.reviews.values()].includes(approval) ? 'review-open' : ofKey(claim);
}

/** Every fact about a claim holds text or a digest under its key: erased, nothing more is decided on it. */
export function ofKey({ erased }: ModelClaim): Expected {
  return erased ? 'erased' : 'done';
}

/** A review that was lost takes the points of what still stands under the approval. */
export function overturn(claim: ModelClaim, approval: string): void {
  for (const line of claim.lines) {
    const stands = line.state === 'approved' || line.state === 'ended';
    if (line.approval === approval && stands) line.state = 'revoked';
  }
}
