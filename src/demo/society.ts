import { v5 } from 'uuid';
import { grantAuthority } from '../commands/authority.ts';
import { startEmployment } from '../commands/employment.ts';
import { publishFramework } from '../commands/framework.ts';
import { joinScheme } from '../commands/membership.ts';
import { registerOrganisation } from '../commands/organisation.ts';
import { register } from '../commands/register.ts';
import { appointAssessor, publishRulebook } from '../commands/scheme.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as, system, type Who } from './act.ts';
import { frameworkBody } from './framework.ts';
import type { Body } from './organisations.ts';
import { rulebookOf } from './rulebooks.ts';
import { type Member, type Person, type Stage, somebody } from './stage.ts';

/** The first day from which a rulebook of the demo is in force: members bring a year with them. */
export function rulesFrom(from: CivilDate): CivilDate {
  return `${Number(from.slice(0, 4)) - 2}-01-01`;
}

/** The day from which the second rulebooks are in force; they are published some weeks before. */
export function secondRulesFrom(from: CivilDate): CivilDate {
  return `${Number(from.slice(0, 4)) + 2}-01-01`;
}

/** The office, the bodies, the rules and the framework: what is there before any member. */
export function planSociety(stage: Stage): void {
  const { plan, act, from, staff, bodies } = stage;
  plan.add(from, 'early', 'office', () => enterOffice(stage));
  for (const body of bodies) {
    plan.add(from, 'morning', body.code, () => enterBody(stage, body, as('admin', staff.admin)));
  }
  plan.add(from, 'morning', 'rules', async () => {
    const who = as('admin', staff.admin);
    for (const scheme of ['general', 'advanced'] as const) {
      const body = { version: 1, effectiveFrom: rulesFrom(from), rulebook: rulebookOf(scheme, 1) };
      stage.schemes[scheme] = (await act.begin(publishRulebook, { who, body })).subject;
    }
    const begun = await act.begin(publishFramework, { who, body: frameworkBody() });
    stage.skills = frameworkBody().skills.map((_skill, index) => ({
      framework: { id: begun.subject, version: 1 },
      skill: newIdOf(begun.commandId, `skill/${index}`),
    }));
  });
  const second = secondRulesFrom(from);
  plan.add(addDays(second, -40), 'noon', 'rules', async () => {
    for (const scheme of ['general', 'advanced'] as const) {
      const rulebook = rulebookOf(scheme, 2, addDays(second, -366));
      const body = { version: 2, effectiveFrom: second, rulebook };
      const subject = stage.schemes[scheme];
      await act.run(publishRulebook, { subject, who: as('admin', staff.admin), body });
    }
  });
}

/** Everybody who is or becomes a member: registered, in the scheme, with their post. */
export function planMembers(stage: Stage): void {
  for (const member of stage.members) {
    const there = member.enters === stage.from;
    const who = (): Who => (there ? system('import') : as('admin', stage.staff.admin));
    stage.plan.add(member.enters, 'noon', member.lane, () => enterMember(stage, member, who()));
  }
}

/**
 * Chooses who decides: members of some standing. The first is the demo's assessor, the second its reviewer; the
 * last but one leaves office half way, and the last follows; one decides on qualifications and secondments alone.
 */
export function chooseAssessors(stage: Stage): void {
  const { assessors, from, endsOn, scale } = stage;
  const half = addDays(from, 540);
  const count = Math.max(6, Math.round(26 * scale));
  for (let index = 0; index < count; index++) {
    const person = somebody(
      stage,
      ({ grade, body, advanced }) =>
        grade === 'full' && body !== undefined && (index > 0 || !advanced),
    );
    assessors.push({
      person,
      from: addDays(index === count - 1 ? half : from, 1),
      until: index === count - 2 ? half : undefined,
      categories: index === 2 ? ['qualification', 'secondment'] : undefined,
      appointmentId: '',
    });
  }
  if (half >= endsOn) throw new RangeError('the demo is too short');
}

