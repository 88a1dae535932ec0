import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Day, Decision, Kid, Points, Quantity, Uuid } from './shapes.ts';

/** What was done, how much, when: never points. Titles and providers as typed are sealed text. */
export const ClaimLine = z.strictObject({
  lineId: Uuid,
  kind: Code,
  quantity: Quantity,
  from: Day,
  /** The day after the last one: intervals are half-open (contract, 2). */
  until: Day,
  attributes: z.strictObject({
    role: Code.optional(),
    level: Code.optional(),
    delivery: Code.optional(),
    /** The work that it was about (a book, a lecture given again): an id, since its name may tell whose it is. */
    workRef: Uuid.optional(),
    programme: Uuid.optional(),
  }),
  topics: z.array(Code).max(20),
  session: Uuid.optional(),
});
export type ClaimLine = z.infer<typeof ClaimLine>;

export const Award = z.strictObject({
  scheme: Uuid,
  rulebook: z.strictObject({ version: z.int().min(1), eventId: Uuid }),
  category: Code,
  topics: z.array(Code).max(20),
  points: Points,
});
export type Award = z.infer<typeof Award>;

export const SkillAtLevel = z.strictObject({
  framework: z.strictObject({ id: Uuid, version: z.int().min(1) }),
  skill: Uuid,
  level: Code,
});

const lineTexts = ['lines/*/title', 'lines/*/provider', 'lines/*/reflection'];
const lines = z.array(ClaimLine).min(1).max(50);
const lineIds = z.array(Uuid).min(1).max(50);

export const Claimed = defineFact({
  type: 'Claimed',
  category: 'member',
  says: 'A member claims what they did, line by line.',
  shape: { claimId: Uuid, kid: Kid, lines },
  sealed: lineTexts,
});

export const ClaimAmended = defineFact({
  type: 'ClaimAmended',
  category: 'member',
  says: 'A claim is stated anew as a whole, before any decision.',
  shape: { claimId: Uuid, lines },
  sealed: lineTexts,
});

export const EvidenceAttached = defineFact({
  type: 'EvidenceAttached',
  category: 'member',
  says: 'A file or a link is attached to a claim as evidence.',
  shape: {
    claimId: Uuid,
    evidenceId: Uuid,
    kid: Kid,
    file: z
      .strictObject({
        /** SHA-256 (hex) of the sealed bytes: the name of the blob. */
        blob: z.string().regex(/^[0-9a-f]{64}$/),
        media: z.enum(['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif']),
        bytes: z.int().min(1),
      })
      .optional(),
  },
  sealed: ['fileName', 'link'],
});

export const ClaimWithdrawn = defineFact({
  type: 'ClaimWithdrawn',
  category: 'member',
  says: 'The member takes a claim back before it is decided.',
  shape: { claimId: Uuid },
});

export const ClaimAssigned = defineFact({
  type: 'ClaimAssigned',
  category: 'member',
  says: 'A claim is given to an assessor.',
  shape: { claimId: Uuid, assessor: Uuid },
});

export const ClaimReturned = defineFact({
  type: 'ClaimReturned',
  category: 'member',
  says: 'A claim goes back to the member with a question; amending it hands it in again.',
  shape: { claimId: Uuid, decision: Decision },
  sealed: ['reason'],
});

export const ClaimRejected = defineFact({
  type: 'ClaimRejected',
  category: 'member',
  says: 'Lines of a claim are rejected, with reasons; an appeal is open.',
  shape: { claimId: Uuid, lines: lineIds, decision: Decision },
  sealed: ['reason'],
});

export const ClaimApproved = defineFact({
  type: 'ClaimApproved',
  category: 'member',
  says: 'Lines of a claim are approved: what was accepted, what it awards, what skills it credits.',
  shape: {
    claimId: Uuid,
    decision: Decision,
    lines: z
      .array(
        z.strictObject({
          lineId: Uuid,
          accepted: Quantity,
          awards: z.array(Award).max(10),
          skills: z.array(SkillAtLevel).max(20),
        }),
      )
      .min(1)
      .max(50),
  },
  sealed: ['lines/*/reason'],
});

export const ApprovalRevoked = defineFact({
  type: 'ApprovalRevoked',
  category: 'member',
  says: 'An approval is void, as if it had never been, or ends from a day on.',
  shape: {
    claimId: Uuid,
    /** The id of the `ClaimApproved` fact. */
    approval: Uuid,
    lines: lineIds,
    effect: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('void') }),
      z.strictObject({ kind: z.literal('ended'), from: Day }),
    ]),
    decision: Decision,
    correction: Uuid.optional(),
  },
  sealed: ['reason'],
});
