import { addDays } from '../scheme/civil-date.ts';
import { type Claim, inventClaim, planHandingIn } from './claims.ts';
import { workday } from './clock.ts';
import { stepsOn } from './deciding.ts';
import { planLink } from './evidence.ts';
import { planFate } from './fates.ts';
import { isAround, type Member, type Stage } from './stage.ts';
import { demoPeople } from './story-sharing.ts';

/** Plans what is going on as the demo ends, so that who signs in has something to see and to do. */
export function tellOfNow(stage: Stage): void {
  const { member } = demoPeople(stage);
  planFate(stage, planOne(stage, member, 34), 'approved-less');
  planOne(stage, member, 20, 'private-study');
  planLink(stage, planOne(stage, member, 9));
  planOne(stage, member, 4);
  planQueue(stage, member);
}

/** Claims that wait for the demo's assessor. */
function planQueue(stage: Stage, not: Member): void {
  const [assessor] = stage.assessors;
  if (assessor === undefined) throw new Error('nobody decides');
  planOne(stage, assessor.person, 20, 'private-study');
  const claimants = stage.members.filter(
    (member) =>
      member !== not && member !== assessor.person && isAround(member, addDays(stage.endsOn, -30)),
  );
  for (const [index, member] of claimants.slice(-5).entries()) {
    const claim = planOne(stage, member, 5 + 2 * index);
    planLink(stage, claim);
    stage.plan.add(workday(addDays(claim.on, 1)), 'early', member.lane, () =>
      stepsOn(stage, claim).assign(assessor),
    );
  }
}

/** A claim of some days ago: a course waits for an assessor, private study counts at once. */
function planOne(stage: Stage, member: Member, daysAgo: number, what = 'course'): Claim {
  const on = addDays(stage.endsOn, -daysAgo);
  const random = stage.random.of(`now/${member.lane}/${daysAgo}`);
  const claim = inventClaim(stage, member, on, random, ({ kind }) => kind === what, 1);
  claim.paper = false;
  planHandingIn(stage, claim, 'noon');
  return claim;
}
