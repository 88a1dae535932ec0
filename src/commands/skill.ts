import { z } from 'zod';
import { SkillAtLevel } from '../events/claim.ts';
import { newIdOf } from '../events/ids.ts';
import { Code, Day } from '../events/shapes.ts';
import { SkillSource } from '../events/skill.ts';
import { type Command, defineCommand } from './define.ts';
import { frameworksOf, inFramework } from './framework-state.ts';
import { inOrder } from './interval.ts';
import type { Member } from './member.ts';
import { identityKid, mustBeMember } from './membership.ts';
import { refuse } from './rejection.ts';

const observed = { source: SkillSource, observedOn: Day, validUntil: Day.optional() };
type Observed = { source: string; observedOn: string; validUntil?: string | undefined };

/** Credits a skill that no claim stands for: by oneself, a peer, a manager, from outside. */
export const creditSkill = defineCommand({
  name: 'credit-skill',
  category: 'member',
  body: z.strictObject({ ...SkillAtLevel.shape, ...observed }),
  digestKid: identityKid,
  context: (load, { body }) => frameworksOf(load, [body]),
  decide(command, state, frameworks) {
    mustBeMember(state, command.today);
    const { id, body, actor } = command;
    observable(command);
    inFramework(frameworks, body);
    const held = [...state.skills.values()].find(
      ({ framework, skill, until }) =>
        framework.id === body.framework.id && skill === body.skill && until === undefined,
    );
    if (held !== undefined) {
      refuse('already-credited', `this skill is held at ${held.level}: reassess it`);
    }
    const data = { creditId: newIdOf(id, 'credit'), ...body, by: actor.id };
    return [{ type: 'SkillCredited', data }];
  },
});

/** Puts a credited skill at another level, higher or lower, as observed on a day not before the last. */
export const reassessSkill = defineCommand({
  name: 'reassess-skill',
  category: 'member',
  body: z.strictObject({ level: Code, ...observed }),
  digestKid: identityKid,
  async context(load, { path }, state) {
    const credit = state.skills.get(path['credit'] ?? '');
    return frameworksOf(load, credit === undefined ? [] : [credit]);
  },
  decide(command, state, frameworks) {
    const { body, actor } = command;
    observable(command);
    const { creditId, observedOn, framework, skill } = creditOf(command, state);
    inFramework(frameworks, { framework, skill, level: body.level });
    if (body.observedOn < observedOn) refuse('date-wrong', `it was observed on ${observedOn} last`);
    return [{ type: 'SkillReassessed', data: { creditId, ...body, by: actor.id } }];
  },
});

/** Ends a credited skill on a day. */
export const endSkill = defineCommand({
  name: 'end-skill',
  category: 'member',
  body: z.strictObject({ until: Day }),
  digestKid: identityKid,
  decide(command, state) {
    const { creditId, observedOn } = creditOf(command, state);
    inOrder({ from: observedOn, until: command.body.until });
    return [{ type: 'SkillEnded', data: { creditId, until: command.body.until } }];
  },
});

function creditOf(command: Command<unknown>, state: Member) {
  const creditId = command.path['credit'] ?? '';
  const credit = state.skills.get(creditId);
  if (credit === undefined) refuse('credit-unknown', `no credited skill ${creditId}`);
  if (credit.until !== undefined) refuse('credit-over', `this skill ended on ${credit.until}`);
  return { creditId, ...credit };
}

/** What is said of oneself is by `self`, and `self` is said by nobody else. */
function observable({ subject, body, actor, own, today }: Command<Observed>): void {
  const self = actor.id === subject || own.has(subject);
  if (self !== (body.source === 'self')) {
    refuse('own-skill', 'of oneself the source is self; of another it is not');
  }
  if (body.observedOn > today) refuse('date-wrong', `nothing was observed after ${today}`);
  inOrder({ from: body.observedOn, until: body.validUntil });
}
