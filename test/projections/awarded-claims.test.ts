import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { withoutRetracted } from '../../src/events/retraction.ts';
import {
  type AwardedClaim,
  type ClaimFact,
  followClaim,
} from '../../src/projections/awarded-claims.ts';
import { viewFact } from '../../src/projections/view-facts.ts';
import { awardedBy, awardedSums } from '../../src/scheme/awarded.ts';
import { isAwardFact } from '../../src/scheme/facts.ts';
import { histories } from '../support/histories.ts';

/** What each claim of a history awards, fact by fact. */
function claimsIn(facts: readonly ClaimFact[]): Map<string, ClaimFact[]> {
  const claims = new Map<string, ClaimFact[]>();
  for (const fact of facts) {
    const { claimId } = fact.data;
    claims.set(claimId, [...(claims.get(claimId) ?? []), fact]);
  }
  return claims;
}

function sumsOf({ awards }: AwardedClaim): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { scheme, cycle, category, points } of awards) {
    const key = `${scheme} ${cycle} ${category}`;
    sums[key] = (sums[key] ?? 0) + points;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, points]) => points !== 0));
}

describe('what a claim awards, as balances keep it', function () {
  this.timeout(60_000);

  it('sums to what a statement would say of it, after each fact of every history', () => {
    let awarding = 0;
    fc.assert(
      fc.property(histories, (events) => {
        const facts = withoutRetracted(events.map(viewFact)).filter(isAwardFact);
        const ofClaims = facts.filter(
          (fact): fact is typeof fact & ClaimFact => 'claimId' in fact.data,
        );
        for (const told of claimsIn(ofClaims).values()) {
          let claim: AwardedClaim = { cycles: [], awards: [] };
          for (const [at, fact] of told.entries()) {
            claim = followClaim(JSON.parse(JSON.stringify(claim)) as AwardedClaim, fact);
            const sums = awardedSums(awardedBy(told.slice(0, at + 1)));
            awarding += sums.length;
            expect(sumsOf(claim)).to.deep.equal(
              Object.fromEntries(
                sums.map(({ scheme, cycle, category, points }) => [
                  `${scheme} ${cycle} ${category}`,
                  points,
                ]),
              ),
            );
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(awarding).to.be.greaterThan(100);
  });
});
