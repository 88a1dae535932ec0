import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as, type Who } from './act.ts';
import { type Claim, planAmending } from './claims.ts';
import { workday } from './clock.ts';
import { assessorFor, later, planStep, stepsOn, toDecide } from './deciding.ts';
import { reviewerOf } from './sampling.ts';
import type { Assessor, Stage } from './stage.ts';

/** What becomes of a claim that an assessor is to decide on. */
export type Fate = (typeof usual)[number][0];

/** How often, where no story says otherwise. */
const usual = [
  ['approved', 902],
  ['approved-in-part', 10],
  ['approved-less', 26],
  ['rejected', 12],
  ['returned', 22],
  ['withdrawn', 8],
  ['waiting', 4],
  ['upheld-on-review', 5],
  ['overturned', 2],
  ['revoked', 2],
  ['ended', 2],
  ['appeal-upheld', 3],
  ['appeal-dismissed', 2],
] as const;

/** All that may become of a claim. */
export const fates: readonly Fate[] = usual.map(([fate]) => fate);

/** Claims that only a whole, undecided claim may come to. */
const ofWhole = new Set<Fate>(['returned', 'withdrawn']);

/** Plans what becomes of a claim; without a fate, one as often as it happens. */
export function planFate(stage: Stage, claim: Claim, given?: Fate): void {
  const lines = toDecide(claim);
  if (lines.length === 0) return;
  const drawn = given ?? claim.random.weighted<Fate>(usual);
  const whole = lines.length === claim.lines.length;
  const fits = drawn === 'approved-in-part' ? lines.length > 1 : whole || !ofWhole.has(drawn);
  const fate = fits ? drawn : 'approved';
  if (fate === 'waiting') return;
  const steps = stepsOn(stage, claim);
  if (fate === 'withdrawn') {
    stage.plan.add(later(claim, claim.on, 1, 3), 'evening', claim.member.lane, steps.withdraw);
    return;
  }
  const day = workday(later(claim, claim.on, 2, 20));
  const assessor = assessorFor(stage, claim, day);
  if (assessor === undefined) return;
  planAssignment(stage, claim, assessor);
  switch (fate) {
    case 'approved':
    case 'approved-less':
      planStep(stage, claim, day, () => steps.approve(by(assessor), { less: fate !== 'approved' }));
      return;
    case 'approved-in-part':
      planStep(stage, claim, day, async () => {
        await steps.approve(by(assessor), { butLast: true });
        await steps.reject(assessor, { last: true });
      });
      return;
    case 'rejected':
      planStep(stage, claim, day, () => steps.reject(assessor));
      return;
    case 'returned': {
      planStep(stage, claim, day, () => steps.giveBack(assessor));
      const amended = later(claim, day, 1, 7);
      planAmending(stage, claim, amended);
      planStep(stage, claim, later(claim, amended, 1, 9), () => steps.approve(by(assessor)));
      return;
    }
    case 'upheld-on-review':
    case 'overturned':
    case 'revoked':
    case 'ended':
      planAfterApproval(stage, claim, { fate, day, assessor });
      return;
    case 'appeal-upheld':
    case 'appeal-dismissed':
      planAppeal(stage, claim, { fate, day, assessor });
  }
}

function planAssignment(stage: Stage, claim: Claim, assessor: Assessor): void {
  if (!claim.random.chance(0.22)) return;
  const steps = stepsOn(stage, claim);
  const day = workday(addDays(claim.on, 1));
  stage.plan.add(day, 'early', claim.member.lane, () => steps.assign(assessor));
}

interface Course<F extends Fate> {
  fate: F;
  day: CivilDate;
  assessor: Assessor;
}

function planAfterApproval(
  stage: Stage,
  claim: Claim,
  course: Course<'upheld-on-review' | 'overturned' | 'revoked' | 'ended'>,
): void {
  const { fate, day, assessor } = course;
  const steps = stepsOn(stage, claim);
  let approval = '';
  planStep(stage, claim, day, async () => {
    approval = await steps.approve(by(assessor));
  });
  const found = later(claim, day, 12, 50);
  if (fate === 'revoked' || fate === 'ended') {
    const from = fate === 'ended' ? found : undefined;
    planStep(stage, claim, found, () => steps.revoke(assessor, approval, from));
    return;
  }
  const reviewer = reviewerOf(stage, claim);
  let review = '';
  const opened = planStep(stage, claim, found, async () => {
    review = await steps.review(reviewer(), approval);
  });
  const outcome = fate === 'overturned' ? 'overturned' : 'upheld';
  planStep(stage, claim, later(claim, opened, 10, 30), () =>
    steps.closeReview(reviewer(), review, outcome),
  );
}

function planAppeal(
  stage: Stage,
  claim: Claim,
  course: Course<'appeal-upheld' | 'appeal-dismissed'>,
): void {
  const { fate, day, assessor } = course;
  const steps = stepsOn(stage, claim);
  let rejection = '';
  let appeal = '';
  const rejected = planStep(stage, claim, day, async () => {
    rejection = await steps.reject(assessor);
  });
  const lodged = later(claim, rejected, 3, 14);
  stage.plan.add(lodged, 'evening', claim.member.lane, async () => {
    appeal = await steps.appeal(rejection);
  });
  const decided = workday(later(claim, lodged, 10, 25));
  const other = assessorFor(stage, claim, decided, assessor);
  if (other === undefined) return;
  const outcome = fate === 'appeal-upheld' ? 'upheld' : 'dismissed';
  planStep(stage, claim, decided, async () => {
    await steps.decideAppeal(other, appeal, outcome);
    if (outcome === 'upheld') await steps.approve(by(other));
  });
}

function by({ person }: Assessor): Who {
  return as('assessor', person);
}
