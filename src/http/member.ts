import { z } from 'zod';
import { adoptRulebook } from '../commands/adopt-rulebook.ts';
import { correctNumber, renumber } from '../commands/correct-number.ts';
import type { Member } from '../commands/member.ts';
import {
  changeDetails,
  changeGrade,
  endMembership,
  joinScheme,
  leaveScheme,
  registerMember,
  resumeMembership,
} from '../commands/membership.ts';
import { openedDetails } from '../commands/opened.ts';
import { register } from '../commands/register.ts';
import { isSystemId, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { bySharing } from './access.ts';
import { MemberShown, shown, standingOf } from './member-shown.ts';
import { command, type Operation, read, replyOf, requestOf, under, write } from './operation.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';
import { nonEmpty } from './text.ts';

const Person = Uuid.refine((id) => !isSystemId(id), { error: 'the id of a person is expected' });

/** The state of a member, or 404: clear data alone. */
export async function memberState(
  services: Services,
  member: string,
): Promise<{ state: Member; revision: bigint }> {
  const { state, revision } = await services.ledger.streams.load('member', member);
  const { standing } = state.membership;
  if (standing === 'none' || standing === 'abandoned') {
    throw new Problem(404, 'member-unknown', 'this person is not registered');
  }
  return { state, revision };
}

export const memberOperations: readonly Operation[] = under('members', [
  write({
    id: 'register-member',
    path: '/v1/members',
    summary: 'Register a member. Without `person` a new person is minted.',
    may: ['admin'],
    body: registerMember.body.and(
      z.strictObject({ person: Person.optional() }),
    ) as unknown as z.ZodType<Registering>,
    async run({ ledger }, { body: { person, ...body }, ...call }) {
      const { raw, key, actor, correlationId, submittedOn, caller } = call;
      const sent = { body, raw, key, actor, own: caller.own, correlationId, submittedOn };
      const answer = await register(ledger, person === undefined ? sent : { ...sent, person });
      return replyOf(answer, { member: answer.person });
    },
  }),
  read({
    id: 'show-member',
    path: '/v1/members/{member}',
    summary:
      'A member as they stand now: clear data, no name. With whom it is shared sees standing, grade and schemes alone. Its ETag goes into If-Match.',
    may: ['own', 'admin', 'auditor', 'reviewer', 'assessor', { shares: 'standing' }],
    output: MemberShown,
    async run(services, { path, actor }) {
      const member = path['member'] ?? '';
      const { state, revision } = await memberState(services, member);
      const whole = shown(member, state, todayOf(services));
      return { body: bySharing(actor) ? standingOf(whole) : whole, revision };
    },
  }),
  read({
    id: 'open-details',
    path: '/v1/members/{member}/details',
    summary: 'Name, address, number and job title of a member, opened.',
    may: ['own', 'admin', 'auditor', { shares: 'contact' }],
    opens: true,
    output: z.object({ member: z.uuid(), details: z.record(z.string(), z.string()) }),
    async run(services, { path }) {
      const member = path['member'] ?? '';
      await memberState(services, member);
      return { body: { member, details: await openedDetails(services.ledger, member) } };
    },
  }),
  read({
    id: 'search-members',
    method: 'post',
    path: '/v1/members/search',
    summary:
      'Members by words of their name, or by their number. A POST, so that no name stands in a URL.',
    may: ['admin', 'auditor', 'reviewer', 'assessor'],
    opens: true,
    body: z.union([
      z.strictObject({ text: nonEmpty(limits.shortText) }),
      z.strictObject({ number: nonEmpty(32) }),
    ]),
    output: z.object({ items: z.array(z.object({ person: z.uuid(), name: z.string() })) }),
    async run({ directory, ledger }, { body }) {
      if ('text' in body)
        return { body: { items: await directory.search(body.text, limits.pageDefault) } };
      const person = await ledger.vault.personByNumber(body.number);
      const name = person === undefined ? undefined : await directory.nameOf(person);
      return { body: { items: person === undefined ? [] : [{ person, name: name ?? '' }] } };
    },
  }),
  command(changeDetails, {
    path: '/v1/members/{member}/details',
    summary: 'State name, address and job title anew, as a whole.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
  write({
    id: correctNumber.name,
    path: '/v1/members/{member}/numbers',
    summary: 'Correct a membership number that was wrong; the wrong one may be had again.',
    may: ['admin'],
    body: correctNumber.body,
    async run(services, call) {
      const member = call.path['member'] ?? '';
      await memberState(services, member);
      const request = requestOf(correctNumber, call, member);
      return replyOf(await renumber(services.ledger, request));
    },
  }),
  command(changeGrade, {
    path: '/v1/members/{member}/grades',
    summary: 'Move a member to another grade from a day on.',
    may: ['admin'],
    subject: 'member',
  }),
  command(endMembership, {
    path: '/v1/members/{member}/endings',
    summary: 'End a membership: resigned, lapsed or died.',
    may: ['admin'],
    subject: 'member',
  }),
  command(resumeMembership, {
    path: '/v1/members/{member}/resumptions',
    summary: 'Go on with a membership that had ended: reinstated after a gap, or rejoined.',
    may: ['admin'],
    subject: 'member',
  }),
  command(joinScheme, {
    path: '/v1/members/{member}/schemes',
    summary: 'Take part in a scheme from a day on.',
    may: ['admin'],
    subject: 'member',
  }),
  command(adoptRulebook, {
    path: '/v1/members/{member}/rulebook-adoptions',
    summary: 'Adopt a version of a scheme’s rules before it binds everybody, where it offers that.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
  command(leaveScheme, {
    path: '/v1/members/{member}/scheme-endings',
    summary: 'Take no further part in a scheme.',
    may: ['admin'],
    subject: 'member',
  }),
]);

type Registering = z.output<typeof registerMember.body> & { person?: string | undefined };
