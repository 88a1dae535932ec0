import { z } from 'zod';
import { commandIdOf } from '../events/ids.ts';
import type { Actor, Metadata } from '../events/shapes.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import { defineCommand } from './define.ts';
import { type Answer, handle, type Ledger } from './handle.ts';
import { mayBegin, registerMember } from './membership.ts';
import { Rejection, refuse } from './rejection.ts';

/** Takes revision 0 of a stream whose registration will not be made, so that its number may go. */
export const abandonRegistration = defineCommand({
  name: 'abandon-registration',
  category: 'member',
  body: z.strictObject({}),
  decide({ subject }, state) {
    if (state.membership.standing !== 'none') {
      refuse('member-exists', 'this person is registered already');
    }
    return [{ type: 'RegistrationAbandoned', data: { person: subject } }];
  },
});

/** A registration as it comes in, authorised already. */
export interface Registration {
  body: z.output<typeof registerMember.body>;
  raw: unknown;
  /** The person, where known before (staff who become members); else one is minted. */
  person?: string;
  key: string;
  actor: Actor;
  own: ReadonlySet<string>;
  correlationId: string;
  submittedOn?: Metadata['submittedOn'];
}

/**
 * Registers a member across vault and ledger: the vault reserves the number, the append follows, a retry
 * finds the reservation and goes on (contract, 4). A refusal gives the number back.
 *
 * @throws Rejection, VaultRefused `number-taken` | `number-erased`, and what `handle` throws
 */
export async function register(
  ledger: Ledger,
  registration: Registration,
): Promise<Answer & { person: string }> {
  const { body, raw, key, actor, own, correlationId, submittedOn } = registration;
  const commandId = commandIdOf(ledger.ledgerId, actor.id, 'member', key);
  const request = { number: body.number, commandId };
  const { person } = registration;
  // An id whose registration was abandoned never registers: a slip must not take theirs from somebody known.
  if (person !== undefined) mayBegin(body, civilDateIn(ledger.zone, ledger.now()));
  const reserved = await ledger.vault.reserve(
    person === undefined ? request : { ...request, personId: person },
  );
  const base = { subject: reserved.personId, actor, own, correlationId };
  try {
    const answer = await handle(ledger, {
      ...base,
      definition: registerMember,
      raw,
      body,
      key,
      commandId,
      submittedOn,
      mintedKey: reserved.key,
    });
    return { ...answer, person: reserved.personId };
  } catch (error) {
    if (error instanceof Rejection && error.code !== 'key-reused') {
      await abandon(ledger, base, commandId);
    }
    throw error;
  }
}

async function abandon(
  ledger: Ledger,
  base: { subject: string; actor: Actor; own: ReadonlySet<string>; correlationId: string },
  commandId: string,
): Promise<void> {
  try {
    const key = `${commandId}/abandon-registration/`;
    await handle(ledger, { ...base, definition: abandonRegistration, raw: {}, body: {}, key });
  } catch (error) {
    // Registered or abandoned before: revision 0 is taken, which is all that is asked.
    if (!(error instanceof Rejection)) throw error;
  }
  await ledger.vault.release(commandId);
}
