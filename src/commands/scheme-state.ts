import type { AnyFact } from '../events/registry.ts';
import { type CivilDate, within } from '../scheme/civil-date.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';

export interface Appointment {
  appointmentId: string;
  person: string;
  categories: string[] | undefined;
  mostPoints: number | undefined;
  delegates: string[];
  from: CivilDate;
  until: CivilDate | undefined;
}

export interface Panel {
  members: string[];
  quorum: number;
  from: CivilDate;
  until: CivilDate | undefined;
}

export interface Interest {
  interestId: string;
  person: string;
  in: string;
  from: CivilDate;
  until: CivilDate | undefined;
}

/** What decisions need to know of one scheme: its rules, who may decide, and who is too near to. */
export interface Scheme {
  rulebooks: PublishedRulebook[];
  appointments: Map<string, Appointment>;
  panels: Map<string, Panel>;
  interests: Interest[];
}

export const scheme = {
  initial: (): Scheme => ({
    rulebooks: [],
    appointments: new Map(),
    panels: new Map(),
    interests: [],
  }),
  evolve(state: Scheme, fact: AnyFact): Scheme {
    if (fact.type === 'RulebookPublished') {
      state.rulebooks.push({ eventId: fact.id, ...fact.data });
    } else if (fact.type === 'AssessorAppointed') {
      const { categories, mostPoints, until, ...rest } = fact.data;
      state.appointments.set(rest.appointmentId, { ...rest, categories, mostPoints, until });
    } else if (fact.type === 'AppointmentEnded') {
      const appointment = state.appointments.get(fact.data.appointmentId);
      if (appointment !== undefined) appointment.until = fact.data.until;
    } else if (fact.type === 'PanelConstituted') {
      const { panelId, members, quorum, from, until } = fact.data;
      state.panels.set(panelId, { members, quorum, from, until });
    } else if (fact.type === 'InterestDeclared') {
      const { interestId, person, from, until } = fact.data;
      state.interests.push({ interestId, person, in: fact.data.in, from, until });
    }
    return state;
  },
};

/** The appointments under which a person may decide on a day, as assessor or as delegate. */
export function appointmentsOf(
  state: Scheme,
  person: ReadonlySet<string>,
  day: CivilDate,
): { appointment: Appointment; capacity: 'assessor' | 'delegate' }[] {
  const found: { appointment: Appointment; capacity: 'assessor' | 'delegate' }[] = [];
  for (const appointment of state.appointments.values()) {
    if (!within(day, appointment)) continue;
    if (person.has(appointment.person)) found.push({ appointment, capacity: 'assessor' });
    else if (appointment.delegates.some((delegate) => person.has(delegate))) {
      found.push({ appointment, capacity: 'delegate' });
    }
  }
  return found;
}
