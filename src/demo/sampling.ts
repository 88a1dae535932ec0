import { addDays } from '../scheme/civil-date.ts';
import { as, type Who } from './act.ts';
import type { Claim } from './claims.ts';
import { later, planStep, stepsOn, toDecide } from './deciding.ts';
import type { Stage } from './stage.ts';

/** Of claims that counted on recording so many are looked at afterwards. */
const SAMPLE = 0.012;
/** And of those so many do not hold. */
const NOT_BORNE_OUT = 0.08;

/** Plans that the reviewer looks at a sample of what counted on recording. */
export function planSample(stage: Stage, claim: Claim): void {
  const { random } = claim;
  if (toDecide(claim).length > 0 || !random.chance(SAMPLE)) return;
  planReviewed(stage, claim, random.chance(NOT_BORNE_OUT) ? 'overturned' : 'upheld');
}

/** Plans that what the rule approved is put under review, and what comes of it. */
function planReviewed(stage: Stage, claim: Claim, outcome: 'upheld' | 'overturned'): void {
  const steps = stepsOn(stage, claim);
  const reviewer = reviewerOf(stage, claim);
  let review = '';
  const opened = planStep(stage, claim, addDays(claim.on, claim.random.int(20, 70)), async () => {
    review = await steps.review(reviewer(), claim.approval);
  });
  planStep(stage, claim, later(claim, opened, 10, 30), () =>
    steps.closeReview(reviewer(), review, outcome),
  );
}

/** The reviewer, or for their own claims another who is appointed. */
export function reviewerOf(stage: Stage, claim: Claim): () => Who {
  const [first, reviewer] = stage.assessors;
  if (first === undefined || reviewer === undefined) throw new Error('nobody reviews');
  const own = reviewer.person === claim.member;
  return () => (own ? as('assessor', first.person) : as('reviewer', reviewer.person));
}
