import { setTimeout as wait } from 'node:timers/promises';
import { boxesOf, decode } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { limits } from '../limits.ts';
import { leafHash } from '../proofs/leaf.ts';
import type { EventStore, Position, StoredEvent } from '../store/event-store.ts';
import type { DirectoryEntry, Vault } from '../vault/vault.ts';
import type { Directory } from './directory.ts';
import { remakingNumbers } from './remake-numbers.ts';

/** A key that facts need is neither in the vault nor erased: nothing may go on until an admin has looked. */
export class KeysMissing extends Error {
  override name = 'KeysMissing';
  readonly kids: string[];
  constructor(kids: string[]) {
    super(
      `${kids.length} keys that facts use are not in the vault, ${kids[0]} first: bring the right keys.db back, ` +
        'or state with `skills-ledger keys-lost` that what is sealed under them is lost',
    );
    this.kids = kids;
  }
}

/** Facts after which what was followed is noted in the vault: one flush for so many. */
const NOTE_AFTER = 20_000;
/** How long what could not be followed is left before it is tried again, in ms. */
const AGAIN_MS = 1_000;

/**
 * Brings the vault up to the ledger, from where both last agreed: keys that the ledger says are erased are
 * destroyed (again), details go into the directory, numbers are known (again), every key that a fact uses is known, and what is left of
 * ended leases is destroyed (contract, 4). Where vault and ledger disagree on the last fact (a restored backup), it
 * begins at the first.
 *
 * @returns what the vault has erased and no fact says, as kids by person: to be erased anew by facts
 * @throws KeysMissing when a fact uses a key that is neither present, erased nor stated as lost
 */
export async function reconcile(
  store: EventStore,
  vault: Vault,
  directory: Directory,
): Promise<Map<string, string[]>> {
  let after = await agreedPosition(store, vault);
  const following = followingOf(vault, directory);
  const numbers = remakingNumbers(vault);
  const erased = await vault.erasedKids();
  const uses = new Map<string, string>();
  for (;;) {
    const batch = await store.readAll(after, limits.batch);
    const last = batch.at(-1);
    if (last === undefined) break;
    for (const stored of batch) {
      await numbers(stored);
      for (const kid of await follow(stored, following)) {
        if (erased.has(kid)) uses.set(kid, stored.stream.slice('member-'.length));
      }
    }
    after = last.position;
    if (following.since >= NOTE_AFTER) await note(following);
  }
  await note(following);
  const missing = missingOf(following);
  if (missing.length > 0) throw new KeysMissing(missing);
  await vault.destroyUnused();
  const anew = new Map<string, string[]>();
  for (const [kid, person] of uses) {
    if (!following.erased.has(kid)) anew.set(person, [...(anew.get(person) ?? []), kid]);
  }
  return anew;
}

/**
 * Goes on following the ledger after `reconcile`, for what other processes and this one append, until aborted. What
 * cannot be followed just now (an erasure whose bytes another still reads, a lock) is tried again and again: nobody
 * else would notice that it was left.
 *
 * @param tell is told why it does not go on, and `undefined` when it does again
 */
export async function keepReconciled(
  store: EventStore,
  vault: Vault,
  directory: Directory,
  signal: AbortSignal,
  tell: (trouble: string | undefined) => void,
): Promise<void> {
  const following = followingOf(vault, directory);
  while (!signal.aborted) {
    try {
      const after = following.last?.position ?? (await agreedPosition(store, vault));
      for await (const batch of store.follow(after, limits.batch, signal)) {
        for (const stored of batch) await follow(stored, following);
        if (following.since >= NOTE_AFTER) await note(following);
        tell(undefined);
      }
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
      await wait(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  // What is not noted is followed again at the next start.
  await note(following).catch(() => undefined);
}

interface Following {
  vault: Vault;
  directory: Directory;
  /** Keys that facts use and that were not noted yet. */
  kids: Set<string>;
  /** Details that were not noted yet. */
  details: Map<string, DirectoryEntry>;
  unknown: Set<string>;
  lost: Set<string>;
  /** Keys that facts say are erased. */
  erased: Set<string>;
  last: StoredEvent | undefined;
  since: number;
}

function followingOf(vault: Vault, directory: Directory): Following {
  const none = {
    kids: new Set<string>(),
    unknown: new Set<string>(),
    lost: new Set<string>(),
    erased: new Set<string>(),
  };
  return { vault, directory, ...none, details: new Map(), last: undefined, since: 0 };
}

/** @returns the keys that the fact uses */
async function follow(stored: StoredEvent, following: Following): Promise<string[]> {
  const { directory, lost, kids, details } = following;
  const fact = decode(stored, registry, false) as AnyFact;
  if (fact.type === 'KeysLost') for (const kid of fact.data.kids) lost.add(kid);
  if (fact.type === 'Erased') await followErasure(fact, following);
  const boxes = boxesOf(fact);
  const used = [fact.metadata.commandDigest.kid, ...boxes.map(({ kid }) => kid)];
  for (const kid of used) kids.add(kid);
  const [box] = boxes;
  if ((fact.type === 'Registered' || fact.type === 'DetailsChanged') && box !== undefined) {
    const person = fact.stream.slice('member-'.length);
    const entry = { stream: fact.stream, eventId: fact.id, box };
    details.set(person, entry);
    await directory.put(person, entry);
  }
  following.last = stored;
  following.since += 1;
  return used;
}

async function followErasure(
  { id, stream, data }: Extract<AnyFact, { type: 'Erased' }>,
  { vault, directory, details, erased }: Following,
): Promise<void> {
  const { kids, scope, part, parts } = data;
  const person = stream.slice('member-'.length);
  for (const kid of kids) erased.add(kid);
  const whole = scope === 'person' && part === parts;
  if (scope === 'person') {
    details.delete(person);
    directory.remove(person);
  }
  await vault.erase({ kids, erasedBy: id, ...(whole ? { personId: person } : {}) });
}

/** Notes what was followed, and how far; never past a key that is missing. */
async function note(following: Following): Promise<void> {
  const { vault, kids, details, unknown, last } = following;
  if (last === undefined) return;
  await vault.setDetails(details);
  details.clear();
  kids.delete(vault.ledgerKey.kid);
  for (const kid of await vault.markUsed([...kids])) unknown.add(kid);
  if (missingOf(following).length === 0) {
    await vault.setCheckpoint({ index: last.index, leaf: leafHash(last).toString('hex') });
  }
  kids.clear();
  following.since = 0;
}

function missingOf({ unknown, lost }: Following): string[] {
  return [...unknown].filter((kid) => !lost.has(kid));
}

async function agreedPosition(store: EventStore, vault: Vault): Promise<Position | undefined> {
  const checkpoint = await vault.checkpoint();
  if (checkpoint === undefined) return undefined;
  const stored = await store.readIndex(checkpoint.index);
  if (stored === undefined || leafHash(stored).toString('hex') !== checkpoint.leaf)
    return undefined;
  return stored.position;
}
