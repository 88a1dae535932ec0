import { decode, type Encoded } from '../events/codec.ts';
import { streamName, streamParts } from '../events/ids.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { retractedBy } from '../events/retraction.ts';
import type { Metadata } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import {
  type EventStore,
  type Position,
  type StoredEvent,
  StoreUnavailable,
} from '../store/event-store.ts';
import { type Folding, foldings, type States } from './states.ts';

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

export interface Loading {
  /**
   * Facts that this process made and has just appended: where the bytes that are read are theirs, they passed
   * their schemas a moment ago, and are not checked again.
   */
  written?: readonly Encoded[];
  /** Whether what this process has followed is enough, where the store can say it: others may know more. */
  followed?: boolean;
}

/** Folded streams kept in memory, the least used let go. Every use reads the tail and folds on. */
export interface Streams {
  load<C extends keyof States>(category: C, id: string, how?: Loading): Promise<Folded<States[C]>>;
  /**
   * Runs what is to be appended to a stream after all that this process is appending to it: two at once would be
   * decided, sealed and sent both, and one of them in vain. The revision is checked all the same: others write, too.
   */
  inTurn<T>(stream: string, work: () => Promise<T>): Promise<T>;
}

/** The share of the room that is made at a time. */
const LEAVING = 1 / 50;

/** A cache of folded streams over a store, limited in bytes by an estimate for each fact. */
export function foldedStreams(store: EventStore, most = limits.cacheBytes): Streams {
  const kept = new Map<string, Folded<unknown>>();
  let facts = 0;
  const mostFacts = Math.floor(most / limits.cacheBytesPerFact);

  function keep(stream: string, folded: Folded<unknown>, before: bigint): void {
    kept.delete(stream);
    kept.set(stream, folded);
    facts += Number(folded.revision - before);
    if (facts <= mostFacts) return;
    // Some at a time: to find the first of a map, what was deleted before it is passed over each time.
    const rest = mostFacts - Math.floor(mostFacts * LEAVING);
    for (const [oldest, old] of kept) {
      if (facts <= rest || oldest === stream) break;
      kept.delete(oldest);
      facts -= Number(old.revision + 1n);
    }
  }

  async function load<C extends keyof States>(
    category: C,
    id: string,
    how: Loading = {},
  ): Promise<Folded<States[C]>> {
    const stream = streamName(category, id);
    const start = kept.get(stream);
    const from = (start?.revision ?? -1n) + 1n;
    const followed = how.followed ? store.followed?.(stream, from) : undefined;
    const read = followed ?? (await store.readStream(stream, from));
    // Another load of the same stream may have folded on while this one read, or let it go.
    const now = kept.get(stream);
    if (start !== undefined && now === undefined) return load(category, id);
    if (now !== undefined && read.length === 0) {
      keep(stream, now, now.revision);
      return now as Folded<States[C]>;
    }
    const folded = (now ?? emptyFolded(foldings[category].initial())) as Folded<never>;
    const before = folded.revision;
    mustContinue(stream, before, read);
    const tail = decoded(
      read.filter(({ revision }) => revision > before),
      how.written ?? [],
    );
    const retracted = retractedBy(tail.map(({ fact }) => fact));
    if (retracted.size > 0 && now !== undefined) {
      // What is folded already may hold what now never was: fold again, from the first fact.
      kept.delete(stream);
      facts -= Number(before + 1n);
      return load(category, id);
    }
    for (const { fact, stored } of tail) advance(folded, fact, stored, retracted);
    keep(stream, folded, before);
    return folded;
  }

  const last = new Map<string, Promise<unknown>>();
  async function inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const mine = last.get(stream)?.then(work, work) ?? work();
    last.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (last.get(stream) === mine) last.delete(stream);
    }
  }

  return { load, inTurn };
}

/**
 * What was read goes on where the fold ends: a node that lags may give less than is folded already, but never
 * leaves one out.
 */
function mustContinue(stream: string, folded: bigint, read: readonly StoredEvent[]): void {
  let next = folded + 1n;
  for (const { revision } of read) {
    if (revision < next) continue;
    if (revision > next) {
      throw new StoreUnavailable(`${stream} was read without its revision ${next}`);
    }
    next += 1n;
  }
}

function emptyFolded<S>(state: S): Folded<S> {
  return { revision: -1n, state, commands: new Map(), lastRecordedAt: '' };
}

function decoded(
  read: readonly StoredEvent[],
  written: readonly Encoded[],
): { fact: AnyFact; stored: StoredEvent }[] {
  return read.map((stored) => {
    const { type, data, metadata } = stored;
    const checked = written.some(
      (made) => made.data === data && made.metadata === metadata && made.type === type,
    );
    return { fact: decode(stored, registry, !checked) as AnyFact, stored };
  });
}

/** Folds one fact on. A retracted one never was, but its command was: a repeat is still told. */
function advance(
  folded: Folded<never>,
  fact: AnyFact,
  stored: StoredEvent,
  retracted: ReadonlySet<string>,
): void {
  const folding = foldings[streamParts(fact.stream).category as keyof States] as Folding<never>;
  const evolve = retracted.has(fact.id) ? folding.evolveRetracted : folding.evolve;
  if (evolve !== undefined) folded.state = evolve(folded.state, fact);
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
