import { z } from 'zod';
import { newIdOf } from '../events/ids.ts';
import { Code, Day, Uuid } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { frameworksOf, inFramework } from './framework-state.ts';
import { thereOn } from './organisation.ts';
import type { Organisation } from './organisation-state.ts';
import { refuse } from './rejection.ts';

const people = z.int().max(1_000_000);

/** States what a body says of itself: so many of its people can do something, at a level or at all. */
export const declareCapability = defineCommand({
  name: 'declare-capability',
  category: 'organisation',
  body: z.strictObject({
    framework: z.strictObject({ id: Uuid, version: z.int().min(1) }),
    skill: Uuid,
    /** At this level or above it; absent: at any. */
    level: Code.optional(),
    headcount: people.min(0),
    /** Of how many people in all. */
    of: people.min(1),
    /** Absent: today. */
    asOf: Day.optional(),
  }),
  context: (load, { body }) => frameworksOf(load, [body]),
  decide({ id, body, actor, today }, state, frameworks) {
    const asOf = body.asOf ?? today;
    if (asOf > today) refuse('date-wrong', `nothing is declared as of a day after ${today}`);
    thereOn(state, asOf);
    inFramework(frameworks, body);
    const { headcount, of } = body;
    if (headcount > of) refuse('headcount-beyond', `${headcount} of ${of} people is too many`);
    const said = { ...body, asOf };
    if (isDeclared(state, said)) refuse('already-declared', 'this is declared already');
    const declarationId = newIdOf(id, 'declaration');
    return [{ type: 'CapabilityDeclared', data: { declarationId, ...said, by: actor.id } }];
  },
});

/** Takes a declaration back from a day on; from the day as of which it was made: it never held. */
export const withdrawCapability = defineCommand({
  name: 'withdraw-capability',
  category: 'organisation',
  body: z.strictObject({ until: Day.optional() }),
  decide({ path, body, actor, today }, state) {
    const declarationId = path['declaration'] ?? '';
    const declared = state.declarations.get(declarationId);
    if (declared === undefined) {
      refuse('declaration-unknown', `this body has no declaration ${declarationId}`);
    }
    if (declared.until !== undefined) {
      refuse('declaration-over', `this declaration holds until ${declared.until} already`);
    }
    const until = body.until ?? today;
    if (until < declared.asOf) refuse('date-wrong', `it was made as of ${declared.asOf}`);
    return [{ type: 'CapabilityWithdrawn', data: { declarationId, until, by: actor.id } }];
  },
});

function isDeclared(
  { declarations }: Organisation,
  said: Omit<Parameters<typeof sameAs>[0], 'until'>,
): boolean {
  return [...declarations.values()].some(
    (declared) => declared.until === undefined && sameAs(declared) === sameAs(said),
  );
}

function sameAs(said: {
  framework: { id: string; version: number };
  skill: string;
  level?: string | undefined;
  headcount: number;
  of: number;
  asOf: string;
}): string {
  const { framework, skill, level, headcount, of, asOf } = said;
  return JSON.stringify([framework.id, framework.version, skill, level, headcount, of, asOf]);
}
