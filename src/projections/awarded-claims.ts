import { yearOf } from '../scheme/awarded.ts';
import type { AwardFact } from '../scheme/facts.ts';

/** What one approval awards for one line in a scheme, cycle and category. */
export interface ClaimAward {
  approval: string;
  line: string;
  scheme: string;
  cycle: string;
  category: string;
  /** Hundredths. */
  points: number;
}

/** What a claim awards now, as balances need it: less than a statement does, since each claim has a row of it. */
export interface AwardedClaim {
  /** Each line by its id, and the calendar year in which it ends: what balances call a cycle. */
  cycles: readonly (readonly [line: string, cycle: string])[];
  /** Without what became void: that is for good. */
  awards: readonly ClaimAward[];
}

export type ClaimFact = Extract<AwardFact, { data: { claimId: string } }>;

/**
 * Follows one fact of a claim as `followAward` does: their sums agree.
 *
 * @returns the claim after it; the one before is not changed
 */
export function followClaim(claim: AwardedClaim, fact: ClaimFact): AwardedClaim {
  const { cycles, awards } = claim;
  switch (fact.type) {
    case 'Claimed':
    case 'ClaimAmended':
      return { cycles: cyclesOf(fact.data.lines), awards };
    case 'ClaimApproved':
      return { cycles, awards: [...awards, ...awardsOf(fact, cycles)] };
    case 'ClaimWithdrawn':
      return { cycles, awards: [] };
    case 'ApprovalRevoked': {
      const { approval, lines, effect } = fact.data;
      if (effect.kind === 'ended') return claim;
      const stands = (award: ClaimAward): boolean =>
        award.approval !== approval || !lines.includes(award.line);
      return { cycles, awards: awards.filter(stands) };
    }
    case 'ReviewOverturned': {
      const { approval } = fact.data;
      return { cycles, awards: awards.filter((award) => award.approval !== approval) };
    }
    case 'ReviewOpened':
    case 'ReviewUpheld':
      return claim;
  }
}

type Lines = Extract<AwardFact, { type: 'Claimed' }>['data']['lines'];

function cyclesOf(lines: Lines): AwardedClaim['cycles'] {
  return lines.map((line) => [line.lineId, yearOf(line)] as const);
}

/** A line that its claim does not have is passed over: `verify` reports such a history. */
function awardsOf(
  { id, data }: Extract<AwardFact, { type: 'ClaimApproved' }>,
  cycles: AwardedClaim['cycles'],
): ClaimAward[] {
  const made: ClaimAward[] = [];
  for (const { lineId: line, awards } of data.lines) {
    const cycle = cycles.find(([id]) => id === line)?.[1];
    if (cycle === undefined) continue;
    for (const { scheme, category, points } of awards) {
      made.push({ approval: id, line, scheme, cycle, category, points });
    }
  }
  return made;
}
