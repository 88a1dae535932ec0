import { decode } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { limits } from '../limits.ts';
import type { EventStore } from '../store/event-store.ts';
import { type LeastUsed, leastUsed } from './least-used.ts';

/** Streams read lately, parsed: a stored fact never changes, so that a use reads the tail and no more. */
const keptOf = new WeakMap<EventStore, LeastUsed<readonly AnyFact[]>>();

/** All facts of a stream, in order; unchecked, and not to be changed. */
export async function readFacts(store: EventStore, stream: string): Promise<readonly AnyFact[]> {
  const kept = keptOf.get(store) ?? leastUsed(limits.factsKept, ({ length }) => length);
  keptOf.set(store, kept);
  const known = kept.get(stream) ?? [];
  const stored = await store.readStream(stream, BigInt(known.length));
  // Another read of the stream may have come in between: it has these facts, or fewer.
  const now = kept.get(stream) ?? known;
  const tail = stored.slice(now.length - known.length);
  if (tail.length === 0) return now;
  const facts = [...now, ...tail.map((fact) => decode(fact, registry, false) as AnyFact)];
  kept.set(stream, facts);
  return facts;
}
