import { z } from 'zod';
import type { Rulebook } from './rulebook.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** Version 1 of the format: kinds, units, categories, points per unit, targets by grade, a calendar year. */
export const RulebookV1 = z.strictObject({
  cycle: z.literal('calendar-year'),
  kinds: z
    .array(
      z.strictObject({
        kind: code,
        unit: z.enum(['hour', 'day', 'month', 'unit', 'credit']),
        category: code,
        /** Hundredths of a point for one whole unit. */
        pointsPerUnit: z.int().min(0).max(1_000_000),
        counts: z.enum(['recording', 'approval']),
      }),
    )
    .min(1)
    .max(200),
  targets: z.array(z.strictObject({ grade: code, points: z.int().min(0).max(100_000_000) })),
});
export type RulebookV1 = z.infer<typeof RulebookV1>;

/** Version 1 said no limit and no carry, so everything awarded counts; a version governed what was done from its day. */
export function fromVersion1({ kinds, targets }: RulebookV1): Rulebook {
  return {
    format: 2,
    governs: 'activities',
    cycle: { months: 12, starts: 'fixed', from: '2000-01-01' },
    kinds: kinds.map(({ kind, category, unit, pointsPerUnit, counts }) => ({
      kind,
      category,
      measure: unit === 'hour' ? 'minute' : unit,
      accept: counts,
      earns: [
        {
          rate: {
            points: pointsPerUnit,
            per: unit === 'hour' ? { amount: 60, unit: 'minute' } : { amount: 100, unit },
          },
        },
      ],
    })),
    targets,
  };
}
