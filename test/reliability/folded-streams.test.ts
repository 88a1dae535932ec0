import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { foldedStreams, type Streams } from '../../src/commands/streams.ts';
import type { Encoded } from '../../src/events/codec.ts';
import { limits } from '../../src/limits.ts';
import type { OpenLedger } from '../../src/main/open.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { beginScheme, claims, newMember, openAt } from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

/** Each member here has two facts. */
const roomFor = (facts: number): number => facts * limits.cacheBytesPerFact;

describe('folded streams in memory', () => {
  let ledger: OpenLedger;
  let [a, b, c]: string[] = [];
  before(async () => {
    ledger = await openAt(tempDir(), () => '2026-03-10T09:00:00.000Z');
    const scheme = await beginScheme(ledger);
    [a, b, c] = [
      await newMember(ledger, scheme),
      await newMember(ledger, scheme),
      await newMember(ledger, scheme),
    ];
  });
  after(() => ledger.close());

  const load = (streams: Streams, member = '') => streams.load('member', member);

  it('are kept while there is room, and let go beyond it: folded anew they say the same', async () => {
    const streams = foldedStreams(ledger.store, roomFor(4));
    const first = await load(streams, a);
    await load(streams, b);
    expect(await load(streams, a)).to.equal(first);
    await load(streams, b);
    await load(streams, c);
    const again = await load(streams, a);
    expect(again).to.not.equal(first);
    expect(again).to.deep.equal(first);
  });

  it('are checked as they are read, unless the bytes are those that were just written', async () => {
    const broken = { '"schemaVersion":1': '"schemaVersion":1,"more":1' };
    const [[from, to] = ['', '']] = Object.entries(broken);
    const other = {
      ...ledger.store,
      readStream: async (stream: string, after: bigint) =>
        (await ledger.store.readStream(stream, after)).map((fact) => ({
          ...fact,
          metadata: fact.metadata.replace(from, to),
        })),
    };
    const stream = `member-${a}`;
    const refusal = (written?: readonly Encoded[]): Promise<string> =>
      foldedStreams(other)
        .load('member', a ?? '', { written: written ?? [] })
        .then(() => 'none', String);
    const asMade = (facts: readonly StoredEvent[]) =>
      facts.map((fact) => ({ ...fact, recordedAt: '' }));
    expect(await refusal()).to.contain('breaks its schema');
    const said = asMade(await ledger.store.readStream(stream, 0n));
    expect(await refusal(said)).to.contain('breaks its schema');
    expect(await refusal(asMade(await other.readStream(stream, 0n)))).to.equal('none');
  });

  it('are let go in the order of their last use', async () => {
    const streams = foldedStreams(ledger.store, roomFor(4));
    const [first, second] = [await load(streams, a), await load(streams, b)];
    await load(streams, a);
    await load(streams, c);
    expect(await load(streams, a)).to.equal(first);
    expect(await load(streams, b)).to.not.equal(second);
  });

  it('give back the room of what was let go, and count what is folded on', async () => {
    const streams = foldedStreams(ledger.store, roomFor(5));
    for (const member of [a, b, c, a, b, c]) await load(streams, member);
    const [second, third] = [await load(streams, b), await load(streams, c)];
    expect(await load(streams, b)).to.equal(second);
    expect(await load(streams, c)).to.equal(third);
    // Two facts more of one than there is room for beside the other.
    await claims(ledger, c ?? '');
    await claims(ledger, c ?? '');
    expect(await load(streams, c)).to.equal(third);
    expect(await load(streams, b)).to.not.equal(second);
  });

  it('keep the one in use, however large it is', async () => {
    const streams = foldedStreams(ledger.store, roomFor(1));
    const only = await load(streams, a);
    expect(await load(streams, a)).to.equal(only);
  });
});
