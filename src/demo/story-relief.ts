import { changeRelief, endRelief, extendDeadline, grantRelief } from '../commands/relief.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { workday } from './clock.ts';
import { reliefReasons } from './reasons.ts';
import { isPlain, type Member, type Stage, somebody } from './stage.ts';

/** Plans reliefs: less is asked of some for a time, one of them longer than thought, one for shorter. */
export function tellOfRelief(stage: Stage): void {
  for (const member of stage.members) {
    const random = stage.random.of(`relief/${member.lane}`);
    if (!isPlain(member) || member.enters > stage.from || !random.chance(0.05)) continue;
    planRelief(stage, member, workday(addDays(stage.from, random.int(40, 900))), undefined);
    member.told = true;
  }
  planRelief(stage, somebody(stage), workday(addDays(stage.from, 130)), 'longer');
  planRelief(stage, somebody(stage), workday(addDays(stage.from, 410)), 'shorter');
  planExtensions(stage);
}

function planRelief(
  stage: Stage,
  member: Member,
  day: CivilDate,
  then: 'longer' | 'shorter' | undefined,
): void {
  const { plan, act, staff } = stage;
  const random = stage.random.of(`relief/${member.lane}/terms`);
  const at = () => ({ subject: member.id, who: as('admin', staff.admin) });
  const granted = {
    class: random.pick(
      member.advanced
        ? (['class-a', 'class-b', 'class-c', 'class-d'] as const)
        : (['class-a'] as const),
    ),
    from: day,
    until: addDays(day, random.pick([91, 182, 273, 365])),
    ...(random.chance(0.3) ? { minutesPerWeek: random.pick([600, 900, 1_110]) } : {}),
    reason: random.pick(reliefReasons),
  };
  let relief = '';
  plan.add(day, 'morning', member.lane, async () => {
    const answer = await act.run(grantRelief, { ...at(), body: granted });
    relief = newIdOf(answer.commandId, 'relief');
  });
  const path = () => ({ relief });
  const later = workday(addDays(day, 60));
  if (then === 'longer') {
    const body = { ...granted, until: addDays(granted.until, 91) };
    plan.add(later, 'morning', member.lane, () =>
      act.run(changeRelief, { ...at(), path: path(), body }),
    );
  }
  if (then === 'shorter') {
    plan.add(later, 'morning', member.lane, () =>
      act.run(endRelief, { ...at(), path: path(), body: { until: later } }),
    );
  }
}

/** As a cycle ends some ask for more time, and get it. */
function planExtensions(stage: Stage): void {
  const { plan, act, schemes, staff } = stage;
  const year = Number(stage.from.slice(0, 4)) + 1;
  const count = Math.max(1, Math.round(6 * stage.scale));
  for (let index = 0; index < count; index++) {
    const member = somebody(stage);
    const day = workday(`${year + (index % 2)}-12-${String(5 + index).padStart(2, '0')}`);
    const cycle = day.slice(0, 4);
    plan.add(day, 'morning', member.lane, () =>
      act.run(extendDeadline, {
        subject: member.id,
        who: as('admin', staff.admin),
        body: {
          scheme: schemes.general,
          cycle,
          until: `${Number(cycle) + 1}-03-31`,
          reason: 'Asked for in writing; their evidence is held up at a former employer.',
        },
      }),
    );
  }
}
