import {
  changeEmployment,
  endEmployment,
  endPlacement,
  startEmployment,
  startPlacement,
} from '../commands/employment.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { workday } from './clock.ts';
import { postTitle } from './names.ts';
import { type Body, isLarge } from './organisations.ts';
import { isPlain, type Member, type Stage, somebody } from './stage.ts';

/** Plans posts that change: moves, joint posts, secondments, a private member who takes one. */
export function tellOfPosts(stage: Stage): void {
  for (const member of stage.members) {
    const random = stage.random.of(`posts/${member.lane}`);
    const { body } = member;
    if (!isPlain(member) || body === undefined || !isLarge(body)) continue;
    if (member.enters > stage.from) continue;
    const day = workday(addDays(stage.from, random.int(30, 1_060)));
    const to = random.pick(hosts(stage, member));
    if (random.chance(0.12)) planMove(stage, member, to, day);
    else if (random.chance(0.03)) planJointPost(stage, member, to, day);
    else if (random.chance(0.02)) planSecondment(stage, member, to, day);
    else continue;
    member.told = true;
  }
  const employed = () => somebody(stage, ({ body }) => body !== undefined && isLarge(body));
  const other = (member: Member) => hosts(stage, member)[0] as Body;
  const [mover, joint, seconded] = [employed(), employed(), employed()];
  planMove(stage, mover, other(mover), workday(addDays(stage.from, 260)));
  planJointPost(stage, joint, other(joint), workday(addDays(stage.from, 190)));
  planSecondment(stage, seconded, other(seconded), workday(addDays(stage.from, 365)));
}

/** Where somebody may go: no body of which a story is told, and none that is small. */
function hosts({ bodies }: Stage, { body }: Member): Body[] {
  return bodies.filter((other) => other !== body && !other.told && isLarge(other));
}

function planMove(stage: Stage, member: Member, to: Body, day: CivilDate): void {
  const { plan, act, staff } = stage;
  const jobTitle = postTitle(stage.random.of(`move/${member.lane}`));
  plan.add(day, 'noon', member.lane, async () => {
    const at = { subject: member.id, who: as('admin', staff.admin) };
    const path = { employment: member.employmentId };
    await act.run(endEmployment, { ...at, path, body: { until: day } });
    const body = { organisation: to.id, from: day, jobTitle };
    const started = await act.run(startEmployment, { ...at, body });
    member.employmentId = newIdOf(started.commandId, 'employment');
  });
}

/** Half a post here, half a post there. */
function planJointPost(stage: Stage, member: Member, also: Body, day: CivilDate): void {
  const { plan, act } = stage;
  const half = { num: 1, den: 2 };
  plan.add(day, 'evening', member.lane, async () => {
    const at = { subject: member.id, who: as('member', member) };
    const path = { employment: member.employmentId };
    const jobTitle = member.title;
    await act.run(changeEmployment, { ...at, path, body: { share: half, from: day, jobTitle } });
    const body = { organisation: also.id, share: half, from: day, jobTitle };
    await act.run(startEmployment, { ...at, body });
  });
}

/** Works for another body for some months, and returns. */
function planSecondment(stage: Stage, member: Member, host: Body, day: CivilDate): void {
  const { plan, act, staff } = stage;
  let placement = '';
  const at = () => ({ subject: member.id, who: as('admin', staff.admin) });
  plan.add(day, 'noon', member.lane, async () => {
    const path = { employment: member.employmentId };
    const body = { host: host.id, from: day };
    const started = await act.run(startPlacement, { ...at(), path, body });
    placement = newIdOf(started.commandId, 'placement');
  });
  const back = workday(addDays(day, 180));
  plan.add(back, 'noon', member.lane, () =>
    act.run(endPlacement, { ...at(), path: { placement }, body: { until: back } }),
  );
}
