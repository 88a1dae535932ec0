import { z } from 'zod';
import { Code, Day, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { type Command, defineCommand } from './define.ts';
import type { Member } from './member.ts';
import { lastStanding, standingOn } from './membership-state.ts';
import { refuse } from './rejection.ts';

const details = {
  name: text(limits.shortText),
  email: z.email({ error: 'an e-mail address is expected' }).max(254).optional(),
  jobTitle: text(limits.shortText).optional(),
};

/** Registers a person as a member. Number and identity key were reserved in the vault before. */
export const registerMember = defineCommand({
  name: 'register-member',
  category: 'member',
  body: z.strictObject({ ...details, number: text(32), grade: Code, on: Day.optional() }),
  digestKid: ({ newKid }) => newKid,
  decide({ subject, body, today, newKid }, state) {
    if (state.membership.standing !== 'none') {
      refuse('member-exists', 'this person is registered already');
    }
    mayBegin(body, today);
    const data = { person: subject, kid: newKid, grade: body.grade, on: body.on ?? today };
    return [{ type: 'Registered', data, texts: [{ kid: newKid, fields: fieldsOf(body) }] }];
  },
});

/** Refuses a membership that is to begin after today. */
export function mayBegin({ on }: { on?: string | undefined }, today: string): void {
  if (on !== undefined && on > today) {
    refuse('date-wrong', 'a membership is recorded when it begins, not before');
  }
}

/** States name, address and job title anew, as a whole. */
export const changeDetails = defineCommand({
  name: 'change-details',
  category: 'member',
  body: z.strictObject({ ...details, on: Day.optional() }),
  digestKid: identityKid,
  decide({ body, today }, state) {
    mustBeMember(state, today);
    const texts = [{ kid: state.membership.kid, fields: fieldsOf(body) }];
    return [{ type: 'DetailsChanged', data: { on: body.on ?? today }, texts }];
  },
});

/** Moves a member to another grade from a day on. */
export const changeGrade = defineCommand({
  name: 'change-grade',
  category: 'member',
  body: z.strictObject({ grade: Code, effectiveOn: Day }),
  digestKid: identityKid,
  decide({ body, today }, state) {
    mustBeMember(state, today);
    if (state.membership.grade === body.grade) {
      refuse('grade-same', `the grade is ${body.grade} already`);
    }
    notBefore(standingOn(state.membership, today)?.since, body.effectiveOn);
    return [{ type: 'GradeChanged', data: body }];
  },
});

/**
 * Ends a membership on a day: resigned, lapsed or died. Until that day it runs, and everything works. An end that
 * was said ahead stands until it is retracted; only a death may come before it.
 */
export const endMembership = defineCommand({
  name: 'end-membership',
  category: 'member',
  body: z.strictObject({ how: z.enum(['Resigned', 'Lapsed', 'Died']), effectiveOn: Day }),
  digestKid: identityKid,
  decide({ body, today }, state) {
    mustBeMember(state, today);
    const { how, effectiveOn } = body;
    notBefore(standingOn(state.membership, today)?.since, effectiveOn);
    const last = lastStanding(state.membership);
    if (last?.standing !== 'member' && !(how === 'Died' && effectiveOn < (last?.since ?? ''))) {
      refuse('membership-ended', `this membership ends on ${last?.since} already`);
    }
    return [{ type: body.how, data: { effectiveOn: body.effectiveOn } }];
  },
});

/** Goes on with a membership that had ended: after a gap, or joining again. */
export const resumeMembership = defineCommand({
  name: 'resume-membership',
  category: 'member',
  body: z.discriminatedUnion('how', [
    z.strictObject({ how: z.literal('Reinstated'), effectiveOn: Day }),
    z.strictObject({
      how: z.literal('Rejoined'),
      effectiveOn: Day,
      grade: Code,
      continuity: z.enum(['kept', 'new']),
    }),
  ]),
  digestKid: identityKid,
  decide({ body }, state) {
    const last = lastStanding(state.membership);
    if (last?.standing === 'member') refuse('membership-running', 'this membership has not ended');
    if (last?.standing !== 'ended')
      refuse('member-unknown', 'there is no membership to go on with');
    notBefore(last.since, body.effectiveOn);
    const { how, ...data } = body;
    return how === 'Reinstated'
      ? [{ type: 'Reinstated', data: { effectiveOn: data.effectiveOn } }]
      : [
          {
            type: 'Rejoined',
            data: data as Omit<Extract<typeof body, { how: 'Rejoined' }>, 'how'>,
          },
        ];
  },
});

/** Takes part in a scheme from a day on; its cycles run from the anchor. */
export const joinScheme = defineCommand({
  name: 'join-scheme',
  category: 'member',
  body: z.strictObject({ scheme: Uuid, on: Day, anchor: Day.optional(), track: Code.optional() }),
  digestKid: identityKid,
  context: async (load, { body }) => load('scheme', body.scheme),
  decide({ body, today }, state, scheme) {
    mustBeMember(state, today);
    if (scheme.rulebooks.length === 0) {
      refuse('rulebook-unknown', 'this scheme does not exist, or has no rulebook yet');
    }
    const joined = state.membership.schemes.get(body.scheme);
    if (joined !== undefined && joined.until === undefined) {
      refuse('already-joined', `this member takes part since ${joined.from}`);
    }
    if (joined?.until !== undefined && body.on < joined.until) {
      refuse('date-wrong', `this member took part until ${joined.until}`);
    }
    const atOnce = [...state.membership.schemes.values()].filter(
      ({ until }) => until === undefined || until > body.on,
    );
    if (atOnce.length >= limits.schemesAtOnce) {
      refuse(
        'too-many',
        `a member takes part in at most ${limits.schemesAtOnce} schemes at a time`,
      );
    }
    return [{ type: 'SchemeJoined', data: { ...body, anchor: body.anchor ?? body.on } }];
  },
});

/** Takes no further part in a scheme. */
export const leaveScheme = defineCommand({
  name: 'leave-scheme',
  category: 'member',
  body: z.strictObject({ scheme: Uuid, on: Day }),
  digestKid: identityKid,
  decide({ body }, state) {
    const joined = state.membership.schemes.get(body.scheme);
    if (joined === undefined || joined.until !== undefined) {
      refuse('scheme-not-joined', 'this member takes no part in that scheme');
    }
    if (body.on <= joined.from) refuse('date-wrong', `it may end after ${joined.from}`);
    return [{ type: 'SchemeLeft', data: body }];
  },
});

/** Refuses what only a membership may do that runs today: one that is to end runs until its day comes. */
export function mustBeMember({ membership }: Member, today: string): void {
  if (membership.standing !== 'registered') {
    refuse('member-unknown', 'this person is not registered');
  }
  const { standing, since } = standingOn(membership, today) ?? {};
  if (standing !== 'member') refuse('membership-ended', `this membership ended on ${since}`);
}

/**
 * Refuses a claim by whose membership has ended, but of what was done while it ran: who leaves in December may
 * still hand in November's course. After a death nothing is claimed.
 *
 * @param days the last day of each line
 */
export function mayClaim(state: Member, days: readonly string[], today: string): void {
  const { membership } = state;
  const ended = standingOn(membership, today)?.standing === 'ended';
  if (ended && days.every((day) => standingOn(membership, day)?.standing === 'member')) return;
  mustBeMember(state, today);
}

/** The member's identity key. */
export function identityKid(_command: Command<unknown>, state: Member): string | undefined {
  return state.membership.kid === '' ? undefined : state.membership.kid;
}

function notBefore(since: string | undefined, day: string): void {
  if (since !== undefined && day < since)
    refuse('date-wrong', `${day} is before ${since}, since when things are as they are`);
}

function fieldsOf(body: {
  name: string;
  email?: string | undefined;
  jobTitle?: string | undefined;
  number?: string;
}): Record<string, string> {
  const { name, email, jobTitle, number } = body;
  const fields: Record<string, string> = {};
  for (const [path, value] of Object.entries({ name, email, jobTitle, number })) {
    if (value !== undefined) fields[path] = value;
  }
  return fields;
}
