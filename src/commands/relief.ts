import { z } from 'zod';
import { newIdOf } from '../events/ids.ts';
import { ReliefClass } from '../events/relief.ts';
import { Code, Day, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { cycleMeant } from './cycle.ts';
import { type Command, defineCommand } from './define.ts';
import { inOrder } from './interval.ts';
import type { Member } from './member.ts';
import { identityKid, mustBeMember } from './membership.ts';
import { refuse } from './rejection.ts';
import type { Relief } from './relief-state.ts';

const relief = {
  class: ReliefClass,
  from: Day,
  until: Day.optional(),
  minutesPerWeek: z.int().min(0).max(10_080).optional(),
  reason: text(limits.longText).optional(),
};

/** Grants a relief. Its reason is sealed under a key of its own, and can be erased alone. */
export const grantRelief = defineCommand({
  name: 'grant-relief',
  category: 'member',
  body: z.strictObject(relief),
  digestKid: ({ newKid }) => newKid,
  decide({ id, body, today, newKid: kid }, state) {
    mustBeMember(state, today);
    inOrder(body);
    const { reason, ...rest } = body;
    const data = { reliefId: newIdOf(id, 'relief'), kid, ...rest };
    return [{ type: 'ReliefGranted', data, texts: because(kid, reason) }];
  },
});

/** States a relief anew, as a whole. */
export const changeRelief = defineCommand({
  name: 'change-relief',
  category: 'member',
  body: z.strictObject(relief),
  digestKid: reliefKid,
  decide(command, state) {
    const { reliefId, kid } = reliefOf(command, state);
    inOrder(command.body);
    const { reason, ...rest } = command.body;
    return [{ type: 'ReliefChanged', data: { reliefId, ...rest }, texts: because(kid, reason) }];
  },
});

/** Ends a relief on a day. */
export const endRelief = defineCommand({
  name: 'end-relief',
  category: 'member',
  body: z.strictObject({ until: Day }),
  digestKid: reliefKid,
  decide(command, state) {
    const { reliefId, from, until } = reliefOf(command, state);
    inOrder({ from, until: command.body.until });
    if (until !== undefined && until <= command.body.until) {
      refuse('relief-over', `this relief ends on ${until} already`);
    }
    return [{ type: 'ReliefEnded', data: { reliefId, until: command.body.until } }];
  },
});

/** Lets a member hand in later for one cycle of a scheme. */
export const extendDeadline = defineCommand({
  name: 'extend-deadline',
  category: 'member',
  body: z.strictObject({
    scheme: Uuid,
    cycle: Code,
    until: Day,
    reason: text(limits.longText).optional(),
  }),
  digestKid: identityKid,
  context: async (load, { body }) => load('scheme', body.scheme),
  decide({ body, today }, state, scheme) {
    mustBeMember(state, today);
    const { reason, ...said } = body;
    const joined = state.membership.schemes.get(said.scheme);
    if (joined === undefined) {
      refuse('scheme-not-joined', 'this member takes no part in that scheme');
    }
    const data = { ...said, cycle: cycleMeant(scheme, said.cycle, joined.anchor) };
    const before = state.reliefs.deadlines.get(`${data.scheme}/${data.cycle}`);
    if (before !== undefined && data.until <= before) {
      refuse('deadline-earlier', `the deadline is ${before} already`);
    }
    const texts = because(state.membership.kid, reason);
    return [{ type: 'DeadlineExtended', data, texts }];
  },
});

function reliefOf(command: Command<unknown>, state: Member): Relief & { reliefId: string } {
  const reliefId = command.path['relief'] ?? '';
  const found = state.reliefs.granted.get(reliefId);
  if (found === undefined) refuse('relief-unknown', `no relief ${reliefId} of this member`);
  return { reliefId, ...found };
}

function reliefKid(command: Command<unknown>, state: Member): string | undefined {
  const kid = state.reliefs.granted.get(command.path['relief'] ?? '')?.kid;
  // Its reason may be erased while the relief runs on: what says nothing of it goes under the identity.
  if (kid === undefined || state.erasure.kids.has(kid)) return identityKid(command, state);
  return kid;
}

function because(kid: string, reason: string | undefined) {
  return reason === undefined ? [] : [{ kid, fields: { reason } }];
}
