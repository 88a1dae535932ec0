import { z } from 'zod';
import { newIdOf } from '../events/ids.ts';
import { Day, Fraction, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { within } from '../scheme/civil-date.ts';
import { defineCommand } from './define.ts';
import type { Post } from './employment-state.ts';
import { inOrder, overlap } from './interval.ts';
import { identityKid, mustBeMember } from './membership.ts';
import { thereOn } from './organisation.ts';
import { refuse } from './rejection.ts';

/** A share of full time, more than nothing and at most all of it. */
const Share = Fraction.refine(({ num, den }) => num > 0 && num <= den, {
  error: 'a share of full time is expected: more than 0, at most 1',
});
const jobTitle = text(limits.shortText).optional();

/** Records that an organisation employs the member: one of several at once, if so. */
export const startEmployment = defineCommand({
  name: 'start-employment',
  category: 'member',
  body: z.strictObject({
    organisation: Uuid,
    share: Share.optional(),
    from: Day,
    until: Day.optional(),
    jobTitle,
  }),
  digestKid: identityKid,
  context: async (load, { body }) => load('organisation', body.organisation),
  decide({ id, body, today }, state, organisation) {
    mustBeMember(state, today);
    inOrder(body);
    thereOn(organisation, body.from);
    const same = [...state.posts.employments.values()].find(
      (post) => post.organisation === body.organisation && overlap(post, body),
    );
    if (same !== undefined) {
      refuse('already-employed', `this organisation employs the member since ${same.from}`);
    }
    const { jobTitle: title, share = { num: 1, den: 1 }, ...rest } = body;
    const data = { ...rest, share, employmentId: newIdOf(id, 'employment') };
    return [{ type: 'EmploymentStarted', data, texts: titled(state.membership.kid, title) }];
  },
});

/** Records another share of full time, or another title, from a day on. */
export const changeEmployment = defineCommand({
  name: 'change-employment',
  category: 'member',
  body: z.strictObject({ share: Share, from: Day, jobTitle }),
  digestKid: identityKid,
  decide({ path, body }, state) {
    const employmentId = path['employment'] ?? '';
    const post = state.posts.employments.get(employmentId);
    if (post === undefined) refuse('employment-unknown', `no employment ${employmentId}`);
    if (!within(body.from, post)) refuse('employment-over', `it does not run on ${body.from}`);
    const { jobTitle: title, ...rest } = body;
    const texts = titled(state.membership.kid, title);
    return [{ type: 'EmploymentChanged', data: { employmentId, ...rest }, texts }];
  },
});

/**
 * Ends an employment on a day, and with it the placements from it, which have no ground of their own: one that
 * would run on ends on that day, one that would begin then or later never does.
 */
export const endEmployment = defineCommand({
  name: 'end-employment',
  category: 'member',
  body: z.strictObject({ until: Day }),
  digestKid: identityKid,
  decide({ path, body }, state) {
    const employmentId = path['employment'] ?? '';
    const post = state.posts.employments.get(employmentId);
    if (post === undefined) refuse('employment-unknown', `no employment ${employmentId}`);
    mayEnd(post, body.until, 'employment-over');
    const { until } = body;
    const placements = [...state.posts.placements].filter(
      ([, placed]) =>
        placed.employmentId === employmentId &&
        (placed.until === undefined || placed.until > until),
    );
    return [
      { type: 'EmploymentEnded', data: { employmentId, until } },
      ...placements.map(([placementId, { from }]) => ({
        type: 'PlacementEnded' as const,
        data: { placementId, until: from > until ? from : until },
      })),
    ];
  },
});

/** Records that an employed member works at a host: a secondment, no longer than the employment. */
export const startPlacement = defineCommand({
  name: 'start-placement',
  category: 'member',
  body: z.strictObject({ host: Uuid, from: Day, until: Day.optional() }),
  digestKid: identityKid,
  context: async (load, { body }) => load('organisation', body.host),
  decide({ id, path, body, today }, state, host) {
    mustBeMember(state, today);
    inOrder(body);
    const employmentId = path['employment'] ?? '';
    const post = state.posts.employments.get(employmentId);
    if (post === undefined) refuse('employment-unknown', `no employment ${employmentId}`);
    if (!within(body.from, post)) refuse('employment-over', `it does not run on ${body.from}`);
    if (post.until !== undefined && (body.until === undefined || body.until > post.until)) {
      refuse('employment-over', `it ends on ${post.until}: a placement from it by then`);
    }
    thereOn(host, body.from);
    const same = [...state.posts.placements.values()].find(
      (placed) => placed.employmentId === employmentId && overlap(placed, body),
    );
    if (same !== undefined) {
      refuse('placed-already', `from this post the member is placed elsewhere since ${same.from}`);
    }
    const data = { placementId: newIdOf(id, 'placement'), employmentId, ...body };
    return [{ type: 'PlacementStarted', data }];
  },
});

/** Ends a placement on a day. */
export const endPlacement = defineCommand({
  name: 'end-placement',
  category: 'member',
  body: z.strictObject({ until: Day }),
  digestKid: identityKid,
  decide({ path, body }, state) {
    const placementId = path['placement'] ?? '';
    const post = state.posts.placements.get(placementId);
    if (post === undefined) refuse('placement-unknown', `no placement ${placementId}`);
    mayEnd(post, body.until, 'placement-over');
    return [{ type: 'PlacementEnded', data: { placementId, until: body.until } }];
  },
});

function mayEnd(post: Post, until: string, over: 'employment-over' | 'placement-over'): void {
  inOrder({ from: post.from, until });
  if (post.until !== undefined && post.until <= until) {
    refuse(over, `it ends on ${post.until} already`);
  }
}

function titled(kid: string, jobTitle: string | undefined) {
  return jobTitle === undefined ? [] : [{ kid, fields: { jobTitle } }];
}
