import { assignClaim, withdrawClaim } from '../commands/claim.ts';
import {
  approveClaim,
  rejectClaim,
  returnClaim,
  revokeApproval,
} from '../commands/decide-claim.ts';
import { closeReview, decideAppeal, lodgeAppeal, openReview } from '../commands/review.ts';
import { addDays, type CivilDate, within } from '../scheme/civil-date.ts';
import { as, type Who } from './act.ts';
import type { Claim } from './claims.ts';
import { workday } from './clock.ts';
import { levels } from './framework.ts';
import { reasons } from './reasons.ts';
import type { Assessor, Stage } from './stage.ts';

/** After so many days from a first decision nothing more comes of a claim. */
const CASE_DAYS = 90;

/** Who decides on a claim on a day: an assessor in office, whom it suits, never the member. */
export function assessorFor(
  stage: Stage,
  claim: Claim,
  on: CivilDate,
  not?: Assessor,
): Assessor | undefined {
  const { random, member, lines } = claim;
  const fitting = stage.assessors.filter(
    (assessor) =>
      assessor !== not &&
      assessor.person !== member &&
      on > assessor.from &&
      // What a case may still need of the same assessor falls into their term, too.
      within(addDays(on, CASE_DAYS), assessor) &&
      lines.every(({ activity }) => assessor.categories?.includes(activity.category) ?? true),
  );
  return fitting.length === 0 ? undefined : random.pick(fitting);
}

/** The lines that an assessor decides on: the rule has approved the others. */
export function toDecide(claim: Claim): Claim['lines'] {
  return claim.lines.filter(({ activity }) => activity.accept === 'approval');
}

/** Plans one step on a claim, by somebody, on the next day that offices are open. */
export function planStep(
  stage: Stage,
  claim: Claim,
  on: CivilDate,
  run: () => Promise<unknown>,
): CivilDate {
  const day = workday(on);
  stage.plan.add(day, 'afternoon', claim.member.lane, run);
  return day;
}

/** The steps on a claim, each as its command. */
export function stepsOn(stage: Stage, claim: Claim) {
  const { act } = stage;
  const { random } = claim;
  const at = (who: Who, path: Record<string, string> = {}) => ({
    subject: claim.member.id,
    who,
    path: { claim: claim.id, ...path },
  });
  const lineIds = (): string[] => toDecide(claim).map(({ lineId }) => lineId);
  const by = ({ person }: Assessor): Who => as('assessor', person);
  const skills = random.chance(0.1)
    ? [{ skill: random.int(0, 11), level: random.pick(levels) }]
    : [];
  const because = (kind: keyof typeof reasons) => random.pick(reasons[kind]);
  const factOf = async (answer: Promise<{ events: { id: string }[] }>): Promise<string> =>
    (await answer).events[0]?.id ?? '';
  const reduced = because('reduce');
  const said = {
    reject: because('reject'),
    return: because('return'),
    revoke: because('revoke'),
    review: because('review'),
    closed: because('closed'),
    appeal: because('appeal'),
  };
  return {
    assign: (to: Assessor) =>
      act.run(assignClaim, {
        ...at(as('admin', stage.staff.admin)),
        body: { assessor: to.person.id },
      }),
    /** @returns the id of the approval */
    approve(
      who: Who,
      how: {
        less?: boolean;
        butLast?: boolean;
        panel?: { panelId: string; members: string[] };
      } = {},
    ) {
      const decided = how.butLast === true ? toDecide(claim).slice(0, -1) : toDecide(claim);
      const lines = decided.map(({ lineId, activity, amount }) => ({
        lineId,
        ...(how.less === true
          ? {
              accepted: { amount: Math.ceil(amount / 2), unit: activity.measure },
              reason: reduced,
            }
          : {}),
        skills: skills.flatMap(({ skill, level }) => {
          const known = stage.skills[skill];
          return known === undefined ? [] : [{ ...known, level }];
        }),
      }));
      const { panel } = how;
      return factOf(
        act.run(approveClaim, {
          ...at(who),
          body: panel === undefined ? { lines } : { lines, panel },
        }),
      );
    },
    reject: (assessor: Assessor, { last = false } = {}) =>
      factOf(
        act.run(rejectClaim, {
          ...at(by(assessor)),
          body: {
            lines: last ? lineIds().slice(-1) : lineIds(),
            reason: said.reject,
            reasons: ['outside-scheme'],
          },
        }),
      ),
    giveBack: (assessor: Assessor) =>
      act.run(returnClaim, { ...at(by(assessor)), body: { reason: said.return } }),
    withdraw: () => act.run(withdrawClaim, { ...at(as('member', claim.member)), body: {} }),
    revoke: (assessor: Assessor, approval: string, from?: CivilDate) =>
      act.run(revokeApproval, {
        ...at(by(assessor)),
        body: {
          approval,
          effect: from === undefined ? { kind: 'void' } : { kind: 'ended', from },
          reason: said.revoke,
          reasons: ['evidence-wrong'],
        },
      }),
    review: (who: Who, approval: string) =>
      factOf(act.run(openReview, { ...at(who), body: { approval, reason: said.review } })),
    closeReview: (who: Who, review: string, outcome: 'upheld' | 'overturned') =>
      act.run(closeReview, { ...at(who, { review }), body: { outcome, reason: said.closed } }),
    appeal: (rejection: string) =>
      factOf(
        act.run(lodgeAppeal, {
          ...at(as('member', claim.member)),
          body: { rejection, reason: said.appeal },
        }),
      ),
    decideAppeal: (assessor: Assessor, appeal: string, outcome: 'upheld' | 'dismissed') =>
      act.run(decideAppeal, {
        ...at(by(assessor), { appeal }),
        body: { outcome, reason: said.closed },
      }),
  };
}

/** A day some days later: from `least` to `most`. */
export function later(claim: Claim, day: CivilDate, least: number, most: number): CivilDate {
  return addDays(day, claim.random.int(least, most));
}
