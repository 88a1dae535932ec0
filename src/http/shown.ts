import { z } from 'zod';
import { Actor, Quantity } from '../events/shapes.ts';
import { outcomes } from '../scheme/outcome.ts';
import { orders } from '../scheme/weigh.ts';

const day = z.string().describe('YYYY-MM-DD');
const hundredths = z.int().describe('hundredths of a point');

const Losses = z
  .array(
    z.object({
      rule: z.string(),
      number: z.int().optional(),
      version: z.int(),
      says: z.string(),
      points: hundredths,
    }),
  )
  .describe('why the rest does not count: counted and these are what was awarded');

const Lots = z.array(
  z.object({
    from: z.string().describe('the cycle in which they were earned'),
    points: hundredths,
    left: z.int().describe('in how many cycles they may still be used'),
  }),
);

export const StatementShown = z.object({
  member: z.uuid(),
  asOf: z.int().describe('facts with a lower index were looked at'),
  statement: z.object({
    scheme: z.uuid(),
    title: z.string().optional().describe('what members call the scheme'),
    cycle: z.object({ cycle: z.string(), from: day, until: day }),
    on: day,
    rulebook: z.object({ version: z.int(), eventId: z.uuid() }),
    grade: z.string().optional(),
    target: hundredths.optional(),
    targetMade: z.array(
      z.object({
        by: z.enum(['grade', 'rulebook', 'joining', 'relief', 'rounding']),
        name: z.string(),
        points: hundredths,
        from: day.optional(),
        until: day.optional(),
      }),
    ),
    awarded: hundredths,
    counted: hundredths,
    uncounted: hundredths,
    carriedIn: Lots,
    carriedOut: Lots.describe('what would go on to the next cycle'),
    shortfallIn: hundredths.describe('what the cycle before was short of, and was filled first'),
    madeGood: hundredths.describe('of what was needed, what was done in the time of grace'),
    order: z.enum(orders).describe('in which order entries filled the limits'),
    needed: hundredths.describe('still needed to meet the target'),
    doBy: day.describe('the last day of the cycle'),
    recordBy: day.optional().describe('the last day on which it may be handed in'),
    outcome: z.enum(outcomes),
    categories: z.array(
      z.object({ category: z.string(), awarded: hundredths, counted: hundredths }),
    ),
    requirements: z.array(
      z.object({
        name: z.string(),
        from: day,
        until: day,
        unit: z.enum(['points', 'amount', 'entries', 'works', 'months']),
        asked: z.int(),
        had: z.int(),
        madeGood: z
          .int()
          .optional()
          .describe('of what was had, what was done in the time of grace'),
        met: z.boolean(),
        advisory: z.boolean(),
        over: z.boolean(),
        due: z.boolean().describe('not while its months reach back to before the member joined'),
      }),
    ),
    limits: z.array(
      z.object({
        name: z.string(),
        within: z.string().optional(),
        most: z.int(),
        used: z.int(),
        unit: z.enum(['points', 'entries', 'amount']),
      }),
    ),
    lines: z.array(
      z.object({
        claim: z.uuid(),
        line: z.uuid(),
        kind: z.string(),
        from: day,
        until: day,
        topics: z.array(z.string()),
        standing: z.string(),
        underReview: z.boolean(),
        claimed: Quantity,
        accepted: Quantity.optional(),
        earned: z
          .object({
            version: z.int(),
            eventId: z.uuid().describe('the fact that published the rulebook'),
            approval: z.uuid(),
            kind: z.string(),
            number: z.int().optional().describe('its place among what the kind earns'),
            says: z.string().optional(),
          })
          .optional()
          .describe('by which rule what was accepted became what is awarded'),
        awarded: hundredths,
        approved: hundredths
          .optional()
          .describe('what was approved, where a later rulebook re-rates'),
        counted: hundredths,
        uncounted: Losses,
        categories: z.array(z.string()),
        events: z.array(z.uuid()),
      }),
    ),
    entries: z.array(
      z.object({
        kind: z.enum(['adjusted', 'brought-in']),
        event: z.uuid(),
        category: z.string(),
        awarded: z.int(),
        counted: z.int(),
        uncounted: Losses,
      }),
    ),
  }),
});

export const HistoryShown = z.object({
  member: z.uuid(),
  asOf: z.int(),
  facts: z.array(
    z.object({
      id: z.uuid(),
      stream: z.string(),
      type: z.string(),
      index: z.int(),
      revision: z.string(),
      recordedAt: z.string(),
      submittedOn: day.optional(),
      actor: Actor,
      data: z.record(z.string(), z.unknown()).describe('the clear part: text stays sealed'),
      retracted: z.boolean(),
      awarded: z.array(
        z.object({ scheme: z.uuid(), cycle: z.string(), category: z.string(), points: z.int() }),
      ),
    }),
  ),
});
