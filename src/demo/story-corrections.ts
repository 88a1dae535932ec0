import { carryOut } from '../commands/correct.ts';
import { approveCorrection, digestOfItems, proposeCorrection } from '../commands/correction.ts';
import { endMembership } from '../commands/membership.ts';
import { bringInPoints } from '../commands/points.ts';
import type { Change } from '../events/correction.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as, system } from './act.ts';
import { workday } from './clock.ts';
import { type Member, type Stage, somebody } from './stage.ts';

/** Plans what was recorded wrongly and is made good, two people agreeing each time. */
export function tellOfCorrections(stage: Stage): void {
  planWrongLapses(stage);
  planWrongBalance(stage);
}

/** A batch of payments was not matched: members lapsed who had paid. */
function planWrongLapses(stage: Stage): void {
  const { plan, act, from } = stage;
  const lapsed = workday(addDays(from, 455));
  const retracted = workday(addDays(lapsed, 9));
  const count = Math.max(2, Math.round(8 * stage.scale));
  for (let index = 0; index < count; index++) {
    const member = somebody(stage);
    member.away.push({ from: lapsed, until: addDays(retracted, 3) });
    let fact = '';
    plan.add(lapsed, 'morning', member.lane, async () => {
      const body = { how: 'Lapsed' as const, effectiveOn: lapsed };
      const who = as('admin', stage.staff.secondAdmin);
      const answer = await act.run(endMembership, { subject: member.id, who, body });
      fact = answer.events[0]?.id ?? '';
    });
    planCorrected(
      stage,
      member,
      () => fact,
      retracted,
      () => ({ kind: 'retract' }),
      'administrative-error',
    );
  }
}

/** An opening balance came in too low: the difference is added. */
function planWrongBalance(stage: Stage): void {
  const { plan, act, from, schemes } = stage;
  const member = somebody(stage, ({ grade }) => grade === 'associate');
  const cycle = String(Number(from.slice(0, 4)) - 1);
  const where = () => ({ scheme: schemes.general, cycle, category: 'structured' });
  let fact = '';
  plan.add(addDays(from, 2), 'noon', member.lane, async () => {
    const body = { ...where(), points: 400 };
    const who = system('import');
    fact = (await act.run(bringInPoints, { subject: member.id, who, body })).events[0]?.id ?? '';
  });
  const day = workday(addDays(from, 64));
  const change = (): Change => ({ kind: 'adjust', ...where(), points: 350 });
  planCorrected(stage, member, () => fact, day, change, 'data-migration');
}

/** Plans a correction of one fact: proposed, approved by the other admin the same day, carried out. */
function planCorrected(
  stage: Stage,
  member: Member,
  fact: () => string,
  day: CivilDate,
  change: () => Change,
  reason: string,
): void {
  const { plan, act, ledger, staff } = stage;
  let correction = '';
  const item = () => ({ person: member.id, eventId: fact() });
  // Where nothing else happens at that time: how far the ledger was looked at is the same each time.
  plan.add(day, 'office', 'office', async () => {
    const { count: asOf } = await ledger.store.head();
    const body = { item: item(), change: change(), reasons: [reason], asOf };
    const who = as('admin', staff.admin);
    correction = (await act.begin(proposeCorrection, { who, body })).subject;
  });
  plan.add(day, 'afternoon', member.lane, async () => {
    const body = { digest: digestOfItems([item()]) };
    const who = as('admin', staff.secondAdmin);
    await act.run(approveCorrection, { subject: correction, who, body });
    await carryOut(ledger, correction, act.ask(who).correlationId);
  });
}
