import { z } from 'zod';
import { Actor, Quantity } from '../events/shapes.ts';

const day = z.string().describe('YYYY-MM-DD');
const hundredths = z.int().describe('hundredths of a point');

export const StatementShown = z.object({
  member: z.uuid(),
  asOf: z.int().describe('facts with a lower index were looked at'),
  statement: z.object({
    scheme: z.uuid(),
    cycle: z.object({ cycle: z.string(), from: day, until: day }),
    on: day,
    grade: z.string().optional(),
    target: hundredths.optional(),
    rulebook: z.object({ version: z.int(), eventId: z.uuid() }).optional(),
    awarded: hundredths,
    categories: z.array(z.object({ category: z.string(), awarded: hundredths })),
    weighed: z.literal(false).describe('nothing has been weighed: what counts is not said'),
    note: z.string(),
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
        awarded: hundredths,
        awards: z.array(
          z.object({
            category: z.string(),
            points: hundredths,
            state: z.string(),
            rulebook: z.object({ version: z.int(), eventId: z.uuid() }),
            approval: z.uuid(),
          }),
        ),
        events: z.array(z.uuid()),
      }),
    ),
    entries: z.array(z.looseObject({ kind: z.string(), points: z.int() })),
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
