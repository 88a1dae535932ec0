import { expect } from 'chai';
import { describe, it } from 'mocha';
import { StoreUnavailable } from '../../src/store/event-store.ts';
import { fact, facts, ids, newStream, rejection, wholeLedger } from './facts.ts';
import { followUntil } from './follow.contract.ts';
import type { Fault } from './kurrentdb-double/faults.ts';
import { doubled, sent } from './kurrentdb-doubled.ts';

describe('following KurrentDB', function () {
  this.timeout(40_000);
  const { double, open } = doubled();

  it('goes on after an error and silence, without a gap and without a repeat', async () => {
    const store = await open();
    const stream = newStream();
    const batch = facts(60);
    const following = followUntil(store, undefined, 60);
    for (let n = 0; n < 60; n += 1) {
      if (n % 20 === 10) double().cable.cut();
      await store.append(stream, n === 0 ? 'no-stream' : BigInt(n - 1), batch.slice(n, n + 1));
    }
    expect(ids(await following)).to.deep.equal(ids(batch));
    expect(store.reach?.().reconnects).to.be.greaterThan(0);
  });

  const ended: [string, Fault[]][] = [
    ['ends without an error', ['end', 'end']],
    ['breaks after each event', ['cut-after', 'cut-after', 'cut-after']],
    ['is refused for a while', ['not-ready', 'not-ready']],
  ];
  for (const [what, faults] of ended) {
    it(`goes on when a subscription ${what}`, async () => {
      const batch = facts(20);
      for (const [n, event] of batch.entries()) {
        const { id, type, data } = event;
        double().log.append('ledger.member-1', n - 1, [{ ...sent(type, data), id }]);
      }
      double().faults.next('subscribe', ...faults);
      expect(ids(await wholeLedger(await open()))).to.deep.equal(ids(batch));
    });
  }

  it('begins anew when a subscription says nothing, though something stands at the end of the log', async () => {
    double().faults.next('subscribe', 'silent');
    const store = await open();
    expect((await store.append(newStream(), 'no-stream', [fact()])).index).to.equal(0);
    expect(store.reach?.().reconnects).to.equal(1);
  });

  it('stores what caused a fact under the names that the store’s own tools know', async () => {
    const store = await open();
    const metadata =
      '{"causationId":"b","correlationId":"d","recordedAt":"2026-01-05T09:00:00.000Z"}';
    await store.append('member-1', 'no-stream', [{ ...fact(), metadata }]);
    const [kept] = double().log.stream('ledger.member-1') ?? [];
    expect(JSON.parse(Buffer.from(kept?.metadata ?? []).toString())).to.deep.equal({
      $causationId: 'b',
      $correlationId: 'd',
      recordedAt: '2026-01-05T09:00:00.000Z',
    });
  });

  it('counts ours alone, the same in every process, whatever else stands in the log', async () => {
    const { log } = double();
    const first = await open();
    log.append('orders-1', -1, [sent('OrderPlaced', {})]);
    log.append('ledger2.member-1', -1, [sent('NoteTaken', {})]);
    log.append('$projections-x', -1, [sent('$stats', {})]);
    await first.append('member-1', 'no-stream', facts(2));
    log.append('links-1', -1, [sent('$>', '0@ledger.member-1')]);
    log.append('orders-1', 0, [sent('OrderPaid', {})]);
    await first.append('member-2', 'no-stream', facts(2));
    const second = await open();
    const ledger = await wholeLedger(second);
    expect(ledger.map(({ index }) => index)).to.deep.equal([0, 1, 2, 3]);
    expect(await wholeLedger(first, 1)).to.deep.equal(ledger);
    expect(second.reach?.().foreign).to.equal(3);
  });

  it('reads what is too long ago to be kept, among events of others', async () => {
    const { log } = double();
    const batch = facts(40);
    for (const [n, { id, type, data }] of batch.entries()) {
      log.append('orders-1', -2, [sent('OrderPlaced', {}), sent('OrderPlaced', {})]);
      log.append('ledger.member-1', n - 1, [{ ...sent(type, data), id }]);
    }
    for (let n = 0; n < 500; n += 1) {
      log.append(
        'ledger.member-2',
        -2,
        Array.from({ length: 10 }, () => sent('NoteTaken', {})),
      );
    }
    const store = await open();
    expect(ids(await store.readAll(undefined, 40))).to.deep.equal(ids(batch));
    expect((await store.readIndex(17))?.id).to.equal(batch[17]?.id);
    const ledger = await wholeLedger(store, 700);
    expect(ledger.map(({ index }) => index)).to.deep.equal([...Array(5_040).keys()]);
  });

  const passing: [string, Fault[]][] = [
    ['is half-sent', ['half']],
    ['is cut at its start', ['cut-before', 'cut-before']],
    ['meets a server that is not ready', ['not-ready']],
    ['meets a node that does not lead', ['not-leader']],
    ['is sent and never ended', ['silent']],
  ];
  for (const [what, faults] of passing) {
    it(`gives a whole stream when a read ${what}`, async () => {
      const store = await open();
      const batch = facts(10);
      await store.append('member-1', 'no-stream', batch);
      double().faults.next('readStream', ...faults);
      expect(ids(await store.readStream('member-1', 0n))).to.deep.equal(ids(batch));
    });
  }

  it('shows what it has written, though a node that lags is asked first', async () => {
    const store = await open();
    await store.append('member-1', 'no-stream', facts(3));
    double().faults.next('readStream', 'lag', 'lag');
    expect(await store.readStream('member-1', 0n)).to.have.length(3);
    double().faults.next('readStream', 'lag');
    expect(await store.readStream('member-1', 2n)).to.have.length(1);
    double().faults.next('readStream', 'lag');
    expect(await store.readStream('member-1', 0n, 2)).to.have.length(2);
  });

  it('says of what no ledger wrote in a stream of ours that it is no fact, and goes no further', async () => {
    const store = await open();
    await store.append('member-1', 'no-stream', facts(1));
    double().log.append('ledger.member-1', 0, [sent('Photo', 'ÿØ', 'application/octet-stream')]);
    const error = await rejection(store.readStream('member-1', 0n));
    expect(error.message).to.match(/revision 1 of ledger\.member-1, holds no fact/);
  });
});

