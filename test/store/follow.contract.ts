import { expect } from 'chai';
import { it } from 'mocha';
import {
  type EventStore,
  type StoredEvent,
  StoreUnavailable,
} from '../../src/store/event-store.ts';
import type { Open } from './event-store.contract.ts';
import { before, fact, facts, ids, newStream, rejection } from './facts.ts';

/** Follows until so many facts have come. */
export async function followUntil(
  store: EventStore,
  after: StoredEvent['position'] | undefined,
  count: number,
  limit = 10,
): Promise<StoredEvent[]> {
  const enough = new AbortController();
  const seen: StoredEvent[] = [];
  for await (const batch of store.follow(after, limit, enough.signal)) {
    expect(batch.length).to.be.within(1, limit);
    seen.push(...batch);
    if (seen.length >= count) enough.abort();
  }
  return seen;
}

export function followContract(open: Open): void {
  it('follows what stands and what comes, in batches, in order', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(60);
    await store.append(stream, 'no-stream', batch.slice(0, 25));
    const following = followUntil(store, undefined, 60);
    for (let n = 25; n < 60; n++) {
      await store.append(stream, before(n), batch.slice(n, n + 1));
    }
    expect(ids(await following)).to.deep.equal(ids(batch));
  });

  it('goes on after a position, without what stands at it', async () => {
    const store = await open();
    const batch = facts(5);
    await store.append(newStream(), 'no-stream', batch);
    const second = (await store.readIndex(1))?.position;
    expect(ids(await followUntil(store, second, 3))).to.deep.equal(ids(batch.slice(2)));
  });

  it('serves several followers, each at its own pace', async () => {
    const store = await open();
    const following = [1, 7, 100].map((limit) => followUntil(store, undefined, 40, limit));
    const batch = facts(40);
    await store.append(newStream(), 'no-stream', batch);
    for (const seen of await Promise.all(following)) {
      expect(ids(seen)).to.deep.equal(ids(batch));
    }
  });

  it('ends when it is told to while it waits, and before it has begun', async () => {
    const store = await open();
    const stop = new AbortController();
    const waiting = store.follow(undefined, 10, stop.signal)[Symbol.asyncIterator]().next();
    stop.abort();
    expect((await waiting).done).to.equal(true);
    await store.append(newStream(), 'no-stream', [fact()]);
    const late = store.follow(undefined, 10, stop.signal)[Symbol.asyncIterator]().next();
    expect((await late).done).to.equal(true);
  });

  it('fails when the store is closed under it', async () => {
    const store = await open();
    const stop = new AbortController();
    const waiting = store.follow(undefined, 10, stop.signal)[Symbol.asyncIterator]().next();
    await store.close();
    expect(await rejection(waiting)).instanceOf(StoreUnavailable);
  });
}
