import { limits } from '../limits.ts';
import { canonicalEnvelope } from '../proofs/leaf.ts';
import type { EventStore, EventToAppend, Position, StoredEvent } from './event-store.ts';

/** The target holds what the source does not: nothing was written to it. */
export class CopyRefused extends Error {
  override name = 'CopyRefused';
}

/** How far a copy has come. */
export type CopyProgress = (count: number, of: number) => void;

/**
 * Copies the facts of one store to another, in order, with their ids and revisions, as they are stored: nothing is
 * opened. One append at a time, since only so do they have the same index. What the target holds already must be
 * how the source begins; so a copy that was stopped goes on where it was.
 *
 * @returns how many facts there are now, and how many of them were written by this call
 * @throws CopyRefused where the target holds something else, before or while facts are copied
 */
export async function copyFacts(
  from: EventStore,
  to: EventStore,
  onProgress: CopyProgress,
): Promise<{ facts: number; written: number }> {
  const { count } = await from.head();
  const there = (await to.head()).count;
  if (there > count) {
    throw new CopyRefused(
      `the target has ${there} facts, the source ${count}: it holds another ledger`,
    );
  }
  await compareFacts(from, to, there, () => undefined);
  let after = there === 0 ? undefined : (await from.readIndex(there - 1))?.position;
  for (let done = there; done < count; ) {
    const batch = (await from.readAll(after, limits.batch)).slice(0, count - done);
    for (const facts of appendsOf(batch)) {
      await appendAt(to, facts);
      done += facts.length;
      onProgress(done, count);
    }
    const last = batch.at(-1);
    if (last === undefined) throw new CopyRefused(`the source ends at ${done} of ${count} facts`);
    after = last.position;
  }
  return { facts: count, written: count - there };
}

/**
 * Compares the first facts of two stores by their canonical bytes and their index.
 *
 * @throws CopyRefused at the first that differs
 */
export async function compareFacts(
  from: EventStore,
  to: EventStore,
  count: number,
  onProgress: CopyProgress,
  each: (fact: StoredEvent) => void = () => undefined,
): Promise<void> {
  let ends: [Position | undefined, Position | undefined] = [undefined, undefined];
  for (let done = 0; done < count; ) {
    const limit = Math.min(limits.batch, count - done);
    const [ours, theirs] = [await from.readAll(ends[0], limit), await to.readAll(ends[1], limit)];
    if (ours.length !== theirs.length || ours.length === 0) {
      throw new CopyRefused(`one of the two ends before index ${count}`);
    }
    for (const [n, fact] of ours.entries()) {
      const other = theirs[n] as StoredEvent;
      if (fact.index !== other.index || canonicalEnvelope(fact) !== canonicalEnvelope(other)) {
        throw new CopyRefused(
          `the target holds something else: at index ${fact.index} the source has ${fact.type} ${fact.id}, the target ${other.type} ${other.id}`,
        );
      }
      each(fact);
    }
    ends = [ours.at(-1)?.position, theirs.at(-1)?.position];
    done += ours.length;
    onProgress(done, count);
  }
}

/** Facts of one stream that follow each other, as far as they fit in one append. */
function appendsOf(batch: readonly StoredEvent[]): StoredEvent[][] {
  const appends: StoredEvent[][] = [];
  let bytes = 0;
  for (const fact of batch) {
    const own = Buffer.byteLength(fact.data) + Buffer.byteLength(fact.metadata);
    const last = appends.at(-1);
    const fits = last !== undefined && last.length < limits.appendEvents;
    if (fits && last[0]?.stream === fact.stream && bytes + own <= limits.appendBytes) {
      last.push(fact);
      bytes += own;
    } else {
      appends.push([fact]);
      bytes = own;
    }
  }
  return appends;
}

async function appendAt(to: EventStore, facts: readonly StoredEvent[]): Promise<void> {
  const [first, last] = [facts[0] as StoredEvent, facts.at(-1) as StoredEvent];
  const expected = first.revision === 0n ? 'no-stream' : first.revision - 1n;
  const { index } = await to.append(first.stream, expected, facts.map(toAppend));
  if (index === last.index) return;
  throw new CopyRefused(
    `${last.type} ${last.id} came to index ${index}, not ${last.index}: another process writes to the target, which is of no use now`,
  );
}

function toAppend({ id, type, data, metadata }: StoredEvent): EventToAppend {
  const { recordedAt } = JSON.parse(metadata) as { recordedAt: string };
  return { id, type, data, metadata, recordedAt };
}
