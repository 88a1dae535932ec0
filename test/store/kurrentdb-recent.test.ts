import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { WireEvent } from '../../src/store/kurrentdb-event.ts';
import { createRecent } from '../../src/store/kurrentdb-recent.ts';
import { sharedReads } from '../../src/store/kurrentdb-shared.ts';

/** A ring of four facts with these added, each as stream and revision. */
function recentOf(...facts: [string, number][]) {
  const recent = createRecent('ledger.', 4);
  for (const [index, [stream, revision]] of facts.entries()) {
    recent.add(event(`ledger.${stream}`, BigInt(revision), BigInt(100 + index)), index);
  }
  const of = (stream: string, from: bigint) =>
    recent.of(`ledger.${stream}`, from)?.map(({ index }) => index);
  return { recent, of };
}

const event = (stream: string, revision: bigint, commit: bigint): WireEvent => ({
  stream,
  id: `id-${commit}`,
  revision,
  type: 'NoteTaken',
  data: {},
  metadata: {},
  commit,
  prepare: commit,
  created: 0,
});

describe('the facts that were followed last', () => {
  it('are those of a stream from a revision to its end, in order', () => {
    const { of } = recentOf(['a-1', 0], ['b-1', 0], ['a-1', 1], ['a-1', 2]);
    expect(of('a-1', 0n)).to.deep.equal([0, 2, 3]);
    expect(of('a-1', 2n)).to.deep.equal([3]);
    expect(of('a-1', 3n)).to.deep.equal([]);
  });

  it('say nothing of a stream that nobody has seen, nor where one of its facts is gone', () => {
    const { of } = recentOf(['a-1', 0], ['a-1', 1], ['b-1', 0], ['b-1', 1], ['b-1', 2], ['a-1', 2]);
    expect(of('c-1', 0n)).to.equal(undefined);
    expect(of('a-1', 0n)).to.equal(undefined);
    expect(of('a-1', 1n)).to.equal(undefined);
    expect(of('a-1', 2n)).to.deep.equal([5]);
  });

  it('know where a stream ended that was read, until more of it comes', () => {
    const { recent, of } = recentOf(['a-1', 7]);
    recent.note('ledger.c-1', -1n);
    expect(of('c-1', 0n)).to.deep.equal([]);
    recent.note('ledger.b-1', 4n);
    expect(of('b-1', 5n)).to.deep.equal([]);
    expect(of('b-1', 4n)).to.equal(undefined);
    recent.note('ledger.a-1', 6n);
    expect(recent.revisionOf('ledger.a-1')).to.equal(7n);
    recent.add(event('ledger.b-1', 5n, 200n), 1);
    expect(of('b-1', 5n)).to.deep.equal([1]);
    expect(of('b-1', 4n)).to.equal(undefined);
  });
});

describe('reads that are shared', () => {
  it('begin after they were asked for, and fail for those alone who waited for them', async () => {
    const begun: (() => void)[] = [];
    const shared = sharedReads();
    let what = 'old';
    const read = () =>
      shared.read('a', async () => {
        const seen = what;
        await new Promise<void>((resolve) => begun.push(resolve));
        if (seen === 'bad') throw new Error('broken');
        return seen;
      });
    const first = read();
    what = 'bad';
    const [second, third] = [read(), read()];
    begun.shift()?.();
    expect(await first).to.equal('old');
    what = 'new';
    const fourth = read();
    while (begun.length === 0) await Promise.resolve();
    begun.shift()?.();
    for (const failed of [second, third]) {
      expect(await failed.catch((error: Error) => error.message)).to.equal('broken');
    }
    while (begun.length === 0) await Promise.resolve();
    begun.shift()?.();
    expect(await fourth).to.equal('new');
  });
});