/** Those who decide: members, appointed by the office. */
export function planAssessors(stage: Stage): void {
  const { plan, act, assessors, staff } = stage;
  for (const assessor of assessors) {
    plan.add(assessor.from, 'early', 'appointments', async () => {
      const { person, from, categories } = assessor;
      // Its end is decided later, when it comes.
      const body = { person: person.id, from, categories };
      const who = as('admin', staff.admin);
      const general = await act.run(appointAssessor, {
        subject: stage.schemes.general,
        who,
        body: withoutAbsent(body),
      });
      assessor.appointmentId = newIdOf(general.commandId, 'appointment');
    });
  }
  const reviewer = assessors[1]?.person;
  if (reviewer === undefined) throw new Error('nobody reviews');
  plan.add(addDays(stage.from, 1), 'early', 'appointments', () =>
    act.run(grantAuthority, {
      subject: reviewer.id,
      who: as('admin', staff.admin),
      body: { role: 'reviewer' },
    }),
  );
}

/** Registers a member, with scheme and post. */
async function enterMember(stage: Stage, member: Member, who: Who): Promise<void> {
  const { act, ledger } = stage;
  const { name, email, number, grade, on, title } = member;
  const body = { name, email, number, grade, on, jobTitle: title };
  const asking = act.ask(who);
  const { person } = await register(ledger, { body, raw: body, ...asking });
  member.id = person;
  const first = rulesFrom(stage.from);
  const joined = { on: on < first ? first : on, anchor: on };
  for (const scheme of member.advanced
    ? (['general', 'advanced'] as const)
    : ['general' as const]) {
    const joining = { scheme: stage.schemes[scheme], ...joined };
    await act.run(joinScheme, { subject: person, who, body: joining });
  }
  if (member.body === undefined) return;
  member.employmentId = await employ(stage, member, member.body, who);
}

/** Records a post from the day of entry, or from the body's first day; says its id. */
async function employ(stage: Stage, member: Member, at: Body, who: Who): Promise<string> {
  const from = member.on < at.from ? at.from : member.on;
  const body = { organisation: at.id, from, jobTitle: member.title };
  const started = await stage.act.run(startEmployment, { subject: member.id, who, body });
  return newIdOf(started.commandId, 'employment');
}

/** Enters a body in the ledger. */
export async function enterBody(stage: Stage, body: Body, who: Who): Promise<void> {
  const { name, type, region, nation, from, code } = body;
  const identifiers = [{ register: 'invented', code, from }];
  const entry = { name, type, region, nation, from, identifiers };
  body.id = (await stage.act.begin(registerOrganisation, { who, body: entry })).subject;
}

/** A person of the office or elsewhere, who is no member. */
export async function enterPerson(stage: Stage, person: Person, name: string): Promise<void> {
  person.id = await stage.ledger.vault.enterPerson(v5(name, stage.ledger.ledgerId));
}

async function enterOffice(stage: Stage): Promise<void> {
  const { ledger, act, staff } = stage;
  for (const [name, person] of Object.entries(staff)) {
    // The first admin's id is the one that a ledger without a demo would give.
    await enterPerson(stage, person, name === 'admin' ? 'first-admin' : `demo/${name}`);
  }
  const grant = (person: Person, who: Who, role: 'admin' | 'auditor' | 'analyst') =>
    act.run(grantAuthority, { subject: person.id, who, body: { role } });
  await grant(staff.admin, system('setup'), 'admin');
  await ledger.vault.keepSecret('first-admin', Buffer.from(staff.admin.id));
  const who = as('admin', staff.admin);
  await grant(staff.secondAdmin, who, 'admin');
  await grant(staff.auditor, who, 'auditor');
  await grant(staff.analyst, who, 'analyst');
}

function withoutAbsent<T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } {
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: NonNullable<T[K]> };
}
