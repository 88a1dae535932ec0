import { limits } from '../limits.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';

/** Facts with `since <= index < until`. */
export interface Span {
  since: number;
  until: number;
}

/** Facts in ledger order, in batches. */
export async function* batchesOf(
  store: EventStore,
  { since, until }: Span,
): AsyncGenerator<StoredEvent[]> {
  if (since >= until) return;
  let after = since === 0 ? undefined : (await store.readIndex(since - 1))?.position;
  for (let next = since; next < until; ) {
    const facts = await store.readAll(after, Math.min(limits.batch, until - next));
    const last = facts.at(-1);
    if (last === undefined) return;
    yield facts;
    after = last.position;
    next = last.index + 1;
  }
}
