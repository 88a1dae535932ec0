import { z } from 'zod';
import type { Member } from '../commands/member.ts';
import { standingOn } from '../commands/membership-state.ts';

/** A member; what is optional is absent for somebody with whom no more than the standing is shared. */
export const MemberShown = z.object({
  member: z.uuid(),
  standing: z.enum(['member', 'ended', 'died', 'merged', 'erased']),
  since: z.string().describe('the day since when the standing is what it is'),
  grade: z.string(),
  goesOnAs: z.uuid().optional().describe('where this id was a duplicate'),
  schemes: z.array(
    z.object({
      scheme: z.uuid(),
      from: z.string(),
      anchor: z.string(),
      until: z.string().optional(),
    }),
  ),
  employments: z
    .array(
      z.object({
        employment: z.uuid(),
        organisation: z.uuid(),
        from: z.string(),
        until: z.string().optional(),
      }),
    )
    .optional(),
  placements: z
    .array(
      z.object({
        placement: z.uuid(),
        employment: z.uuid(),
        host: z.uuid(),
        from: z.string(),
        until: z.string().optional(),
      }),
    )
    .optional(),
  reliefs: z
    .array(z.object({ relief: z.uuid(), from: z.string(), until: z.string().optional() }))
    .optional(),
  sharings: z
    .array(
      z.object({
        sharing: z.uuid(),
        to: z.object({ kind: z.string(), id: z.uuid() }),
        what: z.string(),
        from: z.string(),
        until: z.string().optional(),
      }),
    )
    .optional(),
  skills: z
    .array(
      z.object({
        credit: z.uuid(),
        framework: z.object({ id: z.uuid(), version: z.int() }),
        skill: z.uuid(),
        level: z.string(),
        source: z.string().describe('on whose word, as last observed'),
        observedOn: z.string(),
        validUntil: z.string().optional(),
        until: z.string().optional(),
      }),
    )
    .optional(),
  claims: z.int().optional().describe('how many there are'),
});

/** A member as they stand on a day, whole. */
export function shown(member: string, state: Member, today: string): z.input<typeof MemberShown> {
  const { membership, posts, reliefs, sharings, skills, erasure, claims } = state;
  const { mergedInto } = erasure;
  const now = standingOn(membership, today);
  const standing = erasure.person ? 'erased' : mergedInto !== undefined ? 'merged' : now?.standing;
  return {
    member,
    standing: standing as z.input<typeof MemberShown>['standing'],
    since: now?.since ?? '',
    grade: membership.grade,
    ...(mergedInto === undefined ? {} : { goesOnAs: mergedInto }),
    schemes: [...membership.schemes].map(([scheme, joined]) => defined({ scheme, ...joined })),
    employments: [...posts.employments].map(([employment, post]) =>
      defined({ employment, ...post }),
    ),
    placements: [...posts.placements].map(([placement, { organisation, employmentId, ...days }]) =>
      defined({ placement, employment: employmentId, host: organisation, ...days }),
    ),
    reliefs: [...reliefs.granted].map(([relief, { from, until }]) =>
      defined({ relief, from, until }),
    ),
    sharings: [...sharings].map(([sharing, granted]) => defined({ sharing, ...granted })),
    skills: [...skills].map(([credit, held]) => defined({ credit, ...held })),
    claims: claims.size,
  };
}

/** Of a member what they share who share their standing: not their posts, reliefs, skills, or with whom they share. */
export function standingOf(whole: z.input<typeof MemberShown>): z.input<typeof MemberShown> {
  const { member, standing, since, grade, goesOnAs, schemes } = whole;
  return {
    member,
    standing,
    since,
    grade,
    ...(goesOnAs === undefined ? {} : { goesOnAs }),
    schemes,
  };
}

/** Absent is absent, never null. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as never;
}
