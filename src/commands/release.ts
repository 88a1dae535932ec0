import { z } from 'zod';
import { Code, text } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';

/** Publishes the next version of what keeps published tables from speaking of single people. */
export const publishDisclosureProfile = defineCommand({
  name: 'publish-disclosure-profile',
  category: 'release',
  body: z.strictObject({
    version: z.int().min(1),
    name: text(limits.shortText),
    minimumMembers: z.int().min(1).max(1_000),
    minimumCell: z.int().min(1).max(1_000),
    roundingBase: z.int().min(1).max(1_000),
    smallBase: z.int().min(0).max(10_000),
    /** Absent: region by type of authority. */
    level: z.enum(['council', 'region-by-type', 'region', 'nation', 'society']).optional(),
  }),
  decide({ body }, { profile, neighbours }) {
    if (neighbours) refuse('release-wrong', 'neighbours stand here, no disclosure profile');
    const next = (profile?.data.version ?? 0) + 1;
    if (body.version !== next) {
      refuse('version-wrong', `version ${next} is next, not ${body.version}`);
    }
    const data = { ...body, level: body.level ?? ('region-by-type' as const) };
    return [{ type: 'DisclosureProfilePublished', data }];
  },
});

/** States as a whole which regions border on which: each names the other. The latest statement is in force. */
export const publishNeighbours = defineCommand({
  name: 'publish-neighbours',
  category: 'release',
  body: z.strictObject({
    regions: z
      .array(z.strictObject({ region: Code, neighbours: z.array(Code).max(100) }))
      .min(1)
      .max(200),
  }),
  decide({ body }, { profile, neighbours }) {
    if (profile !== undefined || neighbours) {
      refuse('release-wrong', 'neighbours are stated anew in a stream of their own');
    }
    const of = new Map(body.regions.map((one) => [one.region, new Set(one.neighbours)]));
    if (of.size !== body.regions.length) refuse('neighbours-wrong', 'a region stands twice');
    for (const [region, others] of of) {
      if (others.has(region)) refuse('neighbours-wrong', `${region} does not border on itself`);
      const silent = [...others].find((other) => of.get(other)?.has(region) !== true);
      if (silent !== undefined) {
        refuse('neighbours-wrong', `${region} names ${silent}, which does not name ${region}`);
      }
    }
    return [{ type: 'NeighboursPublished', data: body }];
  },
});
