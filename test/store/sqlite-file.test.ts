import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { defaultDriver, openDatabase, pragma } from '../../src/store/driver.ts';
import { StoreUnavailable } from '../../src/store/event-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { LedgerFileRefused, openForWriting } from '../../src/store/sqlite-schema.ts';
import { tempDir } from '../support/temp.ts';
import { fact, facts, instant, newStream, rejection } from './facts.ts';

const WEEK = 7 * 86_400;

describe('the file of a SQLite ledger', () => {
  it('is in WAL with full flushes and pages of 8 KiB, at the first opening and every later one', async () => {
    const path = join(tempDir(), 'ledger.db');
    for (let n = 0; n < 2; n++) {
      const database = openForWriting(path, defaultDriver());
      expect(pragma(database, 'journal_mode')).to.equal('wal');
      expect(pragma(database, 'synchronous')).to.equal(2);
      expect(pragma(database, 'page_size')).to.equal(8_192);
      database.close();
    }
  });

  it('holds everything without its WAL when the store was closed', async () => {
    const path = join(tempDir(), 'ledger.db');
    const store = await openSqliteStore({ path });
    await store.append(newStream(), 'no-stream', facts(3));
    await store.close();
    const copy = join(tempDir(), 'copy.db');
    copyFileSync(path, copy);
    const copied = await openSqliteStore({ path: copy });
    expect((await copied.head()).count).to.equal(3);
    await copied.close();
  });

  it('is made where nothing or an empty file stands', async () => {
    const path = join(tempDir(), 'ledger.db');
    writeFileSync(path, '');
    const store = await openSqliteStore({ path });
    expect(await store.head()).to.deep.equal({ count: 0, position: undefined });
    await store.close();
  });

  it('is left as it is when it is no database, and the message names it', async () => {
    const path = join(tempDir(), 'ledger.db');
    writeFileSync(path, 'a list of members\n'.repeat(100));
    const error = await rejection(openSqliteStore({ path }));
    expect(error).instanceOf(LedgerFileRefused);
    expect(error.message).to.contain(path);
    expect(readFileSync(path, 'utf8')).to.equal('a list of members\n'.repeat(100));
  });

  it('is left as it is when it is a database of something else', async () => {
    const path = join(tempDir(), 'ledger.db');
    const database = openDatabase(path);
    database.exec('CREATE TABLE events (name TEXT)');
    database.close();
    const bytes = readFileSync(path);
    const error = await rejection(openSqliteStore({ path }));
    expect(error).instanceOf(LedgerFileRefused);
    expect(readFileSync(path).equals(bytes)).to.equal(true);
  });

  it('is refused when a later release has written it', async () => {
    const path = join(tempDir(), 'ledger.db');
    await (await openSqliteStore({ path })).close();
    const database = openDatabase(path);
    database.exec('PRAGMA user_version = 2');
    database.close();
    const error = await rejection(openSqliteStore({ path }));
    expect(error).instanceOf(LedgerFileRefused);
    expect(error.message).to.contain('later release');
  });

  it('may be made by several at the same moment', async () => {
    const path = join(tempDir(), 'ledger.db');
    const stores = await Promise.all([1, 2, 3].map(() => openSqliteStore({ path })));
    const streams = stores.map(newStream);
    await Promise.all(stores.map((s, n) => s.append(streams[n] as string, 'no-stream', facts(5))));
    for (const store of stores) expect((await store.head()).count).to.equal(15);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('answers that it cannot be written when its folder has become one of another kind', async () => {
    const path = join(tempDir(), 'folder.db');
    mkdirSync(path);
    expect(await rejection(openSqliteStore({ path }))).instanceOf(Error);
  });

  it('answers an append as unavailable when the file is another by then, and goes on once it is back', async () => {
    const path = join(tempDir(), 'ledger.db');
    const store = await openSqliteStore({ path });
    const [stream, batch] = [newStream(), facts(2)];
    // With what SQLite keeps beside it: a journal that stays would make of any file the ledger again.
    const move = (from: string, to: string): void => {
      for (const end of ['', '-wal', '-shm']) {
        if (existsSync(from + end)) renameSync(from + end, to + end);
      }
    };
    move(path, `${path}.aside`);
    writeFileSync(path, 'a list of members\n'.repeat(1_000));
    expect(await rejection(store.append(stream, 'no-stream', batch))).instanceOf(StoreUnavailable);
    move(`${path}.aside`, path);
    expect((await store.append(stream, 'no-stream', batch)).index).to.equal(1);
    expect(await store.readStream(stream, 0n)).to.have.length(2);
    await store.close();
  });

  it('answers an append as unavailable while another holds the file, and goes on afterwards', async () => {
    const path = join(tempDir(), 'ledger.db');
    const store = await openSqliteStore({ path });
    const holder = openDatabase(path);
    holder.exec('BEGIN IMMEDIATE');
    const stream = newStream();
    const batch = [fact()];
    expect(await rejection(store.append(stream, 'no-stream', batch))).instanceOf(StoreUnavailable);
    holder.exec('COMMIT');
    holder.close();
    expect((await store.append(stream, 'no-stream', batch)).index).to.equal(0);
    await store.close();
  }).timeout(20_000);
});

describe('the clock of a SQLite ledger', () => {
  it('refuses facts recorded more than two seconds before the latest one', async () => {
    const store = await openSqliteStore({ path: join(tempDir(), 'ledger.db') });
    await store.append(newStream(), 'no-stream', [fact('x', instant(10))]);
    await store.append(newStream(), 'no-stream', [fact('x', instant(8))]);
    const error = await rejection(
      store.append(newStream(), 'no-stream', [fact('x', instant(7.999))]),
    );
    // It is not the facts that are wrong: once the clock is right they are taken.
    expect(error).instanceOf(StoreUnavailable);
    expect(error.message).to.contain('clock');
    expect((await store.head()).count).to.equal(2);
    await store.close();
  });

  it('takes facts recorded long after the latest one, as after a quiet week', async () => {
    const store = await openSqliteStore({ path: join(tempDir(), 'ledger.db') });
    await store.append(newStream(), 'no-stream', [fact('x', instant(0))]);
    await store.append(newStream(), 'no-stream', [fact('x', instant(WEEK))]);
    expect((await store.head()).count).to.equal(2);
    await store.close();
  });

  it('does not ask for the time of a repeat', async () => {
    const store = await openSqliteStore({ path: join(tempDir(), 'ledger.db') });
    const stream = newStream();
    const batch = [fact('x', instant(0))];
    await store.append(stream, 'no-stream', batch);
    await store.append(newStream(), 'no-stream', [fact('x', instant(60))]);
    expect((await store.append(stream, 'no-stream', batch)).index).to.equal(0);
    await store.close();
  });
});
