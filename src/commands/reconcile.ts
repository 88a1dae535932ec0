import { boxesOf, decode } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { limits } from '../limits.ts';
import { leafHash } from '../proofs/leaf.ts';
import type { EventStore, Position, StoredEvent } from '../store/event-store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Directory } from './directory.ts';

/** A key that facts need is neither in the vault nor erased: nothing may go on until an admin has looked. */
export class KeysMissing extends Error {
  override name = 'KeysMissing';
}

/**
 * Brings the vault up to the ledger, from where both last agreed: keys that the ledger says are erased are
 * destroyed (again), details go into the directory, and every key that a fact uses is known (contract, 4).
 * Where vault and ledger disagree on the last fact (a restored backup), it begins at the first.
 *
 * @returns how many facts were looked at
 * @throws KeysMissing when a fact uses a key that is neither present, erased nor stated as lost
 */
export async function reconcile(
  store: EventStore,
  vault: Vault,
  directory: Directory,
): Promise<number> {
  let after = await agreedPosition(store, vault);
  const lost = new Set<string>();
  const unknown = new Map<string, string>();
  let looked = 0;
  for (;;) {
    const batch = await store.readAll(after, limits.batch);
    const last = batch.at(-1);
    if (last === undefined) break;
    for (const stored of batch) await follow(stored, { vault, directory, lost, unknown });
    looked += batch.length;
    after = last.position;
    const missing = [...unknown].find(([kid]) => !lost.has(kid));
    if (missing === undefined) {
      await vault.setCheckpoint({ index: last.index, leaf: leafHash(last).toString('hex') });
    }
  }
  const missing = [...unknown].filter(([kid]) => !lost.has(kid));
  if (missing.length > 0) {
    const [kid, type] = missing[0] as [string, string];
    throw new KeysMissing(`${missing.length} keys of facts are not in the vault, ${kid} of ${type} first`);
  }
  return looked;
}

interface Following {
  vault: Vault;
  directory: Directory;
  lost: Set<string>;
  unknown: Map<string, string>;
}

async function follow(stored: StoredEvent, following: Following): Promise<void> {
  const { vault, directory, lost, unknown } = following;
  const fact = decode(stored, registry, false) as AnyFact;
  if (fact.type === 'KeysLost') for (const kid of fact.data.kids) lost.add(kid);
  if (fact.type === 'Erased') {
    await vault.erase({ kids: fact.data.kids, erasedBy: fact.id });
    directory.remove(fact.stream.slice('member-'.length));
  }
  const boxes = boxesOf(fact);
  for (const { kid } of [fact.metadata.commandDigest, ...boxes]) {
    if (kid !== vault.ledgerKey.kid && (await vault.key(kid)) === 'unknown') {
      unknown.set(kid, `${fact.type} at index ${fact.index}`);
    }
  }
  const [box] = boxes;
  if ((fact.type === 'Registered' || fact.type === 'DetailsChanged') && box !== undefined) {
    const person = fact.stream.slice('member-'.length);
    const entry = { stream: fact.stream, eventId: fact.id, box };
    await vault.setDetails(person, entry);
    await directory.put(person, entry);
  }
}

/**
 * Goes on following the ledger after `reconcile`, for what other processes and this one append, until aborted.
 */
export async function keepReconciled(
  store: EventStore,
  vault: Vault,
  directory: Directory,
  signal: AbortSignal,
): Promise<void> {
  const after = await agreedPosition(store, vault);
  const following = { vault, directory, lost: new Set<string>(), unknown: new Map() };
  for await (const batch of store.follow(after, limits.batch, signal)) {
    for (const stored of batch) await follow(stored, following);
  }
}

async function agreedPosition(store: EventStore, vault: Vault): Promise<Position | undefined> {
  const checkpoint = await vault.checkpoint();
  if (checkpoint === undefined) return undefined;
  const stored = await store.readIndex(checkpoint.index);
  if (stored === undefined || leafHash(stored).toString('hex') !== checkpoint.leaf) return undefined;
  return stored.position;
}
