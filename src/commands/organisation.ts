import { z } from 'zod';
import { Identifier } from '../events/organisation.ts';
import { Code, Day, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import { defineCommand } from './define.ts';
import { inOrder, overlap } from './interval.ts';
import type { Organisation } from './organisation-state.ts';
import { refuse } from './rejection.ts';

const details = {
  name: text(limits.shortText),
  type: Code,
  region: Code.optional(),
  nation: Code.optional(),
};
const Identifiers = z.array(Identifier).max(50);

/** Enters a body. Its id is minted: its codes may change, and some have none. */
export const registerOrganisation = defineCommand({
  name: 'register-organisation',
  category: 'organisation',
  body: z.strictObject({ ...details, from: Day, identifiers: Identifiers.optional() }),
  decide({ body }, state) {
    if (state.from !== undefined) refuse('organisation-exists', 'this body is entered already');
    const identifiers = body.identifiers ?? [];
    oneCodeAtATime(identifiers);
    return [{ type: 'OrganisationRegistered', data: { ...body, identifiers } }];
  },
});

/** States name, type and place anew, as a whole, from a day on. */
export const changeOrganisation = defineCommand({
  name: 'change-organisation',
  category: 'organisation',
  body: z.strictObject({ ...details, effectiveOn: Day }),
  decide({ body }, state) {
    const { from } = known(state);
    if (body.effectiveOn < from) refuse('date-wrong', `it began on ${from}`);
    return [{ type: 'OrganisationDetailsChanged', data: body }];
  },
});

/** States the codes of a body anew, as a whole. */
export const changeIdentifiers = defineCommand({
  name: 'change-identifiers',
  category: 'organisation',
  body: z.strictObject({ identifiers: Identifiers }),
  decide({ body }, state) {
    known(state);
    oneCodeAtATime(body.identifiers);
    return [{ type: 'OrganisationIdentifiersChanged', data: body }];
  },
});

/** Ends a body without a successor. */
export const endOrganisation = defineCommand({
  name: 'end-organisation',
  category: 'organisation',
  body: z.strictObject({ until: Day }),
  decide({ body }, state) {
    const { from } = running(state);
    inOrder({ from, until: body.until });
    return [{ type: 'OrganisationEnded', data: body }];
  },
});

/** Says who takes a body's place: a merger and a rename have one successor, a split several. */
export const succeedOrganisation = defineCommand({
  name: 'succeed-organisation',
  category: 'organisation',
  body: z
    .strictObject({
      successors: z.array(Uuid).min(1).max(50),
      kind: z.enum(['merger', 'split', 'rename']),
      effectiveOn: Day,
    })
    .refine(({ kind, successors }) => kind === 'split' || successors.length === 1, {
      error: 'a merger and a rename have one successor',
    }),
  async context(load, { body }) {
    return Promise.all(body.successors.map((id) => load('organisation', id)));
  },
  decide({ subject, body }, state, successors) {
    const { from } = known(state);
    if (state.successors.length > 0) {
      refuse('organisation-ended', 'its successors are known already');
    }
    if (body.successors.includes(subject)) {
      refuse('succeeds-itself', 'a body does not succeed itself');
    }
    for (const successor of successors) known(successor);
    inOrder({ from, until: body.effectiveOn });
    if (state.until !== undefined && state.until > body.effectiveOn) {
      refuse('date-wrong', `it ends on ${state.until}, not before`);
    }
    return [{ type: 'OrganisationSucceeded', data: body }];
  },
});

/** Refuses a body that nobody entered. */
export function known(state: Organisation): { from: CivilDate } {
  const { from } = state;
  if (from === undefined) refuse('organisation-unknown', 'this body is not entered');
  return { from };
}

/** Refuses a body that is not there on a day. */
export function thereOn(state: Organisation, day: CivilDate): void {
  const { from } = known(state);
  if (day < from) refuse('date-wrong', `this body began on ${from}`);
  if (state.until !== undefined && day >= state.until) {
    refuse('organisation-ended', `this body ended on ${state.until}`);
  }
}

function running(state: Organisation): { from: CivilDate } {
  const { from } = known(state);
  if (state.until !== undefined) {
    refuse('organisation-ended', `this body ended on ${state.until} already`);
  }
  return { from };
}

function oneCodeAtATime(identifiers: readonly z.infer<typeof Identifier>[]): void {
  for (const [index, identifier] of identifiers.entries()) {
    inOrder(identifier);
    const other = identifiers
      .slice(index + 1)
      .find((later) => later.register === identifier.register && overlap(identifier, later));
    if (other !== undefined) {
      refuse(
        'date-wrong',
        `two codes of ${other.register} at once: ${identifier.code}, ${other.code}`,
      );
    }
  }
}
