import type { Actor } from '../events/shapes.ts';
import { followUpKey } from './begin.ts';
import { adjustPoints, completeCorrection, retractFact } from './correction.ts';
import { type Answer, handle, type Ledger } from './handle.ts';
import { Rejection, refuse } from './rejection.ts';

/**
 * Carries out an approved correction, item by item, under ids derived from its approval: any process may go
 * on where another stopped, and a second run writes nothing. What the rules refuse is passed over and counted.
 *
 * @returns the answer of its completion, or undefined when it was completed before
 * @throws Rejection `not-approved`, `correction-unknown`; and what `handle` throws, after which it may be resumed
 */
export async function carryOut(
  ledger: Ledger,
  correction: string,
  correlationId: string,
): Promise<Answer | undefined> {
  const { state } = await ledger.streams.load('correction', correction);
  const { proposal, approval, completed } = state;
  if (proposal === undefined) refuse('correction-unknown', 'there is no such correction');
  if (approval === undefined) refuse('not-approved', 'this correction is not approved');
  if (completed) return undefined;
  // Who approved it acts, whoever resumes: the command ids are the same in any process.
  const actor: Actor = { id: approval.by, role: 'admin' };
  const base = {
    actor,
    own: new Set([approval.by]),
    correlationId,
    causationId: approval.eventId,
  };
  const definition = proposal.change.kind === 'adjust' ? adjustPoints : retractFact;
  const skipped = new Map<string, number>();
  let applied = 0;
  for (const { person, eventId } of [...proposal.items]) {
    const body = { correction, eventId };
    const key = followUpKey(approval.eventId, definition.name, eventId);
    try {
      await handle(ledger, { ...base, definition, subject: person, body, raw: body, key });
      applied += 1;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      skipped.set(error.code, (skipped.get(error.code) ?? 0) + 1);
    }
  }
  const body = {
    applied,
    skipped: [...skipped].map(([reason, count]) => ({ reason, count })),
  };
  const key = followUpKey(approval.eventId, completeCorrection.name, correction);
  return handle(ledger, {
    ...base,
    definition: completeCorrection,
    subject: correction,
    body,
    raw: body,
    key,
  });
}
