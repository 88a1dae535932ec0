import { erase } from '../commands/erase.ts';
import { type Erasing, liftHold, placeHold } from '../commands/erasure.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { inventClaim, planHandingIn } from './claims.ts';
import { workday } from './clock.ts';
import { planFile } from './evidence.ts';
import { planFate } from './fates.ts';
import { type Member, type Stage, somebody } from './stage.ts';
import { planEnding } from './story-leaving.ts';

/** Plans what is erased on request: a file, a claim, a person; and what a hold keeps for a while. */
export function tellOfErasure(stage: Stage): void {
  planErasedFile(stage);
  planErasedClaim(stage);
  const gone = somebody(stage);
  planEnding(stage, gone, 'Resigned', workday(addDays(stage.from, 270)));
  // By then whatever they had claimed is decided, reviewed and appealed.
  planErasing(stage, gone, addDays(stage.from, 480), () => ({ scope: 'person' }));
  planHold(stage, somebody(stage));
}

/** The wrong document was sent in. */
function planErasedFile(stage: Stage): void {
  const member = somebody(stage);
  const claim = approvable(stage, member, addDays(stage.from, 170));
  let evidence = '';
  planFile(stage, claim, (id) => {
    evidence = id;
  });
  planFate(stage, claim, 'approved');
  planErasing(stage, member, addDays(claim.on, 4), () => ({ scope: 'text', of: evidence }));
}

/** A claim told of somebody else's affairs. */
function planErasedClaim(stage: Stage): void {
  const member = somebody(stage);
  const claim = approvable(stage, member, addDays(stage.from, 200));
  planFate(stage, claim, 'withdrawn');
  planErasing(stage, member, addDays(claim.on, 30), () => ({ scope: 'claim', claim: claim.id }));
}

function approvable(stage: Stage, member: Member, on: CivilDate) {
  const random = stage.random.of(`erasure/${member.lane}`);
  const claim = inventClaim(stage, member, on, random, ({ accept }) => accept === 'approval');
  claim.paper = false;
  planHandingIn(stage, claim, 'noon');
  return claim;
}

function planErasing(stage: Stage, member: Member, day: CivilDate, what: () => Erasing): void {
  const { plan, act, ledger, staff } = stage;
  plan.add(workday(day), 'early', member.lane, async () => {
    const body = what();
    const asking = act.ask(as('admin', staff.admin));
    const { blobs } = await erase(ledger, { subject: member.id, raw: body, body, ...asking });
    for (const blob of blobs) await ledger.evidence.delete(blob);
  });
}

/** While a complaint is looked into nothing of it may go. */
function planHold(stage: Stage, member: Member): void {
  const { plan, act, staff } = stage;
  const at = () => ({ subject: member.id, who: as('admin', staff.admin) });
  const day = workday(addDays(stage.from, 350));
  let hold = '';
  plan.add(day, 'morning', member.lane, async () => {
    const reason = 'A complaint about a decision is with the membership committee.';
    const answer = await act.run(placeHold, { ...at(), body: { reason } });
    hold = newIdOf(answer.commandId, 'hold');
  });
  plan.add(workday(addDays(day, 75)), 'morning', member.lane, () =>
    act.run(liftHold, { ...at(), path: { hold }, body: {} }),
  );
}
