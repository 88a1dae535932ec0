import { expect } from 'chai';
import { describe, it } from 'mocha';
import { StoreUnavailable, WrongExpectedRevision } from '../../src/store/event-store.ts';
import { before, fact, facts, ids, newStream, rejection, wholeLedger } from './facts.ts';
import type { Fault } from './kurrentdb-double/faults.ts';
import { doubled, sent } from './kurrentdb-doubled.ts';

describe('an append to KurrentDB', function () {
  this.timeout(40_000);
  const { double, open } = doubled();

  const passing: [string, Fault[]][] = [
    ['the connection is cut before it is stored', ['cut-before']],
    ['the connection is cut when it is stored and not answered', ['cut-after']],
    ['the connection is cut again and again', ['cut-before', 'cut-after', 'cut-after']],
    ['the server is not ready for a while', ['not-ready', 'not-ready', 'not-ready']],
    ['a leader gives up waiting for its followers, and it was stored', ['timeout-stored']],
    ['a leader gives up waiting for its followers, and it was not', ['timeout-lost']],
    ['the answer is slow', ['slow']],
  ];
  for (const [what, faults] of passing) {
    it(`is stored once and answered when ${what}`, async () => {
      const store = await open();
      const stream = newStream();
      const batch = facts(3);
      double().faults.next('append', ...faults);
      const appended = await store.append(stream, 'no-stream', batch);
      const stored = await store.readStream(stream, 0n);
      expect(ids(stored)).to.deep.equal(ids(batch));
      const { position, index } = stored[2] ?? {};
      expect(appended).to.deep.equal({ revision: 2n, position, index });
      expect(ids(await wholeLedger(store))).to.deep.equal(ids(batch));
    });
  }

  it('is a conflict when another came first while its outcome was not known', async () => {
    const store = await open();
    const stream = newStream();
    await store.append(stream, 'no-stream', [fact()]);
    double().faults.next('append', 'timeout-lost');
    const losing = rejection(store.append(stream, 0n, [fact()]));
    double().log.append(`ledger.${stream}`, 0, [sent('NoteTaken', {})]);
    expect(await losing).instanceOf(WrongExpectedRevision);
    expect(await store.readStream(stream, 0n)).to.have.length(2);
  });

  it('is found at its place when it was stored, not answered, and another came after it', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(2);
    double().faults.next('append', 'timeout-stored');
    const appending = store.append(stream, 'no-stream', batch);
    while (double().log.stream(`ledger.${stream}`) === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    double().log.append(`ledger.${stream}`, 1, [sent('NoteTaken', {})]);
    expect((await appending).revision).to.equal(1n);
    expect(await store.readStream(stream, 0n)).to.have.length(3);
  });

  it('says that its outcome is not known when the time is over, and finds it when it is sent again', async () => {
    const store = await open({ knownWithinMs: 700 });
    const stream = newStream();
    const batch = facts(2);
    double().faults.next('append', 'silent');
    const error = await rejection(store.append(stream, 'no-stream', batch));
    expect(error).instanceOf(StoreUnavailable);
    expect(error.message).to.include('not known whether');
    const { revision, index } = await store.append(stream, 'no-stream', batch);
    expect({ revision, index }).to.deep.equal({ revision: 1n, index: 1 });
    expect(ids(await wholeLedger(store))).to.deep.equal(ids(batch));
  });

  it('goes on after a server that was frozen', async () => {
    const store = await open({ knownWithinMs: 700 });
    const stream = newStream();
    double().cable.freeze();
    const error = await rejection(store.append(stream, 'no-stream', [fact()]));
    expect(error).instanceOf(StoreUnavailable);
    double().cable.thaw();
    const again = newStream();
    expect((await store.append(again, 'no-stream', [fact()])).revision).to.equal(0n);
  });

  it('outlives many cuts while a hundred are under way, each stored once', async () => {
    // A slow machine may take longer for it than the ten seconds that it is tried otherwise.
    const store = await open({ knownWithinMs: 35_000 });
    const streams = Array.from({ length: 100 }, newStream);
    // After so many more, however slow the machine is: some are under way each time.
    let uncut = 0;
    const cutting = setInterval(() => {
      const { length } = double().log.all;
      if (length < uncut + 15) return;
      uncut = length;
      double().cable.cut();
    }, 1);
    const sending = streams.map(async (stream) => {
      for (let n = 0; n < 5; n += 1) await store.append(stream, before(n), [fact(`${n}`)]);
    });
    await Promise.all(sending).finally(() => clearInterval(cutting));
    const ledger = await wholeLedger(store);
    expect(ledger).to.have.length(500);
    expect(new Set(ids(ledger)).size).to.equal(500);
  });

  it('outlives a connection that stalls under a load of large facts and then breaks', async () => {
    const store = await open();
    const uncaught: unknown[] = [];
    const listener = (error: unknown): number => uncaught.push(error);
    process.on('unhandledRejection', listener);
    double().cable.freeze();
    // More than the client's buffer holds: what waits behind it could not be caught, and would end the process.
    const sending = Array.from({ length: 60 }, () =>
      store.append(newStream(), 'no-stream', [fact('x'.repeat(200_000))]),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    double().cable.cut();
    double().cable.thaw();
    await Promise.all(sending).finally(() => process.off('unhandledRejection', listener));
    expect((await store.head()).count).to.equal(60);
    expect(uncaught).to.deep.equal([]);
  });

  it('refuses to write by a clock that is more than two seconds off the store’s', async () => {
    const store = await open({ nowMs: () => Date.now() + 2_500 });
    const error = await rejection(store.append(newStream(), 'no-stream', [fact()]));
    expect(error).instanceOf(StoreUnavailable);
    expect(error.message).to.match(/clock is 2\.\d s ahead of the store's/);
    const other = await open({ nowMs: () => Date.now() - 1_500 });
    expect((await other.append(newStream(), 'no-stream', [fact()])).index).to.equal(0);
  });

  it('keeps one event alone of all that clocks struck', async () => {
    await open();
    await open();
    expect(double().log.stream('clock-ledger')).to.have.length(1);
  });
});
