import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { limits } from '../../src/limits.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import {
  AppendRefused,
  type EventStore,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../../src/store/event-store.ts';
import { type Adapter, fact, facts, ids, newStream, rejection, wholeLedger } from './facts.ts';
import { followContract } from './follow.contract.ts';
import { orderContract } from './order.contract.ts';
import { processContract } from './process.contract.ts';
import { readContract } from './read.contract.ts';

/** What every adapter of the port promises. */
export function eventStoreContract(name: string, adapter: Adapter): void {
  describe(`the event store on ${name}`, () => {
    const opened: EventStore[] = [];
    const open = async (address = adapter.fresh()): Promise<EventStore> => {
      const store = await adapter.open(address);
      opened.push(store);
      return store;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    });

    appending(open);
    repeating(open);
    refusing(open);
    readContract(open, adapter);
    orderContract(open);
    followContract(open);
    processContract(open, adapter);
  });
}

export type Open = (address?: string) => Promise<EventStore>;

function appending(open: Open): void {
  it('stores facts as they were sent and says where the last one stands', async () => {
    const store = await open();
    const stream = newStream();
    const sent = [fact('one'), fact('two')];
    const appended = await store.append(stream, 'no-stream', sent);
    const stored = await store.readStream(stream, 0n);
    expect(appended).to.deep.equal({ revision: 1n, index: 1, position: stored[1]?.position });
    expect(stored.map(({ position, ...rest }) => rest)).to.deep.equal(
      sent.map(({ recordedAt, ...event }, n) => ({
        ...event,
        stream,
        revision: BigInt(n),
        index: n,
      })),
    );
  });

  it('refuses an append at another revision than the one where the stream ends', async () => {
    const store = await open();
    const stream = newStream();
    const early = await rejection(store.append(stream, 3n, [fact()]));
    await store.append(stream, 'no-stream', facts(2));
    const behind = await rejection(store.append(stream, 0n, [fact()]));
    const again = await rejection(store.append(stream, 'no-stream', [fact()]));
    for (const error of [early, behind, again]) expect(error).instanceOf(WrongExpectedRevision);
    expect([early, behind, again].map((e) => (e as WrongExpectedRevision).actual)).to.deep.equal([
      'no-stream',
      1n,
      1n,
    ]);
    expect(await store.readStream(stream, 0n)).to.have.length(2);
  });

  it('lets one of many win who append at the same revision at the same moment', async () => {
    const store = await open();
    const stream = newStream();
    await store.append(stream, 'no-stream', [fact()]);
    const tries = Array.from({ length: 30 }, () => store.append(stream, 0n, [fact()]));
    const results = await Promise.allSettled(tries);
    expect(results.filter((result) => result.status === 'fulfilled')).to.have.length(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).instanceOf(WrongExpectedRevision);
    }
    expect(await store.readStream(stream, 0n)).to.have.length(2);
  });

  it('does not let a refused append hurt those beside it', async () => {
    const store = await open();
    const streams = Array.from({ length: 40 }, newStream);
    const results = await Promise.allSettled(
      streams.map((stream, n) => store.append(stream, n % 2 === 0 ? 'no-stream' : 5n, facts(2))),
    );
    expect(results.map(({ status }) => status)).to.deep.equal(
      streams.map((_, n) => (n % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
    expect(await wholeLedger(store)).to.have.length(40);
  });

  it('finishes what it accepted before it closes, and takes nothing afterwards', async () => {
    const address = await open();
    const stream = newStream();
    const pending = address.append(stream, 'no-stream', [fact()]);
    await address.close();
    expect((await pending).revision).to.equal(0n);
    expect(await rejection(address.append(stream, 0n, [fact()]))).instanceOf(StoreUnavailable);
    expect(await rejection(address.head())).instanceOf(StoreUnavailable);
  });
}

function repeating(open: Open): void {
  it('takes a repeat with the same ids for done, and keeps the first bytes', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(3);
    const first = await store.append(stream, 'no-stream', batch);
    await store.append(stream, 2n, facts(2));
    const changed = batch.map((event) => ({ ...event, data: canonical({ text: 'later' }) }));
    expect(await store.append(stream, 'no-stream', changed)).to.deep.equal(first);
    const stored = await store.readStream(stream, 0n);
    expect(stored).to.have.length(5);
    expect(stored.slice(0, 3).map(({ data }) => data)).to.deep.equal(batch.map(({ data }) => data));
  });

  it('takes a prefix of an earlier batch for done, at the place where the prefix ends', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(3);
    await store.append(stream, 'no-stream', batch);
    const repeated = await store.append(stream, 'no-stream', batch.slice(0, 2));
    expect([repeated.revision, repeated.index]).to.deep.equal([1n, 1]);
  });

  it('refuses more than was stored, other ids, and the same ids at another revision', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(2);
    await store.append(stream, 'no-stream', batch);
    const tries = [
      store.append(stream, 'no-stream', [...batch, fact()]),
      store.append(stream, 'no-stream', [batch[0] ?? fact(), fact()]),
      store.append(stream, 0n, batch),
    ];
    for (const each of tries) expect(await rejection(each)).instanceOf(WrongExpectedRevision);
    expect(await store.readStream(stream, 0n)).to.have.length(2);
  });

  it('stores two at the same moment with the same ids once, and answers both alike', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(2);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => store.append(stream, 'no-stream', batch)),
    );
    expect(new Set(answers.map(({ index }) => index)).size).to.equal(1);
    expect(ids(await store.readStream(stream, 0n))).to.deep.equal(ids(batch));
  });
}

function refusing(open: Open): void {
  const wrong = {
    'no facts': [],
    'too many facts': facts(limits.appendEvents + 1),
    'a fact that is too large': [fact('x'.repeat(limits.factBytes))],
    'a fact of few characters and too many bytes': [fact('é'.repeat(limits.factBytes / 2))],
    'too many bytes': Array.from({ length: 5 }, () => fact('x'.repeat(200_100))),
    'U+0000': [{ ...fact(), data: '{"text":"a\u0000b"}' }],
    'an escaped U+0000': [{ ...fact(), data: '{"text":"a\\\\\\u0000b"}' }],
    'a lone surrogate': [{ ...fact(), metadata: '{"text":"\ud800"}' }],
    'an escaped lone surrogate': [{ ...fact(), metadata: '{"text":"\\uDC00"}' }],
    'an id that is no UUID': [{ ...fact(), id: 'one' }],
    'a time without a zone': [{ ...fact(), recordedAt: '2026-01-05T09:00:00' }],
    'a type that is none': [{ ...fact(), type: 'Nöte' }],
  };
  for (const [what, events] of Object.entries(wrong)) {
    it(`refuses ${what} and stores nothing`, async () => {
      const store = await open();
      const error = await rejection(store.append(newStream(), 'no-stream', events));
      expect(error).instanceOf(AppendRefused);
      expect(await store.head()).to.deep.equal({ count: 0, position: undefined });
    });
  }

  it('refuses a stream whose name is none, and a negative revision', async () => {
    const store = await open();
    for (const stream of ['', 'Member-1', 'a\u0000b']) {
      const error = await rejection(store.append(stream, 'no-stream', [fact()]));
      expect(error, JSON.stringify(stream)).instanceOf(AppendRefused);
    }
    expect(await rejection(store.append(newStream(), -1n, [fact()]))).instanceOf(AppendRefused);
  });
}
