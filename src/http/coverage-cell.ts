import { z } from 'zod';
import { Code } from '../events/shapes.ts';
import { allAsked, derivedShown, MemberDerivedShown } from './capability-cell.ts';
import { capabilityAsked, profileAsked } from './capability-query.ts';
import { type Operation, read, under } from './operation.ts';
import { cursorPage, PageQuery } from './paging.ts';
import { Problem } from './problem.ts';
import { todayOf } from './services.ts';

const { on, asOf, councils, council, region, source } = capabilityAsked;

const MemberStands = MemberDerivedShown.extend({
  stands: z
    .enum(['enough', 'known', 'not-known'])
    .describe('enough for it; known not to be; or not known, since nothing was seen lately'),
});

export const coverageCellOperations: readonly Operation[] = under('reports', [
  read({
    id: 'explain-coverage',
    path: '/v1/reports/coverage/cell',
    summary:
      'What `enough` and `known` of a report of coverage are made of: the members of a body, or of a region, and the facts by which each is enough for a need.',
    may: ['admin', 'auditor'],
    limit: 'heavy',
    query: PageQuery.extend({
      ...profileAsked,
      need: Code,
      way: z.coerce.number<string>().int().min(0).default(0).describe('its place among the ways'),
      on,
      asOf,
      councils,
      council,
      region,
      source,
      all: allAsked,
    }),
    output: cursorPage(MemberStands).extend({
      on: z.string(),
      asOf: z.int(),
      need: z.object({ need: z.string(), name: z.string() }),
      way: z.object({
        framework: z.object({ id: z.uuid(), version: z.int() }),
        skill: z.uuid(),
        level: z.string(),
        wanted: z.int(),
      }),
    }),
    async run(services, { query: { limit, cursor, ...asked } }) {
      const today = todayOf(services);
      const query = { ...asked, on: asked.on ?? today, today };
      const found = await services.views.coverageCell(query, { limit, cursor });
      if (found !== undefined) return { body: { ...found, items: found.items.map(derivedShown) } };
      throw new Problem(404, 'profile-unknown', 'there is no such profile, need or way');
    },
  }),
]);

/** What makes a question of the report, or of another that asks the same. */
interface Asked {
  profile: { profile: string; version: number };
  on: string;
  asOf: number;
  councils?: string;
}

/** Where the figures of one way to meet a need are taken apart, at a body or in a region. */
export function behindWay(
  { profile, on: day, asOf: index, councils: when }: Asked,
  at: { council: string } | { region: string },
  { need, way, all }: { need: string; way: number; all: boolean },
): string {
  const asked = {
    profile: profile.profile,
    version: String(profile.version),
    need,
    way: String(way),
    on: day,
    asOf: String(index),
    ...(when === undefined ? {} : { councils: when }),
    ...at,
    ...(all ? { all: 'true' } : {}),
  };
  return `/v1/reports/coverage/cell?${new URLSearchParams(asked)}`;
}
