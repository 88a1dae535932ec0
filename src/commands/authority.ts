import { z } from 'zod';
import { GrantedRole } from '../events/authority.ts';
import { newIdOf } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import { Day, Uuid } from '../events/shapes.ts';
import { type CivilDate, within } from '../scheme/civil-date.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';

export interface Grant {
  role: GrantedRole;
  organisation: string | undefined;
  from: CivilDate;
  until: CivilDate | undefined;
}

/** What one person has been granted, by grant id. */
export interface Authority {
  grants: Map<string, Grant>;
}

export const authority = {
  initial: (): Authority => ({ grants: new Map() }),
  evolve(state: Authority, fact: AnyFact): Authority {
    if (fact.type === 'AuthorityGranted') {
      const { grantId, role, organisation, from, until } = fact.data;
      state.grants.set(grantId, { role, organisation, from, until });
    } else if (fact.type === 'AuthorityEnded') {
      const grant = state.grants.get(fact.data.grantId);
      if (grant !== undefined) grant.until = fact.data.until;
    }
    return state;
  },
};

/** The grants of a person that are in force on a day. */
export function grantsOn(state: Authority, day: CivilDate): Grant[] {
  return [...state.grants.values()].filter((grant) => within(day, grant));
}

/** Grants a role to the person of the path. */
export const grantAuthority = defineCommand({
  name: 'grant-authority',
  category: 'authority',
  body: z.strictObject({
    role: GrantedRole,
    organisation: Uuid.optional(),
    from: Day.optional(),
    until: Day.optional(),
  }),
  decide({ id, body, actor, today }, state) {
    const from = body.from ?? today;
    if (body.until !== undefined && body.until <= from) {
      refuse('date-wrong', `until (${body.until}) must be after from (${from})`);
    }
    const same = grantsOn(state, from).some(
      (grant) => grant.role === body.role && grant.organisation === body.organisation,
    );
    if (same) refuse('already-granted', `this person is ${body.role} on ${from} already`);
    const data = { ...body, from, grantId: newIdOf(id, 'grant'), by: actor.id };
    return [{ type: 'AuthorityGranted', data }];
  },
});

/**
 * Ends a grant on a day, today at the earliest. One that is still ahead ends on its first day at the earliest,
 * and then never is in force.
 */
export const endAuthority = defineCommand({
  name: 'end-authority',
  category: 'authority',
  body: z.strictObject({ until: Day }),
  decide({ path, body, today }, state) {
    const grantId = path['grant'] ?? '';
    const grant = state.grants.get(grantId);
    if (grant === undefined) refuse('grant-unknown', `no grant ${grantId} of this person`);
    if (grant.until !== undefined && (grant.until <= today || grant.until <= body.until)) {
      refuse('grant-over', `this grant ends on ${grant.until} already`);
    }
    const earliest = grant.from > today ? grant.from : today;
    if (body.until < earliest) refuse('date-wrong', `it may end on ${earliest} at the earliest`);
    return [{ type: 'AuthorityEnded', data: { grantId, until: body.until } }];
  },
});
