import { type Claim, lineStateOf } from './claim-state.ts';
import type { Member } from './member.ts';
import { refuse } from './rejection.ts';

/** A row of a register, and a line of a claim: one session in one role. */
export interface Attended {
  session: string;
  role: string | undefined;
}

/** The line that stands for a session in a role: not withdrawn, rejected or revoked. */
export function standingFor(
  { claims }: Member,
  { session, role }: Attended,
): { claim: Claim; lineId: string } | undefined {
  for (const claim of claims.values()) {
    for (const [lineId, { line }] of claim.lines) {
      if (line.session !== session || line.attributes.role !== role) continue;
      const state = lineStateOf(claim, lineId);
      if (state === 'withdrawn' || state === 'revoked' || state === 'rejected') continue;
      return { claim, lineId };
    }
  }
  return undefined;
}

/** Refuses the same session in the same role twice (contract, 5), but in the claim that is stated anew. */
export function eachSessionOnce(
  lines: readonly {
    session?: string | undefined;
    attributes?: { role?: string | undefined } | undefined;
  }[],
  state: Member,
  anew?: string,
): void {
  const seen = new Set<string>();
  for (const { session, attributes } of lines) {
    if (session === undefined) continue;
    const role = attributes?.role;
    const standing = standingFor(state, { session, role });
    const row = `${session}/${role ?? ''}`;
    if (seen.has(row) || (standing !== undefined && standing.claim.claimId !== anew)) {
      refuse('attendance-doubled', 'this session is claimed in this role already');
    }
    seen.add(row);
  }
}
