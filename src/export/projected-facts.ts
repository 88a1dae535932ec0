import { decode } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { batchesOf } from './batches.ts';
import type { ProjectedFact } from './define-projection.ts';
import { streamOf } from './fact-row.ts';

/**
 * A stored fact without what its reader may not see: no sealed text, no digest of a command. Its data is in the shape
 * of today.
 *
 * @throws UnreadableFact on a fact of a later release
 */
export function projectedFact(stored: StoredEvent): ProjectedFact {
  const fact = decode(stored, registry, false) as AnyFact;
  const { sealed: _, ...data } = fact.data as { sealed?: unknown };
  const { index, id, revision, type, metadata } = fact;
  return {
    index,
    id,
    ...streamOf(fact.stream),
    revision: Number(revision),
    type,
    recordedAt: metadata.recordedAt,
    submittedOn: metadata.submittedOn?.on,
    actor: metadata.actor,
    data,
  } as ProjectedFact;
}

/** Ids of all facts that were retracted by an index. */
export async function retractedIn(store: EventStore, until: number): Promise<Set<string>> {
  const retracted = new Set<string>();
  for await (const facts of batchesOf(store, { since: 0, until })) {
    for (const { type, data } of facts) {
      if (type === 'FactRetracted')
        retracted.add((JSON.parse(data) as { eventId: string }).eventId);
    }
  }
  return retracted;
}
