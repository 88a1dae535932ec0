import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Day, Uuid } from './shapes.ts';

/** SHA-256 (hex) over the canonical text of the sorted ids. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Points in hundredths, up or down. */
const SignedPoints = z
  .int()
  .min(-100_000_000)
  .max(100_000_000)
  .refine((points) => points !== 0, { error: 'an adjustment of nothing is none' });

export const Change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('retract') }),
  z.strictObject({
    kind: z.literal('adjust'),
    scheme: Uuid,
    cycle: Code,
    category: Code,
    points: SignedPoints,
  }),
]);
export type Change = z.infer<typeof Change>;

/** One selected fact, and the member in whose stream it stands. */
export const CorrectionItem = z.strictObject({ person: Uuid, eventId: Uuid });
export type CorrectionItem = z.infer<typeof CorrectionItem>;

export const CorrectionProposed = defineFact({
  type: 'CorrectionProposed',
  category: 'correction',
  says: 'A compensating change is proposed: what it selects, as of when, and what it would do.',
  shape: {
    predicate: z.strictObject({ by: z.literal('fact') }),
    /** Facts with an index below it were looked at. */
    asOf: z.int().min(1),
    count: z.int().min(1),
    digest: Digest,
    /** How many facts `CorrectionItemsListed` follow in the same append. */
    parts: z.int().min(1),
    change: Change,
    reasons: z.array(Code).min(1).max(20),
    proposedBy: Uuid,
  },
});

export const CorrectionItemsListed = defineFact({
  type: 'CorrectionItemsListed',
  category: 'correction',
  says: 'A chunk of the facts that a correction selects.',
  shape: { part: z.int().min(1), items: z.array(CorrectionItem).min(1).max(1_000) },
});

export const CorrectionApproved = defineFact({
  type: 'CorrectionApproved',
  category: 'correction',
  says: 'Another person approves a correction, and repeats what exactly.',
  shape: {
    digest: Digest,
    decidedBy: z.array(Uuid).min(1).max(20),
    decidedOn: Day,
    reasons: z.array(Code).max(20),
  },
});

export const CorrectionCompleted = defineFact({
  type: 'CorrectionCompleted',
  category: 'correction',
  says: 'A correction is carried out: how many facts it reached, and which it passed over, and why.',
  shape: {
    applied: z.int().min(0),
    skipped: z.array(z.strictObject({ reason: Code, count: z.int().min(1) })).max(100),
  },
});

export const PointsAdjusted = defineFact({
  type: 'PointsAdjusted',
  category: 'member',
  says: 'An approved correction adds points to a member’s awarded, or takes some away.',
  shape: {
    scheme: Uuid,
    cycle: Code,
    category: Code,
    points: SignedPoints,
    correction: Uuid,
    /** The fact that it makes good. */
    corrects: Uuid,
  },
});

export const FactRetracted = defineFact({
  type: 'FactRetracted',
  category: 'member',
  says: 'A fact of this stream never was, from now on; as-of earlier still shows it.',
  shape: { eventId: Uuid, reasons: z.array(Code).min(1).max(20), correction: Uuid },
});
