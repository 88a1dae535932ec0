import { endAuthority, grantAuthority } from '../commands/authority.ts';
import { grantSharing, withdrawSharing } from '../commands/sharing.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate, daysBetween } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { workday } from './clock.ts';
import type { Body } from './organisations.ts';
import { isPlain, type Member, type Person, type Stage, somebody } from './stage.ts';

/**
 * Plans line managers and organisation contacts, and what members let them see. The first body is that of the
 * demo's member, manager and contact: the member shares all with it.
 */
export function tellOfSharing(stage: Stage): void {
  const count = Math.max(2, Math.round(30 * stage.scale));
  const large = stage.bodies.filter(({ told, employs }) => !told && employs >= 5);
  for (const [index, body] of large.slice(0, count).entries()) {
    const there = stage.members.filter((member) => member.body === body);
    const manager = there.find((member) => isPlain(member) && member.enters <= stage.from);
    if (manager === undefined) continue;
    manager.told = true;
    manager.title = 'Head of digital services';
    planGrant(stage, manager, 'line-manager', body, addDays(stage.from, 14));
    if (stage.people === undefined) planDemoPeople(stage, body, manager);
    else if (index === 1) planHandingOver(stage, manager, body);
    for (const member of there) if (member !== manager) planSharing(stage, member, body);
  }
  const { member } = demoPeople(stage);
  planTrustedPerson(stage, somebody(stage), member);
}

/** The demo's own people, once they are chosen. */
export function demoPeople(stage: Stage): NonNullable<Stage['people']> {
  if (stage.people === undefined) throw new Error('the society has no body large enough');
  return stage.people;
}

function planDemoPeople(stage: Stage, body: Body, manager: Member): void {
  const member = somebody(
    stage,
    (other) => other.body === body && !other.advanced && other.grade === 'full',
  );
  stage.people = { member, manager };
  member.busy = 9;
  const { contact } = stage.staff;
  planGrant(stage, contact, 'organisation-contact', body, addDays(stage.from, 14));
  for (const what of ['standing', 'statement', 'skills', 'contact'] as const) {
    planShare(stage, member, body, what, addDays(stage.from, 30));
  }
}

function planGrant(
  stage: Stage,
  person: Person,
  role: 'line-manager' | 'organisation-contact',
  body: Body,
  day: CivilDate,
): void {
  stage.plan.add(workday(day), 'office', 'office', () =>
    stage.act.run(grantAuthority, {
      subject: person.id,
      who: as('admin', stage.staff.admin),
      body: { role, organisation: body.id },
    }),
  );
}

/** A manager hands over to another of the same body: the grant of the first ends. */
function planHandingOver(stage: Stage, manager: Member, body: Body): void {
  const { plan, act, staff } = stage;
  const day = workday(addDays(stage.from, 520));
  const next = somebody(stage, (other) => other.body !== undefined);
  plan.add(day, 'office', 'office', async () => {
    const { state } = await stage.ledger.streams.load('authority', manager.id);
    const [grant = ''] = state.grants.keys();
    await act.run(endAuthority, {
      subject: manager.id,
      who: as('admin', staff.admin),
      path: { grant },
      body: { until: day },
    });
  });
  planGrant(stage, next, 'line-manager', body, day);
}

function planSharing(stage: Stage, member: Member, body: Body): void {
  const random = stage.random.of(`sharing/${member.lane}`);
  const first = addDays(member.enters, 20);
  const span = daysBetween(first, stage.endsOn) - 40;
  if (!isPlain(member) || span < 1 || !random.chance(0.6)) return;
  const day = addDays(first, random.int(0, span));
  const until = random.chance(0.1) ? addDays(day, random.int(30, 300)) : undefined;
  planShare(stage, member, body, 'standing', day);
  planShare(stage, member, body, 'statement', day, until);
  if (random.chance(0.4)) planShare(stage, member, body, 'skills', day);
  if (random.chance(0.2)) planShare(stage, member, body, 'contact', day);
}

function planShare(
  stage: Stage,
  member: Member,
  body: Body,
  what: 'standing' | 'statement' | 'skills' | 'contact',
  day: CivilDate,
  until?: CivilDate,
): void {
  const { plan, act } = stage;
  let sharing = '';
  const at = () => ({ subject: member.id, who: as('member', member) });
  plan.add(day, 'noon', member.lane, async () => {
    const to = { kind: 'organisation' as const, id: body.id };
    const answer = await act.run(grantSharing, { ...at(), body: { to, what } });
    sharing = newIdOf(answer.commandId, 'sharing');
  });
  if (until === undefined) return;
  plan.add(until, 'noon', member.lane, () =>
    act.run(withdrawSharing, { ...at(), path: { sharing }, body: {} }),
  );
}

/** Somebody lets one person see their statement for a while: a mentor. */
function planTrustedPerson(stage: Stage, member: Member, mentor: Person): void {
  const day = addDays(stage.from, 230);
  stage.plan.add(day, 'noon', member.lane, () =>
    stage.act.run(grantSharing, {
      subject: member.id,
      who: as('member', member),
      body: {
        to: { kind: 'person', id: mentor.id },
        what: 'statement',
        from: day,
        until: addDays(day, 365),
      },
    }),
  );
}
