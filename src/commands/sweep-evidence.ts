import { setImmediate as turn } from 'node:timers/promises';
import { decode } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import type { EventStore, Position } from '../store/event-store.ts';
import type { EvidenceStore, Vault } from '../vault/vault.ts';

/** What a sweep did, by the names of the files. */
export interface Swept {
  setAside: string[];
  broughtBack: string[];
  deleted: string[];
}

const DAY_MS = 86_400_000;
const ASIDE_AFTER_MS = DAY_MS;
const DELETE_AFTER_MS = 7 * DAY_MS;
/** Facts read in one go: below 5 ms of the thread that also answers. */
const BATCH = 200;

/**
 * Sweeps the evidence folder (contract, 4): a file that no fact names is set aside after 24 hours and deleted after
 * 7 days more, one that a fact names after all is brought back, and one whose key is erased is deleted. The first
 * sweep reads the whole ledger, each later one only what is new. Aborted, it moves nothing.
 */
export function evidenceSweeper(
  store: EventStore,
  vault: Vault,
  evidence: EvidenceStore,
): (now: string, signal: AbortSignal) => Promise<Swept> {
  const kidOf = new Map<string, string>();
  let after: Position | undefined;

  async function readOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const batch = await store.readAll(after, BATCH);
      const last = batch.at(-1);
      if (last === undefined) return;
      for (const stored of batch) {
        if (stored.type !== 'EvidenceAttached') continue;
        const fact = decode(stored, registry, false) as Extract<
          AnyFact,
          { type: 'EvidenceAttached' }
        >;
        if (fact.data.file !== undefined) kidOf.set(fact.data.file.blob, fact.data.kid);
      }
      after = last.position;
      await turn();
    }
  }

  return async (now, signal) => {
    const before = (ms: number): string => new Date(Date.parse(now) - ms).toISOString();
    // Listed before the ledger is read: a file is there before its fact, so what is listed has had its day.
    const old = await evidence.storedBefore(before(ASIDE_AFTER_MS));
    await readOn(signal);
    const erased = await vault.erasedKids();
    const isErased = (blob: string): boolean => erased.has(kidOf.get(blob) ?? '');
    const swept: Swept = { setAside: [], broughtBack: [], deleted: [] };
    // What the ledger names is not all known: nothing may be moved.
    if (signal.aborted) return swept;
    for (const blob of await evidence.listAside()) {
      if (!kidOf.has(blob) || isErased(blob)) continue;
      await evidence.bringBack(blob);
      swept.broughtBack.push(blob);
    }
    for (const blob of old) {
      if (isErased(blob)) {
        await evidence.delete(blob);
        swept.deleted.push(blob);
      } else if (!kidOf.has(blob)) {
        await evidence.setAside(blob, now);
        swept.setAside.push(blob);
      }
    }
    swept.deleted.push(...(await evidence.deleteAside(before(DELETE_AFTER_MS))));
    return swept;
  };
}
