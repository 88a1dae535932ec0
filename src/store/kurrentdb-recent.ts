import type { WireEvent } from './kurrentdb-event.ts';

/** The last facts that were followed, so that whoever keeps up reads none of them a second time. */
export interface Recent {
  add(event: WireEvent, index: number): void;
  /** The last revision of a stream that was followed of late; -1 where none was. */
  revisionOf(stream: string): bigint;
  /** Facts from an index on, at most `limit`; undefined where the first is no longer, or not yet, here. */
  from(index: number, limit: number): WireEvent[] | undefined;
}

/** At about 2 KB a fact, 8 MB; at the largest that a fact can be, a good deal more. */
const KEPT = 4_096;
/** Streams whose last revision is kept, at about 150 bytes each. */
const STREAMS_KEPT = 20_000;

export function createRecent(kept = KEPT): Recent {
  const ring: WireEvent[] = [];
  const revisions = new Map<string, bigint>();
  let next = 0;
  return {
    add(event, index) {
      ring[index % kept] = event;
      next = index + 1;
      if (revisions.size >= STREAMS_KEPT) revisions.clear();
      revisions.set(event.stream, event.revision);
    },
    revisionOf: (stream) => revisions.get(stream) ?? -1n,
    from(index, limit) {
      if (index >= next || index < next - Math.min(kept, ring.length)) return undefined;
      const end = Math.min(next, index + limit);
      const events: WireEvent[] = [];
      for (let n = index; n < end; n += 1) events.push(ring[n % kept] as WireEvent);
      return events;
    },
  };
}
