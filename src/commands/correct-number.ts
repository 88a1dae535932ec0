import { z } from 'zod';
import { commandIdOf, streamName } from '../events/ids.ts';
import { text } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { type Answer, handle, type Ledger, type Request } from './handle.ts';
import { identityKid } from './membership.ts';
import { Rejection, refuse } from './rejection.ts';

/** States that the membership number was wrong and is another. The new one was reserved in the vault before. */
export const correctNumber = defineCommand({
  name: 'correct-number',
  category: 'member',
  body: z.strictObject({ number: text(32) }),
  digestKid: identityKid,
  decide({ body }, state) {
    const { kid } = state.membership;
    if (kid === '') refuse('member-unknown', 'this person is not registered');
    const texts = [{ kid, fields: { number: body.number } }];
    return [{ type: 'NumberCorrected', data: {}, texts }];
  },
});

/**
 * Gives a member another number across vault and ledger: reserved first, then the fact, then the wrong number may
 * be had again. A retry goes on where a stop came; a refusal lets the new number go.
 *
 * @param wrong the number until now
 * @throws Rejection; VaultRefused `number-taken` | `number-erased`; and what `handle` throws
 */
export async function renumber(
  ledger: Ledger,
  request: Omit<Request<'member', { number: string }>, 'definition'>,
  wrong: string,
): Promise<Answer> {
  const { subject, actor, key, body } = request;
  const stream = streamName('member', subject);
  const commandId = commandIdOf(ledger.ledgerId, actor.id, stream, key);
  await ledger.vault.reserve({ number: body.number, commandId, personId: subject });
  try {
    const answer = await handle(ledger, { ...request, definition: correctNumber });
    // Who tries again reads the right number as the present one: that is not let go.
    if (wrong !== '' && wrong !== body.number) await ledger.vault.releaseNumber(wrong);
    return answer;
  } catch (error) {
    if (error instanceof Rejection && error.code !== 'key-reused') {
      await ledger.vault.release(commandId);
    }
    throw error;
  }
}
