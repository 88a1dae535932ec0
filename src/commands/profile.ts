import { z } from 'zod';
import { Alternative } from '../events/profile.ts';
import type { AnyFact } from '../events/registry.ts';
import { Code, Day, text } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import { defineCommand } from './define.ts';
import { frameworksOf, inFramework } from './framework-state.ts';
import { refuse } from './rejection.ts';

/** How many versions of a profile there are, and since when it is retired. */
export interface Profile {
  versions: number;
  until: CivilDate | undefined;
}

export const profile = {
  initial: (): Profile => ({ versions: 0, until: undefined }),
  evolve(state: Profile, fact: AnyFact): Profile {
    if (fact.type === 'ProfilePublished') state.versions = fact.data.version;
    else if (fact.type === 'ProfileRetired') state.until = fact.data.until;
    return state;
  },
};

/** Publishes the next version of what a body needs to deliver something. */
export const publishProfile = defineCommand({
  name: 'publish-profile',
  category: 'profile',
  body: z.strictObject({
    version: z.int().min(1),
    name: text(limits.shortText),
    needs: z
      .array(
        z.strictObject({
          need: Code,
          name: text(limits.shortText),
          anyOf: z.array(Alternative).min(1).max(20),
        }),
      )
      .min(1)
      .max(50),
    types: z.array(Code).min(1).max(50).optional(),
  }),
  context: (load, { body }) =>
    frameworksOf(
      load,
      body.needs.flatMap(({ anyOf }) => anyOf),
    ),
  decide({ body }, state, frameworks) {
    const next = state.versions + 1;
    if (body.version !== next) {
      refuse('version-wrong', `version ${next} is next, not ${body.version}`);
    }
    notRetired(state);
    const codes = body.needs.map(({ need }) => need);
    const twice = codes.find((code, index) => codes.indexOf(code) !== index);
    if (twice !== undefined) refuse('need-doubled', `the need ${twice} stands twice`);
    for (const { anyOf } of body.needs) {
      for (const way of anyOf) inFramework(frameworks, way, true);
    }
    return [{ type: 'ProfilePublished', data: body }];
  },
});

/** Retires a profile: from a day on nobody should ask for it. What was asked before can still be asked. */
export const retireProfile = defineCommand({
  name: 'retire-profile',
  category: 'profile',
  body: z.strictObject({ until: Day.optional() }),
  decide({ body, today }, state) {
    if (state.versions === 0) refuse('profile-unknown', 'there is no such profile');
    notRetired(state);
    const until = body.until ?? today;
    if (until < today) refuse('date-wrong', `it may be retired on ${today} at the earliest`);
    return [{ type: 'ProfileRetired', data: { until } }];
  },
});

function notRetired({ until }: Profile): void {
  if (until !== undefined) refuse('profile-retired', `this profile is retired from ${until} on`);
}
