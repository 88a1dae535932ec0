import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ReasonCode } from '../events/codes.ts';
import { Change, CorrectionItem } from '../events/correction.ts';
import { Code } from '../events/shapes.ts';
import type { Correction } from './correction-state.ts';
import { cycleMeant } from './cycle.ts';
import { type Command, defineCommand } from './define.ts';
import type { Member } from './member.ts';
import { identityKid } from './membership.ts';
import { refuse } from './rejection.ts';
import { reverserOf } from './retractable.ts';
import type { Scheme } from './scheme-state.ts';

/** SHA-256 (hex) over the sorted event ids as a canonical list: what an approval repeats. */
export function digestOfItems(items: readonly CorrectionItem[]): string {
  const ids = items.map(({ eventId }) => eventId).sort();
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex');
}

/** Proposes to retract one fact, or to make it good with points. */
export const proposeCorrection = defineCommand({
  name: 'propose-correction',
  category: 'correction',
  body: z.strictObject({
    item: CorrectionItem,
    change: Change,
    reasons: z.array(ReasonCode).min(1).max(20),
    /** Facts with an index below it were looked at. */
    asOf: z.int().min(1),
  }),
  context: async (load, { body: { item, change } }) => ({
    person: await load('member', item.person),
    scheme: change.kind === 'adjust' ? await load('scheme', change.scheme) : undefined,
  }),
  decide({ body, actor }, state, { person, scheme }) {
    if (state.proposal !== undefined) refuse('correction-exists', 'this was proposed already');
    const { item, reasons, asOf } = body;
    mayChange(person, item.eventId, body.change);
    const change = withCycle(body.change, person, scheme);
    const items = [item];
    return [
      {
        type: 'CorrectionProposed',
        data: {
          predicate: { by: 'fact' },
          asOf,
          count: items.length,
          digest: digestOfItems(items),
          parts: 1,
          change,
          reasons,
          proposedBy: actor.id,
        },
      },
      { type: 'CorrectionItemsListed', data: { part: 1, items } },
    ];
  },
});

/** Approves a correction: another person than who proposed it, and none whom it concerns. */
export const approveCorrection = defineCommand({
  name: 'approve-correction',
  category: 'correction',
  body: z.strictObject({
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    reasons: z.array(ReasonCode).max(20).optional(),
  }),
  decide({ body, actor, own, today }, state) {
    const proposal = proposed(state);
    if (state.approval !== undefined) refuse('correction-approved', 'this is approved already');
    if (own.has(proposal.proposedBy) || actor.id === proposal.proposedBy) {
      refuse('own-correction', 'another person approves than who proposed it');
    }
    if (proposal.items.some(({ person }) => own.has(person) || actor.id === person)) {
      refuse('own-correction', 'nobody approves a correction of their own record');
    }
    if (body.digest !== proposal.digest) {
      refuse('digest-wrong', `the digest of what is proposed is ${proposal.digest}`);
    }
    const data = { digest: body.digest, decidedOn: today, reasons: body.reasons ?? [] };
    return [{ type: 'CorrectionApproved', data: { ...data, decidedBy: [actor.id] } }];
  },
});

/** States that an approved correction was carried out. */
export const completeCorrection = defineCommand({
  name: 'complete-correction',
  category: 'correction',
  body: z.strictObject({
    applied: z.int().min(0),
    skipped: z.array(z.strictObject({ reason: Code, count: z.int().min(1) })).max(100),
  }),
  decide({ body }, state) {
    approved(state);
    if (state.completed) refuse('correction-completed', 'this was carried out already');
    return [{ type: 'CorrectionCompleted', data: body }];
  },
});

const CorrectingItem = z.strictObject({
  correction: CorrectionItem.shape.eventId,
  eventId: CorrectionItem.shape.eventId,
});

/** Adds points to a member, or takes some, as an approved correction says. */
export const adjustPoints = defineCommand({
  name: 'adjust-points',
  category: 'member',
  body: CorrectingItem,
  context: async (load, { body }) => load('correction', body.correction),
  digestKid: keyUntilErased,
  afterErasure: true,
  decide(command, state, correction) {
    const { change } = itemOf(command, state, correction);
    if (change.kind !== 'adjust') refuse('not-approved', 'this correction adjusts no points');
    const { kind, ...points } = change;
    const { correction: under, eventId: corrects } = command.body;
    return [{ type: 'PointsAdjusted', data: { ...points, correction: under, corrects } }];
  },
});

/** Retracts a fact that has no reverser of its own, as an approved correction says. */
export const retractFact = defineCommand({
  name: 'retract-fact',
  category: 'member',
  body: CorrectingItem,
  context: async (load, { body }) => load('correction', body.correction),
  digestKid: keyUntilErased,
  afterErasure: true,
  decide(command, state, correction) {
    const { change, reasons } = itemOf(command, state, correction);
    if (change.kind !== 'retract') refuse('not-approved', 'this correction retracts nothing');
    return [{ type: 'FactRetracted', data: { ...command.body, reasons } }];
  },
});

function itemOf(
  { subject, body }: Command<z.infer<typeof CorrectingItem>>,
  state: Member,
  correction: Correction,
) {
  const { items, change, reasons } = approved(correction);
  if (correction.completed) refuse('correction-completed', 'this was carried out already');
  const named = items.some(({ person, eventId }) => person === subject && eventId === body.eventId);
  if (!named) refuse('not-approved', `this correction does not name fact ${body.eventId}`);
  if (state.correcting.applied.has(`${body.correction}/${body.eventId}`)) {
    refuse('correction-applied', `fact ${body.eventId} was corrected by it already`);
  }
  mayChange(state, body.eventId, change);
  return { change, reasons };
}

function mayChange(person: Member, eventId: string, change: Change): void {
  const type = person.correcting.types.get(eventId);
  if (type === undefined) {
    refuse('fact-unknown', `no fact ${eventId} of this member, or it was retracted`);
  }
  if (change.kind !== 'retract') return;
  const reverser = reverserOf(type);
  if (reverser !== undefined) refuse('not-retractable', `${type} is undone ${reverser}`);
}

/** The change, with the cycle that is meant by the name that statements have of it. */
function withCycle(change: Change, { membership }: Member, scheme: Scheme | undefined): Change {
  if (change.kind !== 'adjust' || scheme === undefined) return change;
  const anchor = membership.schemes.get(change.scheme)?.anchor;
  return { ...change, cycle: cycleMeant(scheme, change.cycle, anchor) };
}

function proposed(state: Correction): NonNullable<Correction['proposal']> {
  return state.proposal ?? refuse('correction-unknown', 'there is no such correction');
}

function approved(state: Correction): NonNullable<Correction['proposal']> {
  const proposal = proposed(state);
  if (state.approval === undefined) refuse('not-approved', 'this correction is not approved');
  return proposal;
}

/** The identity key, and after an erasure the ledger’s: a correction holds no text. */
function keyUntilErased(command: Command<unknown>, state: Member): string | undefined {
  return state.erasure.kids.has(state.membership.kid) ? undefined : identityKid(command, state);
}
