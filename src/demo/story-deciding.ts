import { constitutePanel, declareInterest, endAppointment } from '../commands/scheme.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { inventClaim, planHandingIn } from './claims.ts';
import { workday } from './clock.ts';
import { planStep, stepsOn } from './deciding.ts';
import { type Fate, fates, planFate } from './fates.ts';
import { type Stage, somebody } from './stage.ts';

/** Plans what happens about deciding itself, and that each thing that may become of a claim does. */
export function tellOfDeciding(stage: Stage): void {
  planEndOfOffice(stage);
  planInterests(stage);
  planPanel(stage);
  for (const fate of fates) planOnce(stage, fate);
}

/** An assessor leaves office: it is recorded ten days before. */
function planEndOfOffice(stage: Stage): void {
  const { plan, act, staff, schemes, assessors } = stage;
  for (const assessor of assessors) {
    const { until } = assessor;
    if (until === undefined) continue;
    plan.add(workday(addDays(until, -12)), 'office', 'office', () =>
      act.run(endAppointment, {
        subject: schemes.general,
        who: as('admin', staff.admin),
        path: { appointment: assessor.appointmentId },
        body: { until },
      }),
    );
  }
}

/** Assessors declare an interest in members of their own body. */
function planInterests(stage: Stage): void {
  const { plan, act, staff, schemes, members } = stage;
  for (const { person } of stage.assessors) {
    const colleague = members.find(
      ({ body, enters, lane }) =>
        body === person.body && enters <= stage.from && lane !== person.lane,
    );
    if (colleague === undefined) continue;
    plan.add(addDays(stage.from, 8), 'office', 'office', () =>
      act.run(declareInterest, {
        subject: schemes.general,
        who: as('admin', staff.admin),
        body: {
          person: person.id,
          in: colleague.id,
          kind: 'colleague',
          from: addDays(stage.from, 1),
        },
      }),
    );
  }
}

/** A claim of much weight goes to three who decide together. */
function planPanel(stage: Stage): void {
  const { plan, act, staff, schemes } = stage;
  const [one, two, three] = stage.assessors;
  if (one === undefined || two === undefined || three === undefined) {
    throw new Error('three assessors are needed for a panel');
  }
  const sitting = () => [one, two, three].map(({ person }) => person.id);
  const from = addDays(stage.from, 60);
  let panelId = '';
  plan.add(workday(from), 'office', 'office', async () => {
    const body = { members: sitting(), quorum: 2, from };
    const who = as('admin', staff.admin);
    const answer = await act.run(constitutePanel, { subject: schemes.general, who, body });
    panelId = newIdOf(answer.commandId, 'panel');
  });
  for (const days of [120, 485, 850]) {
    const member = somebody(stage);
    const random = stage.random.of(`panel/${days}`);
    const on = addDays(stage.from, days);
    const claim = inventClaim(stage, member, on, random, ({ kind }) => kind === 'mba-module');
    planHandingIn(stage, claim, 'noon');
    const steps = stepsOn(stage, claim);
    planStep(stage, claim, addDays(on, 25), () =>
      steps.approve(as('assessor', one.person), {
        panel: { panelId, members: sitting().slice(0, 2) },
      }),
    );
  }
}

function planOnce(stage: Stage, fate: Fate): void {
  const random = stage.random.of(`once/${fate}`);
  const member = somebody(stage);
  const on = addDays(stage.from, random.int(200, 900));
  const fits = ({ accept }: { accept: string }): boolean => accept === 'approval';
  const claim = inventClaim(stage, member, on, random, fits, fate === 'approved-in-part' ? 2 : 1);
  planHandingIn(stage, claim, 'noon');
  planFate(stage, claim, fate);
}
