import { decode } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { limits } from '../limits.ts';
import type { EventStore } from '../store/event-store.ts';

/** Streams read lately, parsed: a stored fact never changes, so that a use reads the tail and no more. */
interface Kept {
  streams: Map<string, AnyFact[]>;
  facts: number;
}

const keptOf = new WeakMap<EventStore, Kept>();

/** All facts of a stream, in order; unchecked, and not to be changed. */
export async function readFacts(store: EventStore, stream: string): Promise<readonly AnyFact[]> {
  const kept = keptOf.get(store) ?? { streams: new Map(), facts: 0 };
  keptOf.set(store, kept);
  const known = kept.streams.get(stream) ?? [];
  const stored = await store.readStream(stream, BigInt(known.length));
  // Another read of the stream may have come in between: it has these facts, or fewer.
  const now = kept.streams.get(stream) ?? known;
  const tail = stored.slice(now.length - known.length);
  const facts =
    tail.length === 0
      ? now
      : [...now, ...tail.map((fact) => decode(fact, registry, false) as AnyFact)];
  keep(kept, stream, facts);
  return facts;
}

/** The least lately used go first. */
function keep(kept: Kept, stream: string, facts: AnyFact[]): void {
  kept.facts += facts.length - (kept.streams.get(stream)?.length ?? 0);
  kept.streams.delete(stream);
  kept.streams.set(stream, facts);
  for (const [oldest, { length }] of kept.streams) {
    if (kept.facts <= limits.factsKept) break;
    kept.streams.delete(oldest);
    kept.facts -= length;
  }
}
