import { absorb } from '../commands/absorb.ts';
import { renumber } from '../commands/correct-number.ts';
import { register } from '../commands/register.ts';
import { Rejection } from '../commands/rejection.ts';
import { addDays } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { inventClaim, planHandingIn } from './claims.ts';
import { workday } from './clock.ts';
import { type Stage, somebody } from './stage.ts';

/** Plans what goes wrong about who somebody is: two ids of one human, a number keyed wrongly, a form refused. */
export function tellOfIdentity(stage: Stage): void {
  planDuplicate(stage);
  planWrongNumber(stage);
  planRefusedForm(stage);
}

/** Somebody fills in the form again after a change of post; three months later it is noticed. */
function planDuplicate(stage: Stage): void {
  const { plan, act, ledger, staff, members } = stage;
  const least = addDays(stage.from, 200);
  const most = addDays(stage.endsOn, -160);
  const again = members.find(
    ({ enters, told, body }) => !told && body === undefined && enters > least && enters < most,
  );
  const duplicate = again ?? members.find(({ enters, told }) => !told && enters > stage.from);
  if (duplicate === undefined) throw new Error('nobody enters late');
  const person = somebody(stage, ({ body }) => body !== undefined);
  const noticed = workday(addDays(duplicate.enters, 90));
  duplicate.told = true;
  duplicate.busy = 0;
  duplicate.name = person.name;
  duplicate.away.push({ from: noticed });
  const claimed = addDays(duplicate.enters, 30);
  const random = stage.random.of('duplicate');
  const recorded = ({ accept }: { accept: string }): boolean => accept === 'recording';
  planHandingIn(stage, inventClaim(stage, duplicate, claimed, random, recorded), 'evening');
  plan.add(noticed, 'office', 'office', async () => {
    const body = { duplicate: duplicate.id };
    const asking = act.ask(as('admin', staff.admin));
    await absorb(ledger, { subject: person.id, raw: body, body, ...asking });
  });
}

/** Two digits were exchanged as a card was typed in. */
function planWrongNumber(stage: Stage): void {
  const { plan, act, ledger, staff } = stage;
  const member = somebody(stage);
  const right = member.number;
  member.number = `${right.slice(0, -2)}${right.slice(-1)}${right.slice(-2, -1)}9`;
  plan.add(workday(addDays(stage.from, 75)), 'office', 'office', async () => {
    const body = { number: right };
    const asking = act.ask(as('admin', staff.secondAdmin));
    await renumber(ledger, { subject: member.id, raw: body, body, ...asking });
  });
}

/** A form with a first day still to come is refused: its number stays free, its stream is closed. */
function planRefusedForm(stage: Stage): void {
  const { plan, act, ledger, staff } = stage;
  const day = workday(addDays(stage.from, 140));
  plan.add(day, 'office', 'office', async () => {
    const body = {
      name: 'Morwenna Quill',
      number: 'M90001',
      grade: 'associate',
      on: addDays(day, 365),
    };
    const asking = act.ask(as('admin', staff.admin));
    const refused = await register(ledger, { body, raw: body, ...asking }).catch(
      (error: unknown) => error,
    );
    if (!(refused instanceof Rejection)) throw refused;
  });
}
