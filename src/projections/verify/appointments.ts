import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { Decision } from '../../events/shapes.ts';
import { systemActors } from '../../events/shapes.ts';
import { civilDateIn, within } from '../../scheme/civil-date.ts';
import type { Report } from './finding.ts';
import type { Kin } from './kin.ts';

type FactOfType<T extends AnyFact['type']> = Extract<AnyFact, { type: T }>;

/** Points that a decision awards, and where. */
export interface Awarding {
  lineId: string;
  scheme: string;
  category: string;
  points: number;
}

/** Who may decide, as the facts so far say. */
export interface Appointments {
  follow(fact: AnyFact): void;
  /** What is wrong with the authority on which a decision was taken; undefined: nothing. */
  wrongWith(fact: AnyFact, decision: Decision, awards: readonly Awarding[]): string | undefined;
}

/** The ledger's zone, in which days are counted (contract, 2). */
const ZONE = 'Europe/London';

export function openAppointments(report: Report, kin: Kin): Appointments {
  const appointments = new Map<
    string,
    FactOfType<'AssessorAppointed'>['data'] & { scheme: string }
  >();
  const panels = new Map<string, FactOfType<'PanelConstituted'>['data']>();

  const end = (fact: FactOfType<'AppointmentEnded'>): void => {
    const { appointmentId, until } = fact.data;
    const appointment = appointments.get(appointmentId);
    if (appointment === undefined) report.fact(fact, `there is no appointment ${appointmentId}`);
    else appointments.set(appointmentId, { ...appointment, until });
    const today = civilDateIn(ZONE, fact.metadata.recordedAt);
    if (until <= today)
      report.fact(fact, `ends on ${until}; the day after ${today} is the earliest`);
  };

  const wrongAppointment = (
    { decidedBy, decidedOn, under = '' }: Decision,
    capacity: 'assessor' | 'delegate',
    awards: readonly Awarding[],
  ): string | undefined => {
    const appointment = appointments.get(under);
    if (appointment === undefined) return `no appointment ${under} was known when it was decided`;
    const named = capacity === 'assessor' ? [appointment.person] : appointment.delegates;
    const stranger = decidedBy.find((id) => !named.some((other) => kin.same(id, other)));
    if (decidedBy.length === 0) return `nobody decided it, though an ${capacity} must have`;
    if (stranger !== undefined) return `${stranger} is no ${capacity} under appointment ${under}`;
    if (!within(decidedOn, appointment)) {
      return `appointment ${under} was not in force on ${decidedOn}: ${spanOf(appointment)}`;
    }
    const { categories, mostPoints, scheme } = appointment;
    const here = awards.filter((award) => award.scheme === scheme);
    const reached = new Set(here.map(({ lineId }) => lineId));
    const apart = awards.find(({ lineId }) => !reached.has(lineId));
    if (apart !== undefined) {
      return `appointment ${under} is of scheme ${scheme}, and line ${apart.lineId} awards nothing there`;
    }
    const beyond = here.find(
      ({ category, points }) =>
        (categories !== undefined && !categories.includes(category)) ||
        (mostPoints !== undefined && points > mostPoints),
    );
    return beyond && `appointment ${under} does not cover ${beyond.points} in ${beyond.category}`;
  };

  const wrongPanel = ({ decidedBy, decidedOn, under = '' }: Decision): string | undefined => {
    const panel = panels.get(under);
    if (panel === undefined) return `no panel ${under} was known when it was decided`;
    const stranger = decidedBy.find((id) => !panel.members.includes(id));
    if (stranger !== undefined) return `${stranger} does not sit on panel ${under}`;
    if (!within(decidedOn, panel)) {
      return `panel ${under} was not in being on ${decidedOn}: ${spanOf(panel)}`;
    }
    const sat = decidedBy.filter(
      (id, n) => !decidedBy.slice(0, n).some((other) => kin.same(id, other)),
    ).length;
    return sat < panel.quorum
      ? `${sat} of panel ${under} decided; its quorum is ${panel.quorum}`
      : undefined;
  };

  return {
    follow(fact) {
      if (fact.type === 'AssessorAppointed') {
        const { id: scheme } = streamParts(fact.stream);
        appointments.set(fact.data.appointmentId, { ...fact.data, scheme });
      } else if (fact.type === 'PanelConstituted') panels.set(fact.data.panelId, fact.data);
      else if (fact.type === 'AppointmentEnded') end(fact);
    },
    wrongWith(fact, decision, awards) {
      const { capacity, decidedBy, decidedOn } = decision;
      if (decidedOn > lastDayAt(fact.metadata.recordedAt)) {
        return `decided on ${decidedOn}, after the day on which it was recorded`;
      }
      switch (capacity) {
        case 'assessor':
        case 'delegate':
          return wrongAppointment(decision, capacity, awards);
        case 'panel':
          return wrongPanel(decision);
        case 'rule':
        case 'attendance':
          if (fact.metadata.actor.id !== systemActors.rule) {
            return `in the capacity ${capacity} the rule decides, not ${fact.metadata.actor.id}`;
          }
          return decidedBy.length > 0 ? `names who decided, though the ${capacity} did` : undefined;
        case 'recognition':
        case 'import':
          return undefined;
      }
    },
  };
}

/** The day of an instant in the zone: asked of the calendar only where it is not the day in UTC already. */
function lastDayAt(instant: string): string {
  return instant.slice(11, 13) >= '22' ? civilDateIn(ZONE, instant) : instant.slice(0, 10);
}

function spanOf({ from, until }: { from: string; until?: string | undefined }): string {
  return until === undefined ? `from ${from}` : `from ${from} until ${until}`;
}
