import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { copyFacts } from '../../src/store/copy.ts';
import { type EventStore, StoreUnavailable } from '../../src/store/event-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { tempDir } from '../support/temp.ts';
import { fact, instant, newStream } from './facts.ts';
import { doubled } from './kurrentdb-doubled.ts';

const quiet = (): void => undefined;

describe('facts that are copied from one store to another', function () {
  this.timeout(60_000);
  const { open } = doubled();
  const inFile = async (use: (store: EventStore) => Promise<void>, copying: boolean) => {
    const store = await openSqliteStore({ path: join(tempDir(), 'ledger.db'), copying });
    try {
      await use(store);
    } finally {
      await store.close();
    }
  };

  it('may have been recorded by clocks that are some seconds apart: a file that is written for itself refuses them', async () => {
    const source = await open();
    for (const seconds of [9, 5]) {
      await source.append(newStream(), 'no-stream', [fact('x', instant(seconds))]);
    }
    await inFile(async (target) => {
      expect(await copyFacts(source, target, quiet)).to.deep.equal({ facts: 2, written: 2 });
    }, true);
    await inFile(async (target) => {
      const error = await copyFacts(source, target, quiet).catch((reason: unknown) => reason);
      expect(error).instanceOf(StoreUnavailable);
    }, false);
  });

  it('are no copy where another process writes to the target meanwhile', async () => {
    const source = await open();
    for (let n = 0; n < 3; n++) await source.append(newStream(), 'no-stream', [fact()]);
    await inFile(async (target) => {
      let others: Promise<unknown> | undefined;
      const meddle = (): void => {
        others ??= target.append(newStream(), 'no-stream', [fact()]);
      };
      const error = await copyFacts(source, target, meddle).catch((reason: unknown) => reason);
      expect((error as Error).message).to.match(/another process writes to the target/);
      await others;
      const again = await copyFacts(source, target, quiet).catch((reason: unknown) => reason);
      expect((again as Error).message).to.match(/^the target (holds something else|has 4 facts)/);
    }, true);
  });
});
