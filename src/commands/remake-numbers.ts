import { boxesOf, decode, textsOf } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { Vault } from '../vault/vault.ts';

/**
 * Follows registrations and corrections of numbers, so that a vault that came back from an older copy knows the
 * numbers given since (contract, 4): else they could be given again. What was erased stays unknown.
 */
export function remakingNumbers(vault: Vault): (stored: StoredEvent) => Promise<void> {
  const numbers = new Map<string, string>();
  return async (stored) => {
    const opened = await openedNumber(stored, vault);
    if (opened === undefined) return;
    const { fact, number, kid } = opened;
    const personId = fact.stream.slice('member-'.length);
    const { commandId } = fact.metadata;
    await vault.remakeNumber({ number, personId, commandId, kid, instead: numbers.get(personId) });
    numbers.set(personId, number);
  };
}

/** The membership number that a fact gives, opened; undefined: it gives none, or it was erased. */
export async function numberIn(stored: StoredEvent, vault: Vault): Promise<string | undefined> {
  return (await openedNumber(stored, vault))?.number;
}

async function openedNumber(stored: StoredEvent, vault: Vault) {
  if (stored.type !== 'Registered' && stored.type !== 'NumberCorrected') return undefined;
  const fact = decode(stored, registry, false) as AnyFact;
  const kid = boxesOf(fact)[0]?.kid;
  if (kid === undefined) return undefined;
  const key = await vault.key(kid);
  if (typeof key === 'string') return undefined;
  const { number } = textsOf(fact, vault.ledgerId, new Map([[kid, key]]));
  return number === undefined ? undefined : { fact, number, kid };
}
