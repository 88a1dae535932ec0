import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { it } from 'mocha';
import { canonical } from '../../src/proofs/jcs.ts';
import type { Open } from './event-store.contract.ts';
import {
  type Adapter,
  before,
  fact,
  facts,
  ids,
  instant,
  newStream,
  wholeLedger,
} from './facts.ts';

/** What every adapter promises of reading: a stream, a place, a time, and after a restart. */
export function readContract(open: Open, adapter: Adapter): void {
  it('keeps every character and facts as large as the limit allows', async () => {
    const store = await open();
    const stream = newStream();
    const texts = [
      'Zoë 👩🏽‍💻 œuvre – 職業',
      '\u2028\u2029\ufffd\uffff\\u0000',
      'z'.repeat(250_000),
    ];
    const batch = texts.map((text) => fact(text));
    await store.append(stream, 'no-stream', batch);
    const stored = await store.readStream(stream, 0n);
    expect(stored.map(({ data }) => data)).to.deep.equal(batch.map(({ data }) => data));
  });

  it('keeps every name of the metadata, and canonical bytes', async () => {
    const store = await open();
    const stream = newStream();
    const metadata = canonical({
      actor: { id: 'a', role: 'member' },
      causationId: 'b',
      commandId: 'c',
      correlationId: 'd',
      recordedAt: instant(0),
      schemaVersion: 1,
    });
    const data = canonical({ '10': [1, 2], '9': { b: true, a: -1 }, a: [], '': {} });
    await store.append(stream, 'no-stream', [{ ...fact(), data, metadata }]);
    const [stored] = await store.readStream(stream, 0n);
    expect([stored?.data, stored?.metadata]).to.deep.equal([data, metadata]);
  });

  it('reads a stream from a revision on, as many as asked for', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(5);
    await store.append(stream, 'no-stream', batch);
    await store.append(newStream(), 'no-stream', facts(2));
    expect(ids(await store.readStream(stream, 2n))).to.deep.equal(ids(batch.slice(2)));
    expect(ids(await store.readStream(stream, 1n, 2))).to.deep.equal(ids(batch.slice(1, 3)));
    expect(await store.readStream(stream, 5n)).to.deep.equal([]);
    expect(await store.readStream(newStream(), 0n)).to.deep.equal([]);
  });

  it('names its streams in order, where it has a list of them', async () => {
    const store = await open();
    const names = [newStream(), 'ledger', newStream(), `scheme-${randomUUID()}`];
    for (const name of names) await store.append(name, 'no-stream', facts(2));
    if (store.streams === undefined) return;
    names.sort();
    expect(await store.streams('', 10)).to.deep.equal(names);
    expect(await store.streams('', 2)).to.deep.equal(names.slice(0, 2));
    expect(await store.streams(names[1] ?? '', 10)).to.deep.equal(names.slice(2));
    expect(await store.streams('ledger-', 1)).to.deep.equal(names.slice(1, 2));
  });

  it('finds a fact by its index, and the head', async () => {
    const store = await open();
    const batch = facts(3);
    const { position } = await store.append(newStream(), 'no-stream', batch);
    expect((await store.readIndex(1))?.id).to.equal(batch[1]?.id);
    expect(await store.readIndex(3)).to.equal(undefined);
    expect(await store.head()).to.deep.equal({ count: 3, position });
  });

  it('counts the longest prefix that was recorded at or before an instant', async () => {
    const store = await open();
    const stream = newStream();
    // The fourth fact was recorded by a clock one second behind: nothing after the second is before it. A search
    // by halves looks there first.
    for (const [revision, seconds] of [0, 2, 2, 1, 3, 9].entries()) {
      await store.append(stream, before(revision), [fact('x', instant(seconds))]);
    }
    const asked = [-1, 0, 1, 1.999, 2, 3, 8, 9, 100];
    const counts = await Promise.all(asked.map((s) => store.countAsOf(instant(s))));
    expect(counts).to.deep.equal([0, 1, 1, 1, 4, 5, 5, 6, 6]);
  });

  it('holds the same facts when it is opened again', async () => {
    const address = adapter.fresh();
    const first = await open(address);
    const stream = newStream();
    await first.append(stream, 'no-stream', facts(3));
    const ledger = await wholeLedger(first);
    await first.close();
    const second = await open(address);
    expect(await wholeLedger(second)).to.deep.equal(ledger);
    expect((await second.append(stream, 2n, [fact()])).index).to.equal(3);
  });
}
