import { z } from 'zod';
import { newIdOf } from '../events/ids.ts';
import { Code, Day, Uuid } from '../events/shapes.ts';
import { addDays } from '../scheme/civil-date.ts';
import { Rulebook } from '../scheme/rulebook.ts';
import { remarksOn } from '../scheme/rulebook-check.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';

/** Publishes the next version of a scheme's rulebook. Versions are 1, 2, 3, ... */
export const publishRulebook = defineCommand({
  name: 'publish-rulebook',
  category: 'scheme',
  body: z.strictObject({ version: z.int().min(1), effectiveFrom: Day, rulebook: Rulebook }),
  decide({ body }, state) {
    const next = state.rulebooks.length + 1;
    if (body.version !== next) {
      refuse('version-wrong', `version ${next} is next, not ${body.version}`);
    }
    refuseFaulty(body.rulebook);
    return [{ type: 'RulebookPublished', data: body }];
  },
});

/** @throws Rejection `rulebook-faulty` where a rule names what is not there, or contradicts another */
export function refuseFaulty(rulebook: Rulebook): void {
  const [first, ...others] = remarksOn(rulebook).filter(({ level }) => level === 'error');
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `; and ${others.length} more`;
  refuse('rulebook-faulty', `${first.path.join('.')}: ${first.says}${more}`);
}

/** Appoints an assessor from a day on. */
export const appointAssessor = defineCommand({
  name: 'appoint-assessor',
  category: 'scheme',
  body: z.strictObject({
    person: Uuid,
    categories: z.array(Code).min(1).max(50).optional(),
    mostPoints: z.int().min(0).optional(),
    delegates: z.array(Uuid).max(20).optional(),
    from: Day,
    until: Day.optional(),
  }),
  decide({ id, body }) {
    datesInOrder(body);
    const data = {
      ...body,
      delegates: body.delegates ?? [],
      appointmentId: newIdOf(id, 'appointment'),
    };
    return [{ type: 'AssessorAppointed', data }];
  },
});

/**
 * Ends an appointment, tomorrow at the earliest: a decision taken today stays valid. One that is still ahead ends
 * on its first day at the earliest, and then never is in force.
 */
export const endAppointment = defineCommand({
  name: 'end-appointment',
  category: 'scheme',
  body: z.strictObject({ until: Day }),
  decide({ path, body, today }, state) {
    const appointmentId = path['appointment'] ?? '';
    const appointment = state.appointments.get(appointmentId);
    if (appointment === undefined) {
      refuse('appointment-unknown', `no appointment ${appointmentId} in this scheme`);
    }
    if (appointment.until !== undefined && appointment.until <= body.until) {
      refuse('appointment-over', `this appointment ends on ${appointment.until} already`);
    }
    const tomorrow = addDays(today, 1);
    const earliest = appointment.from > tomorrow ? appointment.from : tomorrow;
    if (body.until < earliest) refuse('date-wrong', `it may end on ${earliest} at the earliest`);
    return [{ type: 'AppointmentEnded', data: { appointmentId, until: body.until } }];
  },
});

/** Forms a panel; its quorum is at most its size. */
export const constitutePanel = defineCommand({
  name: 'constitute-panel',
  category: 'scheme',
  body: z.strictObject({
    members: z.array(Uuid).min(1).max(20),
    quorum: z.int().min(1).max(20),
    from: Day,
    until: Day.optional(),
  }),
  decide({ id, body }) {
    datesInOrder(body);
    const size = new Set(body.members).size;
    if (size !== body.members.length) refuse('panel-doubled', 'each person sits on a panel once');
    if (body.quorum > size) {
      refuse('quorum-short', `a panel of ${size} cannot have a quorum of ${body.quorum}`);
    }
    return [{ type: 'PanelConstituted', data: { ...body, panelId: newIdOf(id, 'panel') } }];
  },
});

/** Declares an interest of a person: an assessor one of their own, an admin anybody's. */
export const declareInterest = defineCommand({
  name: 'declare-interest',
  category: 'scheme',
  body: z.strictObject({
    person: Uuid,
    in: Uuid,
    kind: z.enum(['employer', 'provider', 'colleague', 'other']),
    from: Day,
    until: Day.optional(),
  }),
  decide({ id, body, actor, own }) {
    if (actor.role === 'assessor' && !own.has(body.person)) {
      refuse('own-interest', 'an assessor declares interests of their own; an admin any');
    }
    datesInOrder(body);
    return [{ type: 'InterestDeclared', data: { ...body, interestId: newIdOf(id, 'interest') } }];
  },
});

function datesInOrder(body: { from: string; until?: string | undefined }): void {
  if (body.until !== undefined && body.until <= body.from) {
    refuse('date-wrong', `until (${body.until}) must be after from (${body.from})`);
  }
}
