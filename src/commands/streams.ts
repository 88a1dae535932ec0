import { decode } from '../events/codec.ts';
import { streamName, streamParts } from '../events/ids.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import type { Metadata } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import type { EventStore, Position, StoredEvent } from '../store/event-store.ts';
import { foldings, type States } from './states.ts';

/** What one command left in a stream: how a repeat is told, and what its answer is. */
export interface Trace {
  digest: Metadata['commandDigest'];
  events: { id: string; type: string }[];
  revision: bigint;
  position: Position;
}

/** A stream folded up to its revision. */
export interface Folded<S> {
  /** -1 where there is no fact yet. */
  revision: bigint;
  state: S;
  commands: Map<string, Trace>;
  /** `recordedAt` of the last fact: the next is never below it. */
  lastRecordedAt: string;
}

/** Folded streams kept in memory, the least used let go. Every use reads the tail and folds on. */
export interface Streams {
  load<C extends keyof States>(category: C, id: string): Promise<Folded<States[C]>>;
}

/** A cache of folded streams over a store, limited in bytes by an estimate for each fact. */
export function foldedStreams(store: EventStore): Streams {
  const kept = new Map<string, Folded<unknown>>();
  let facts = 0;
  const most = Math.floor(limits.cacheBytes / limits.cacheBytesPerFact);

  function keep(stream: string, folded: Folded<unknown>, before: bigint): void {
    kept.delete(stream);
    kept.set(stream, folded);
    facts += Number(folded.revision - before);
    for (const [oldest, old] of kept) {
      if (facts <= most || oldest === stream) break;
      kept.delete(oldest);
      facts -= Number(old.revision + 1n);
    }
  }

  return {
    async load(category, id) {
      const stream = streamName(category, id);
      const folding = foldings[category];
      const start = kept.get(stream);
      const read = await store.readStream(stream, (start?.revision ?? -1n) + 1n);
      // Another load of the same stream may have folded on while this one read.
      const folded = (kept.get(stream) ?? emptyFolded(folding.initial())) as Folded<never>;
      const before = kept.has(stream) ? folded.revision : -1n;
      for (const stored of read) if (stored.revision > folded.revision) advance(folded, stored);
      keep(stream, folded, before);
      return folded;
    },
  };
}

function emptyFolded<S>(state: S): Folded<S> {
  return { revision: -1n, state, commands: new Map(), lastRecordedAt: '' };
}

function advance(folded: Folded<never>, stored: StoredEvent): void {
  const fact = decode(stored, registry, true) as AnyFact;
  const category = streamParts(fact.stream).category as keyof States;
  folded.state = foldings[category].evolve(folded.state, fact) as never;
  folded.revision = fact.revision;
  folded.lastRecordedAt = fact.metadata.recordedAt;
  const trace = folded.commands.get(fact.metadata.commandId);
  const event = { id: fact.id, type: fact.type };
  if (trace === undefined) {
    folded.commands.set(fact.metadata.commandId, {
      digest: fact.metadata.commandDigest,
      events: [event],
      revision: fact.revision,
      position: stored.position,
    });
  } else {
    trace.events.push(event);
    trace.revision = fact.revision;
    trace.position = stored.position;
  }
}