describe('a stream of ours in KurrentDB', () => {
  const { double, open } = doubled();
  const harms: [string, () => void, RegExp][] = [
    ['deleted', () => double().log.tombstone('ledger.member-1'), /deleted for good/],
    [
      'cut short',
      () => double().log.append('$$ledger.member-1', -1, [sent('$metadata', { $tb: 1 })]),
      /deleted or cut short: its metadata sets \$tb/,
    ],
    [
      'limited',
      () => double().log.append('$$ledger.member-1', -1, [sent('$metadata', { $maxAge: 60 })]),
      /metadata sets \$maxAge/,
    ],
  ];
  for (const [what, harm, says] of harms) {
    it(`that was ${what} is named, and not written to any more`, async () => {
      const store = await open();
      await store.append('member-1', 'no-stream', facts(2));
      expect(await store.damage?.()).to.deep.equal([]);
      harm();
      await store.append('member-2', 'no-stream', facts(1));
      const [damage, ...rest] = (await store.damage?.()) ?? [];
      expect(rest).to.deep.equal([]);
      expect(damage?.stream).to.equal('member-1');
      expect(damage?.what).to.match(says);
      const error = await rejection(store.append('member-1', 1n, [fact()]));
      expect(error).instanceOf(StoreUnavailable);
      expect(error.message).to.match(says);
    });
  }

  it('whose right to be read is set by its metadata is left alone', async () => {
    const store = await open();
    double().log.append('$$ledger.member-1', -1, [sent('$metadata', { $acl: { $r: 'ops' } })]);
    await store.append('member-1', 'no-stream', facts(1));
    expect(await store.damage?.()).to.deep.equal([]);
  });

  it('that was scavenged is missed by a reader and by its followers', async () => {
    const store = await open();
    await store.append('member-1', 'no-stream', facts(3));
    double().log.scavenge('ledger.member-1', 2);
    const error = await rejection(store.readStream('member-1', 0n));
    expect(error).instanceOf(StoreUnavailable);
    expect(error.message).to.include('begins at revision 2, and 0 was asked for');
    const fresh = await open();
    expect((await wholeLedger(fresh)).map(({ revision }) => revision)).to.deep.equal([2n]);
  });
});

describe('opening a ledger on KurrentDB', () => {
  const { double, open } = doubled();

  it('ends with one line when nobody answers in time', async () => {
    await double().cable.shut();
    const error = await rejection(open({ openWithinMs: 300 }));
    expect(error).instanceOf(StoreUnavailable);
    expect(error.message).to.match(
      /^esdb:\/\/127\.0\.0\.1:\d+ does not answer after 0\.3 s: [^\n]+$/,
    );
  });

  it('ends with one line when the cluster has no leader', async () => {
    double().leads(false);
    const error = await rejection(open({ address: double().clusterAddress, openWithinMs: 300 }));
    expect(error.message).to.match(/does not answer after 0\.3 s: Failed to discover/);
  });

  it('waits for a server that is starting', async () => {
    double().faults.next('append', 'not-ready', 'not-ready');
    expect(await (await open()).head()).to.deep.equal({ count: 0, position: undefined });
  });

  it('ends with one line that names the certificates, when one of them is not there', async () => {
    const files = 'tlsCaFile=/not/there&userCertFile=/nor/this&userKeyFile=/nor/that';
    const address = `esdb://ledger:canary@127.0.0.1:1?tls=true&${files}`;
    const error = await rejection(open({ address }));
    expect(error).instanceOf(StoreUnavailable);
    expect(error.message).to.match(
      /^esdb:\/\/127\.0\.0\.1:1 \(tlsCaFile=\/not\/there, .+\) cannot/,
    );
    expect(error.message).not.to.contain('canary');
  });

  it('shares one client in a process, and refuses another cluster while it is open', async () => {
    await open();
    const error = await rejection(open({ address: 'esdb://127.0.0.1:1?tls=false' }));
    expect(error.message).to.include('one process uses one cluster');
  });
});
