import { z } from 'zod';
import { newIdOf } from '../events/ids.ts';
import { Day } from '../events/shapes.ts';
import { Shared, SharedWith } from '../events/sharing.ts';
import { type CivilDate, within } from '../scheme/civil-date.ts';
import { defineCommand } from './define.ts';
import { inOrder, overlap } from './interval.ts';
import { identityKid, mustBeMember } from './membership.ts';
import { refuse } from './rejection.ts';
import type { Sharing, Sharings } from './sharing-state.ts';

/** Lets an organisation or a person see something of the member's. */
export const grantSharing = defineCommand({
  name: 'grant-sharing',
  category: 'member',
  body: z.strictObject({
    to: SharedWith,
    what: Shared,
    from: Day.optional(),
    until: Day.optional(),
  }),
  digestKid: identityKid,
  decide({ id, body, today }, state) {
    mustBeMember(state, today);
    const data = { ...body, from: body.from ?? today };
    inOrder(data);
    const same = [...state.sharings.values()].find(
      (sharing) => isSame(sharing, data) && overlap(sharing, data),
    );
    if (same !== undefined) refuse('already-shared', `this is shared since ${same.from}`);
    return [{ type: 'SharingGranted', data: { sharingId: newIdOf(id, 'sharing'), ...data } }];
  },
});

/** Shares something no longer: from today on, or from a later day. */
export const withdrawSharing = defineCommand({
  name: 'withdraw-sharing',
  category: 'member',
  body: z.strictObject({ until: Day.optional() }),
  digestKid: identityKid,
  decide({ path, body, today }, state) {
    const sharingId = path['sharing'] ?? '';
    const sharing = state.sharings.get(sharingId);
    if (sharing === undefined) refuse('sharing-unknown', `no sharing ${sharingId}`);
    const until = body.until ?? today;
    if (until < today) refuse('date-wrong', 'what was seen was seen: it ends today or later');
    if (sharing.until !== undefined && sharing.until <= until) {
      refuse('sharing-over', `this is shared until ${sharing.until} already`);
    }
    return [{ type: 'SharingWithdrawn', data: { sharingId, until } }];
  },
});

/** Whether something is shared with an organisation or a person on a day. */
export function sharedOn(
  sharings: Sharings,
  to: Sharing['to'],
  what: Sharing['what'],
  day: CivilDate,
): boolean {
  return [...sharings.values()].some(
    (sharing) => isSame(sharing, { to, what }) && within(day, sharing),
  );
}

function isSame(a: Pick<Sharing, 'to' | 'what'>, b: Pick<Sharing, 'to' | 'what'>): boolean {
  return a.what === b.what && a.to.kind === b.to.kind && a.to.id === b.to.id;
}
