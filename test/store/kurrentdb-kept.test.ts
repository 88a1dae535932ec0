import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { verifyLedger } from '../../src/projections/verify.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { tempDir } from '../support/temp.ts';
import { fact, facts, ids, newStream, wholeLedger } from './facts.ts';
import { type Double, startDouble } from './kurrentdb-double/double.ts';
import { doubled, sent } from './kurrentdb-doubled.ts';

describe('what a process keeps of the log of KurrentDB', function () {
  this.timeout(30_000);
  const { double, open } = doubled();
  let keptFile: string;
  beforeEach(() => {
    keptFile = join(tempDir(), 'log-ledger.index');
  });

  const openHere = (): Promise<EventStore> => open({ keptFile });
  /** A ledger of these facts, each in a stream of its own, after 40 events of others; closed again. */
  const filled = async (batch = facts(20)): Promise<string[]> => {
    for (let n = 0; n < 40; n += 1) double().log.append(`orders-${n}`, -1, [sent('Placed', {})]);
    const store = await openHere();
    for (const each of batch) await store.append(newStream(), 'no-stream', [each]);
    await store.close();
    return ids(batch);
  };
  const foreignIn = (store: EventStore): number => store.reach?.().foreign ?? -1;

  it('is gone on with at the next start: what stands before it is not read again', async () => {
    const before = await filled();
    const store = await openHere();
    expect(foreignIn(store)).to.equal(0);
    const { index } = await store.append(newStream(), 'no-stream', [fact()]);
    expect(index).to.equal(20);
    expect(ids(await wholeLedger(store)).slice(0, 20)).to.deep.equal(before);
    expect((await store.readIndex(7))?.id).to.equal(before[7]);
    const all = await open();
    expect(foreignIn(all)).to.equal(40);
    expect(await all.head()).to.deep.equal(await store.head());
    expect(await all.countAsOf('2026-01-05T09:00:00.000Z')).to.equal(21);
    expect(await store.countAsOf('2026-01-05T09:00:00.000Z')).to.equal(21);
  });

  it('has what others have appended meanwhile after it', async () => {
    await filled();
    const other = await open();
    const { index } = await other.append('member-1', 'no-stream', facts(3));
    const store = await openHere();
    expect((await store.readStream('member-1', 0n)).map((each) => each.index)).to.deep.equal([
      20, 21, 22,
    ]);
    expect((await store.head()).count).to.equal(index + 1);
  });

  const harmed: Record<string, (file: string) => void> = {
    deleted: (file) => rmSync(file),
    'cut short': (file) => writeFileSync(file, readFileSync(file).subarray(0, -8)),
    'changed in a byte': (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    },
    'no such file at all': (file) => writeFileSync(file, 'something else\n'),
  };
  for (const [what, harm] of Object.entries(harmed)) {
    it(`is made anew when it was ${what}`, async () => {
      const before = await filled();
      harm(keptFile);
      const store = await openHere();
      expect(foreignIn(store)).to.equal(40);
      expect(ids(await wholeLedger(store))).to.deep.equal(before);
    });
  }

  it('is left alone by a ledger of another name', async () => {
    await filled();
    const other = await open({ keptFile, name: 'other' });
    expect((await other.head()).count).to.equal(0);
  });

  it('still knows what was done to a stream before its end', async () => {
    await filled();
    const store = await openHere();
    await store.append('member-1', 'no-stream', facts(3));
    const limited = sent('$metadata', { $tb: 2 });
    double().log.append('$$ledger.member-1', -1, [limited]);
    await store.append(newStream(), 'no-stream', [fact()]);
    await store.close();
    const again = await openHere();
    expect(foreignIn(again)).to.equal(0);
    expect((await again.damage?.())?.map(({ stream }) => stream)).to.deep.equal(['member-1']);
  });

  it('makes verify say that facts are gone which a scavenge has taken', async () => {
    await filled();
    const first = await openHere();
    await first.append('member-1', 'no-stream', facts(3));
    await first.append(newStream(), 'no-stream', [fact()]);
    await first.close();
    double().log.scavenge('ledger.member-1', 3);
    const store = await openHere();
    const { findings } = await verifyLedger(store);
    expect(findings.map(({ says }) => says)).to.include(
      'the ledger says it has 24 facts, and 21 can be read',
    );
  });

  describe('on a server whose log is another by now', () => {
    let other: Double;
    beforeEach(async () => {
      other = await startDouble();
    });

    const copied = (count: number): void => {
      for (const { stream, revision, ...event } of double().log.all.slice(0, count)) {
        other.log.append(stream, revision - 1, [event]);
      }
    };
    const openOther = (): Promise<EventStore> => open({ keptFile, address: other.address });

    it('goes on where all of it is there', async () => {
      const before = await filled();
      copied(double().log.all.length);
      const store = await openOther();
      expect(foreignIn(store)).to.equal(0);
      expect(ids(await wholeLedger(store))).to.deep.equal(before);
      await store.close();
      await other.close();
    });

    it('is made anew where the log is shorter, as from a backup, whatever was appended then', async () => {
      const before = await filled();
      copied(double().log.all.length - 5);
      const shorter = await openOther();
      expect(foreignIn(shorter)).to.equal(40);
      expect(ids(await wholeLedger(shorter))).to.deep.equal(before.slice(0, -5));
      const more = facts(9);
      for (const each of more) await shorter.append(newStream(), 'no-stream', [each]);
      await shorter.close();
      // The file that was kept when the log was longer.
      await filled([]);
      const store = await openOther();
      expect(ids(await wholeLedger(store))).to.deep.equal([...before.slice(0, -5), ...ids(more)]);
      await store.close();
      await other.close();
    });

    it('is made anew where other facts stand at the same places', async () => {
      await filled();
      for (const { stream, revision, metadata, ...event } of double().log.all) {
        const text = Buffer.from(metadata).toString().replace('2026-', '2027-');
        const later = { ...event, id: randomUUID(), metadata: Buffer.from(text) };
        other.log.append(stream, revision - 1, [later]);
      }
      const store = await openOther();
      expect((await store.head()).count).to.equal(20);
      expect(await store.countAsOf('2026-12-31T00:00:00.000Z')).to.equal(0);
      await store.close();
      await other.close();
    });
  });
});
