import type { Ledger } from '../commands/handle.ts';
import type { Views } from '../projections/views.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import type { EvidenceStore } from '../vault/vault.ts';
import type { Act } from './act.ts';
import type { Body } from './organisations.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';

/** What a demo is made on: a ledger that is open, and where its evidence goes. */
export interface DemoLedger extends Ledger {
  evidence: EvidenceStore;
  /** The read models, caught up with the ledger. */
  views(): Promise<Views>;
}

/** A human of the demo. The id is there once the person is entered. */
export interface Person {
  id: string;
  name: string;
  email: string;
}

/** A member of the society, as planned. */
export interface Member extends Person {
  /** What is planned about one member happens one after another. */
  lane: string;
  number: string;
  grade: string;
  /** Since when they are a member, and on which day the ledger learns it. */
  on: CivilDate;
  enters: CivilDate;
  /** Where they work as they enter; absent: a private member. */
  body: Body | undefined;
  employmentId: string;
  title: string;
  advanced: boolean;
  /** Claims in a year, about. */
  busy: number;
  /** When they claim nothing: half-open, the last without end for who left. */
  away: { from: CivilDate; until?: CivilDate }[];
  /** Whether a story is told of them already. */
  told: boolean;
}

/** Who may decide claims, since when and until when. */
export interface Assessor {
  person: Member;
  from: CivilDate;
  until: CivilDate | undefined;
  categories: string[] | undefined;
  appointmentId: string;
}

/** A skill of the demo's framework. */
export interface Skill {
  framework: { id: string; version: number };
  skill: string;
}

/** People of the office: none of them is a member. */
export interface Staff {
  admin: Person;
  secondAdmin: Person;
  auditor: Person;
  analyst: Person;
  contact: Person;
}

/** The demo while it is being planned and made. */
export interface Stage {
  ledger: DemoLedger;
  act: Act;
  plan: Plan;
  random: Random;
  from: CivilDate;
  endsOn: CivilDate;
  scale: number;
  names: Set<string>;
  places: Set<string>;
  bodies: Body[];
  members: Member[];
  staff: Staff;
  /** The demo's own member, and the manager with whom they share: chosen by a story. */
  people: { member: Member; manager: Member } | undefined;
  assessors: Assessor[];
  /** Ids of the schemes, once there. */
  schemes: { general: string; advanced: string };
  skills: Skill[];
}

/** Whether a member is there and claims things on a day. */
export function isAround(member: Member, day: CivilDate): boolean {
  if (day <= member.enters) return false;
  return member.away.every(
    ({ from, until }) => day < from || (until !== undefined && day >= until),
  );
}

/** Whether a member's name is on the books by a day and no story ends their membership at all. */
export function isPlain(member: Member): boolean {
  return !member.told && member.away.length === 0;
}

/** Somebody of whom no story is told yet, and who fits; from then on one is. */
export function somebody(stage: Stage, fits: (member: Member) => boolean = () => true): Member {
  const found = stage.members.find(
    (member) => isPlain(member) && member.enters <= stage.from && fits(member),
  );
  if (found === undefined) throw new Error('the society is too small for its stories');
  found.told = true;
  return found;
}
