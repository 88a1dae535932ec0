import { adoptRulebook } from '../commands/adopt-rulebook.ts';
import { endEmployment } from '../commands/employment.ts';
import {
  changeDetails,
  changeGrade,
  endMembership,
  joinScheme,
  leaveScheme,
  resumeMembership,
} from '../commands/membership.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { workday } from './clock.ts';
import { callSomebody } from './names.ts';
import { isLarge } from './organisations.ts';
import { secondRulesFrom } from './society.ts';
import { isPlain, type Member, type Stage, somebody } from './stage.ts';

type Ending = 'Resigned' | 'Lapsed' | 'Died';

/** Plans that some members leave, some of whom come back; the rest of the years knows when they are away. */
export function tellOfLeaving(stage: Stage): void {
  for (const member of stage.members) {
    const random = stage.random.of(`leaving/${member.lane}`);
    if (!isPlain(member) || member.enters > stage.from || !random.chance(0.07)) continue;
    if (member.body !== undefined && !isLarge(member.body)) continue;
    const how = random.weighted<Ending>([
      ['Resigned', 50],
      ['Lapsed', 42],
      ['Died', 8],
    ]);
    const day = workday(addDays(stage.from, random.int(60, 1_000)));
    planEnding(stage, member, how, day);
    if (how === 'Lapsed' && random.chance(0.5)) {
      planResuming(stage, member, 'Reinstated', workday(addDays(day, random.int(20, 80))));
    }
  }
  const { from } = stage;
  const story = (how: Ending, days: number): Member => {
    const member = somebody(
      stage,
      ({ grade, body }) => grade === 'full' && (body === undefined || isLarge(body)),
    );
    planEnding(stage, member, how, workday(addDays(from, days)));
    return member;
  };
  story('Died', 500);
  planResuming(stage, story('Lapsed', 300), 'Reinstated', workday(addDays(from, 345)));
  planResuming(stage, story('Resigned', 150), 'kept', workday(addDays(from, 420)));
  planResuming(stage, story('Resigned', 90), 'new', workday(addDays(from, 640)));
}

/** Plans that a membership ends, and the post with it where the society knows of one. */
export function planEnding(stage: Stage, member: Member, how: Ending, day: CivilDate): void {
  const { plan, act, staff } = stage;
  member.away.push({ from: day });
  plan.add(day, 'morning', member.lane, async () => {
    const who = how === 'Resigned' ? as('member', member) : as('admin', staff.admin);
    const on = { subject: member.id, who };
    await act.run(endMembership, { ...on, body: { how, effectiveOn: day } });
    if (how !== 'Died' || member.body === undefined) return;
    const path = { employment: member.employmentId };
    await act.run(endEmployment, { ...on, path, body: { until: day } });
  });
}

function planResuming(
  stage: Stage,
  member: Member,
  how: 'Reinstated' | 'kept' | 'new',
  day: CivilDate,
): void {
  const gap = member.away.at(-1);
  if (gap !== undefined) gap.until = addDays(day, 1);
  stage.plan.add(day, 'morning', member.lane, () =>
    stage.act.run(resumeMembership, {
      subject: member.id,
      who: as('admin', stage.staff.admin),
      body:
        how === 'Reinstated'
          ? { how, effectiveOn: day }
          : { how: 'Rejoined', effectiveOn: day, grade: member.grade, continuity: how },
    }),
  );
}

/** Plans what changes about members who stay: names, grades, the scheme of advanced practice. */
export function tellOfChanges(stage: Stage): void {
  const moved = new Set<string>();
  for (const member of stage.members) {
    const random = stage.random.of(`changes/${member.lane}`);
    if (member.away.length > 0 || member.enters > stage.from) continue;
    const day = workday(addDays(stage.from, random.int(40, 1_050)));
    if (member.grade === 'associate' && random.chance(0.3)) {
      moved.add(member.lane);
      planGrade(stage, member, day);
    } else if (random.chance(0.05)) planName(stage, member, addDays(day, 3), random.int(0, 1));
  }
  const general = ({ advanced }: Member): boolean => !advanced;
  const [one, two, three] = [somebody(stage), somebody(stage, general), somebody(stage, general)];
  planName(stage, one, addDays(stage.from, 410), 1);
  const associate = somebody(stage, ({ grade, lane }) => grade === 'associate' && !moved.has(lane));
  planGrade(stage, associate, addDays(stage.from, 220));
  planAdvanced(stage, two, addDays(stage.from, 120), undefined);
  planAdopting(stage, two);
  planAdvanced(stage, three, addDays(stage.from, 60), addDays(stage.from, 800));
}

function planGrade(stage: Stage, member: Member, day: CivilDate): void {
  stage.plan.add(day, 'morning', member.lane, () =>
    stage.act.run(changeGrade, {
      subject: member.id,
      who: as('admin', stage.staff.admin),
      body: { grade: 'full', effectiveOn: day },
    }),
  );
}

/** One who was waiting for the second rules adopts them some weeks before they bind everybody. */
function planAdopting({ plan, act, schemes, from }: Stage, member: Member): void {
  plan.add(addDays(secondRulesFrom(from), -20), 'evening', member.lane, () =>
    act.run(adoptRulebook, {
      subject: member.id,
      who: as('member', member),
      body: { scheme: schemes.advanced, version: 2 },
    }),
  );
}

function planName(stage: Stage, member: Member, day: CivilDate, kind: number): void {
  const random = stage.random.of(`name/${member.lane}`);
  const [given] = member.name.split(' ');
  const called = callSomebody(random, stage.names, member.email.split('@')[1] ?? 'post.example');
  const name = kind === 0 ? member.name : `${given} ${called.name.split(' ').at(-1)}`;
  stage.plan.add(day, 'evening', member.lane, () =>
    stage.act.run(changeDetails, {
      subject: member.id,
      who: as('member', member),
      body: { name, email: called.email, jobTitle: member.title },
    }),
  );
}

function planAdvanced(
  stage: Stage,
  member: Member,
  day: CivilDate,
  until: CivilDate | undefined,
): void {
  const { plan, act, staff, schemes } = stage;
  const at = () => ({ subject: member.id, who: as('admin', staff.admin) });
  plan.add(day, 'morning', member.lane, () =>
    act.run(joinScheme, { ...at(), body: { scheme: schemes.advanced, on: day, track: 'leading' } }),
  );
  if (until === undefined) return;
  plan.add(until, 'morning', member.lane, () =>
    act.run(leaveScheme, { ...at(), body: { scheme: schemes.advanced, on: until } }),
  );
}
