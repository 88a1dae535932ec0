import { streamName } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import { withoutRetracted } from '../events/retraction.ts';
import type { EventStore } from '../store/event-store.ts';
import { readFacts } from './kept-facts.ts';

/** The end of what is looked at: facts below an index, or recorded by a time; absent: all there is. */
export type AsOf = { index: number } | { time: string };

/**
 * How many facts of the ledger an as-of looks at. An index beyond the head means the head.
 *
 * @throws RangeError when the time is no instant
 */
export async function endOf(store: EventStore, asOf: AsOf | undefined): Promise<number> {
  if (asOf !== undefined && 'time' in asOf) return store.countAsOf(asOf.time);
  const { count } = await store.head();
  return asOf === undefined ? count : Math.min(asOf.index, count);
}

/** Facts of one stream with an index below `end`, in order, retracted ones included. */
export async function factsOf(
  store: EventStore,
  stream: string,
  end: number,
): Promise<readonly AnyFact[]> {
  const facts = await readFacts(store, stream);
  // Mostly nothing is as late as the end.
  if ((facts.at(-1)?.index ?? -1) < end) return facts;
  return facts.filter(({ index }) => index < end);
}

/**
 * A member's facts with an index below `end`: those of their stream and of the streams that it absorbed by
 * then, in ledger order, retracted ones included.
 */
export async function memberFacts(
  store: EventStore,
  member: string,
  end: number,
): Promise<AnyFact[]> {
  return (await readMember(store, member, end)).facts;
}

/** The same, and how many facts each of the streams had: with those numbers, no other facts are read again. */
export async function readMember(
  store: EventStore,
  member: string,
  end: number,
): Promise<{ facts: AnyFact[]; streams: Map<string, number> }> {
  const facts: AnyFact[] = [];
  const streams = new Map<string, number>();
  const open = [member];
  for (let person = open.pop(); person !== undefined; person = open.pop()) {
    const stream = streamName('member', person);
    if (streams.has(stream)) continue;
    const own = await factsOf(store, stream, end);
    streams.set(stream, own.length);
    facts.push(...own);
    for (const fact of withoutRetracted(own)) {
      if (fact.type === 'Absorbed') open.push(fact.data.duplicate);
    }
  }
  return { facts: streams.size === 1 ? facts : facts.sort((a, b) => a.index - b.index), streams };
}
