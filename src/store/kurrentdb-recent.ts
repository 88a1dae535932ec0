import type { StoredEvent } from './event-store.ts';
import { fromWire, type WireEvent } from './kurrentdb-event.ts';

/** The last facts that were followed, so that whoever keeps up reads none of them a second time. */
export interface Recent {
  add(event: WireEvent, index: number): void;
  /** The last revision of a stream that is known here; undefined where nothing of it is. */
  revisionOf(stream: string): bigint | undefined;
  /** Notes where a stream ended when it was read: what comes after that is followed. */
  note(stream: string, revision: bigint): void;
  /** Facts from an index on, at most `limit`; undefined where the first is no longer, or not yet, here. */
  from(index: number, limit: number): StoredEvent[] | undefined;
  /** Facts of a stream from a revision to the last one known; undefined where some are not here, or none is known. */
  of(stream: string, from: bigint): StoredEvent[] | undefined;
}

/** At about 2 KB a fact, 8 MB; at the largest that a fact can be, a good deal more. */
const KEPT = 4_096;
/** Streams whose last revision is kept, at about 150 bytes each. */
const STREAMS_KEPT = 20_000;

interface Kept {
  index: number;
  stream: string;
  revision: bigint;
  /** Index of the fact before it in its stream, where that was followed, too. */
  before: number | undefined;
  /** As it came, until somebody asks for it; then the fact, since several ask for the same. */
  event: WireEvent | undefined;
  fact: StoredEvent | undefined;
}

/** @param prefix of the ledger's streams, which have their full names here */
export function createRecent(prefix: string, kept = KEPT): Recent {
  const ring: Kept[] = [];
  const ends = new Map<string, { revision: bigint; index: number | undefined }>();
  let next = 0;

  const at = (index: number | undefined): Kept | undefined => {
    const found = index === undefined ? undefined : ring[index % kept];
    return found?.index === index ? found : undefined;
  };
  const factOf = (each: Kept): StoredEvent => {
    each.fact ??= fromWire(each.event as WireEvent, prefix, each.index);
    each.event = undefined;
    return each.fact;
  };
  const end = (stream: string, revision: bigint, index: number | undefined): void => {
    if (ends.size >= STREAMS_KEPT && !ends.has(stream)) ends.clear();
    ends.set(stream, { revision, index });
  };
  return {
    add(event, index) {
      const { stream, revision } = event;
      const before = ends.get(stream)?.index;
      ring[index % kept] = { index, stream, revision, before, event, fact: undefined };
      next = index + 1;
      end(stream, revision, index);
    },
    revisionOf: (stream) => ends.get(stream)?.revision,
    note(stream, revision) {
      if (revision > (ends.get(stream)?.revision ?? -2n)) end(stream, revision, undefined);
    },
    from(index, limit) {
      if (index >= next || at(index) === undefined) return undefined;
      const facts: StoredEvent[] = [];
      for (let n = index; n < Math.min(next, index + limit); n += 1)
        facts.push(factOf(at(n) as Kept));
      return facts;
    },
    of(stream, from) {
      const known = ends.get(stream);
      if (known === undefined) return undefined;
      const facts: StoredEvent[] = [];
      let index = known.index;
      for (let revision = known.revision; revision >= from; revision -= 1n) {
        const found = at(index);
        if (found?.stream !== stream || found.revision !== revision) return undefined;
        facts.push(factOf(found));
        index = found.before;
      }
      return facts.reverse();
    },
  };
}
