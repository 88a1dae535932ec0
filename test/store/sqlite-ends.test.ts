import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { createEnds } from '../../src/store/sqlite-ends.ts';
import { tempDir } from '../support/temp.ts';
import { before, facts, ids, newStream } from './facts.ts';

const STREAMS = 4;
/** Among them more in one append than a reader follows at once, and more than it keeps places of. */
const counts = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(130, 300, 300) },
);
const stream = fc.nat({ max: STREAMS - 1 });
const handle = fc.nat({ max: 1 });
const steps = fc.array(
  fc.oneof(
    fc.record({ by: handle, stream, append: counts }),
    fc.record({ by: handle, stream, back: fc.integer({ min: -2, max: 200 }) }),
  ),
  { minLength: 20, maxLength: 60 },
);

describe('the tail of a stream in SQLite', () => {
  it('is what was appended, whoever appended it, however much came between and wherever it is read from', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const path = join(tempDir(), 'ledger.db');
        const stores = [await openSqliteStore({ path }), await openSqliteStore({ path })] as const;
        const names = Array.from({ length: STREAMS }, newStream);
        const held = names.map((): string[] => []);
        for (const step of taken) {
          const store = stores[step.by as 0 | 1];
          const name = names[step.stream] as string;
          const known = held[step.stream] as string[];
          if ('append' in step) {
            const added = facts(step.append);
            await store.append(name, before(known.length), added);
            known.push(...ids(added));
            continue;
          }
          const from = Math.max(0, known.length - step.back);
          expect(ids(await store.readStream(name, BigInt(from)))).to.deep.equal(known.slice(from));
        }
        await Promise.all(stores.map((store) => store.close()));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('has what another appended between two reads that wait for nothing but each other', async () => {
    const path = join(tempDir(), 'ledger.db');
    const [ours, other] = [await openSqliteStore({ path }), await openSqliteStore({ path })];
    const name = newStream();
    const [first, second, third] = [facts(1), facts(1), facts(1)];
    await ours.append(name, 'no-stream', first);
    await ours.readStream(name, 1n);
    await other.append(name, 0n, second);
    expect(ids(await ours.readStream(name, 1n))).to.deep.equal(ids(second));
    expect(ids(await ours.readStream(name, 2n))).to.deep.equal([]);
    await other.append(name, 1n, third);
    expect(ids(await ours.readStream(name, 1n))).to.deep.equal(ids([...second, ...third]));
    await Promise.all([ours.close(), other.close()]);
  });

  it('is no shorter than the file said, where that had seen a later commit already', async () => {
    let version = 0;
    let added: [number, number, number][] = [];
    const ends = createEnds({ version: () => version, after: () => added, last: () => 8 });
    ends.head();
    ends.note(7, 5);
    version = 1;
    added = [[9, 7, 4]];
    await new Promise(setImmediate);
    expect(ends.head()).to.equal(9);
    expect(ends.tail(7, 5)).to.equal(undefined);
    expect(ends.tail(7, 6)).to.deep.equal([]);
  });
});
