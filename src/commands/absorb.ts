import { followUpKey } from './begin.ts';
import { absorbDuplicate, mergeInto } from './duplicate.ts';
import { type Answer, handle, type Ledger, type Request } from './handle.ts';

/**
 * Makes one human of two ids: `Absorbed` in the survivor's stream, then `MergedInto` in the duplicate's under
 * a key derived from it. A retry goes on where a stop came between the two.
 *
 * @throws Rejection `already-absorbed`, `own-duplicate`, `member-unknown`, `erased`; and what `handle` throws
 */
export async function absorb(
  ledger: Ledger,
  request: Omit<Request<'member', { duplicate: string }>, 'definition'>,
): Promise<Answer> {
  const answer = await handle(ledger, { ...request, definition: absorbDuplicate });
  const cause = answer.events[0]?.id ?? '';
  const body = { survivor: request.subject };
  await handle(ledger, {
    definition: mergeInto,
    subject: request.body.duplicate,
    raw: body,
    body,
    key: followUpKey(cause, mergeInto.name, request.body.duplicate),
    actor: request.actor,
    own: request.own,
    correlationId: request.correlationId,
    causationId: cause,
  });
  return answer;
}
