import { z } from 'zod';
import { commandIdOf, streamName } from '../events/ids.ts';
import { text } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { type Answer, handle, type Ledger, type Request } from './handle.ts';
import { identityKid } from './membership.ts';
import { Rejection, refuse } from './rejection.ts';
import { numberIn } from './remake-numbers.ts';

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
 * Gives a member another number across vault and ledger: reserved first, then the fact, then every number
 * that the member had and has no longer may be had again. A retry goes on where a stop came, and lets go of nothing
 * that was given since; a refusal lets the new number go.
 *
 * @throws Rejection; VaultRefused `number-taken` | `number-erased`; and what `handle` throws
 */
export async function renumber(
  ledger: Ledger,
  request: Omit<Request<'member', { number: string }>, 'definition'>,
): Promise<Answer> {
  const { subject, actor, key, body } = request;
  const stream = streamName('member', subject);
  const commandId = commandIdOf(ledger.ledgerId, actor.id, stream, key);
  const { commands } = await ledger.streams.load('member', subject);
  // What a repeat needed is reserved; a key of another command is refused, and reserves nothing.
  if (!commands.has(commandId)) {
    await ledger.vault.reserve({ number: body.number, commandId, personId: subject });
  }
  try {
    const answer = await handle(ledger, { ...request, definition: correctNumber });
    await releaseFormer(ledger, subject);
    return answer;
  } catch (error) {
    if (error instanceof Rejection && error.code !== 'key-reused') {
      await ledger.vault.release(commandId);
    }
    throw error;
  }
}

/** What the facts read back say, and not what was the number before: others may have corrected it, too. */
async function releaseFormer({ store, vault }: Ledger, personId: string): Promise<void> {
  const numbers: string[] = [];
  for (const stored of await store.readStream(streamName('member', personId), 0n)) {
    const number = await numberIn(stored, vault);
    if (number !== undefined) numbers.push(number);
  }
  const present = numbers.pop() ?? '';
  for (const number of numbers) await vault.releaseNumber({ number, personId, present });
}
