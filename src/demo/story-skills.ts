import { creditSkill, endSkill, reassessSkill } from '../commands/skill.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate, daysBetween } from '../scheme/civil-date.ts';
import { as, type Who } from './act.ts';
import { workday } from './clock.ts';
import { levels } from './framework.ts';
import { isPlain, type Member, type Stage, somebody } from './stage.ts';

/** Plans what skills members say that they have, and what others observe. */
export function tellOfSkills(stage: Stage): void {
  for (const member of stage.members) {
    const random = stage.random.of(`skills/${member.lane}`);
    const span = daysBetween(member.enters, stage.endsOn) - 300;
    if (!isPlain(member) || span < 30 || !speaksOfSkills(stage, member)) continue;
    const day = addDays(member.enters, random.int(20, span));
    for (const skill of random.shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).slice(0, 2)) {
      planObserved(stage, member, { skill, level: random.int(0, 2), day });
    }
  }
  const day = addDays(stage.from, 90);
  planObserved(stage, somebody(stage), { skill: 3, level: 1, day, until: addDays(day, 400) });
  planCertificate(stage, somebody(stage), addDays(stage.from, 310));
}

/** Whether a member says of themselves what they can do. */
export function speaksOfSkills(stage: Stage, { lane }: Member): boolean {
  return stage.random.of(`speaks/${lane}`).chance(0.16);
}

interface Observed {
  skill: number;
  level: number;
  day: CivilDate;
  until?: CivilDate;
}

/** First as the member sees it, some months later as a colleague does. */
function planObserved(stage: Stage, member: Member, { skill, level, day, until }: Observed): void {
  const { plan, act, staff } = stage;
  const random = stage.random.of(`skill/${member.lane}/${skill}`);
  let credit = '';
  const at = (who: Who) => ({ subject: member.id, who });
  plan.add(day, 'evening', member.lane, async () => {
    const body = {
      ...skillOf(stage, skill),
      level: levels[level] as string,
      source: 'self' as const,
      observedOn: day,
    };
    const answer = await act.run(creditSkill, { ...at(as('member', member)), body });
    credit = newIdOf(answer.commandId, 'credit');
  });
  const peer = stage.assessors.find(({ person }) => person !== member);
  const later = workday(addDays(day, random.int(90, 240)));
  if (peer !== undefined && (until !== undefined || random.chance(0.5))) {
    plan.add(later, 'afternoon', member.lane, () =>
      act.run(reassessSkill, {
        ...at(as('assessor', peer.person)),
        path: { credit },
        body: { level: levels[level + 1] as string, source: 'peer', observedOn: later },
      }),
    );
  }
  if (until === undefined) return;
  plan.add(workday(until), 'afternoon', member.lane, () =>
    act.run(endSkill, {
      ...at(as('admin', staff.admin)),
      path: { credit },
      body: { until: workday(until) },
    }),
  );
}

/** A certificate from outside, good for three years. */
function planCertificate(stage: Stage, member: Member, day: CivilDate): void {
  const recorded = workday(day);
  stage.plan.add(recorded, 'afternoon', member.lane, () =>
    stage.act.run(creditSkill, {
      subject: member.id,
      who: as('admin', stage.staff.admin),
      body: {
        ...skillOf(stage, 6),
        level: levels[2],
        source: 'external',
        observedOn: addDays(recorded, -12),
        validUntil: addDays(recorded, 3 * 365),
      },
    }),
  );
}

function skillOf(stage: Stage, index: number) {
  const skill = stage.skills[index];
  if (skill === undefined) throw new RangeError(`the framework has no skill ${index}`);
  return skill;
}
