import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { OpenLedger } from '../../src/main/open.ts';
import { claims as readModel } from '../../src/projections/claims.ts';
import { type OpenViews, openViews } from '../../src/projections/open-views.ts';
import { openDatabase } from '../../src/store/driver.ts';
import { orderOfPosition } from '../../src/store/sqlite-read.ts';
import { beginScheme, claims, newMember, openAt } from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

describe('the file of read models', function () {
  this.timeout(20_000);
  let home: string;
  let ledger: OpenLedger;
  let scheme: string;
  let member: string;
  let opened: OpenViews[];
  beforeEach(async () => {
    home = tempDir();
    opened = [];
    ledger = await openAt(home, () => '2026-03-10T09:00:00.000Z');
    scheme = await beginScheme(ledger);
    member = await newMember(ledger, scheme);
  });
  afterEach(async () => {
    for (const views of opened) await views.close();
    await ledger.close();
  });

  const path = () => join(home, 'views.db');
  async function open(projections = [readModel]): Promise<OpenViews> {
    const { store } = ledger;
    const views = await openViews({ store, path: path(), order: orderOfPosition, projections });
    opened.push(views);
    return views;
  }
  /** How many claims wait, once these read models hold every fact. */
  async function waiting(views: OpenViews): Promise<number> {
    const { position = '' } = await ledger.store.head();
    expect((await views.waitFor(position, 10_000)).reached).to.equal(true);
    return (await views.queue({}, { limit: 10 })).items.length;
  }
  async function deleted(): Promise<void> {
    for (const end of ['', '-wal', '-shm']) rmSync(path() + end, { force: true });
  }

  it('is kept by one and read by others, and by one of these when the keeper has ended', async () => {
    const keeper = await open();
    const reader = await open();
    await claims(ledger, member);
    expect([await waiting(keeper), await waiting(reader)]).to.deep.equal([1, 1]);
    const error = await reader.rebuild().catch((e: Error) => e);
    expect(error).to.be.instanceOf(Error);
    await opened.shift()?.close();
    await claims(ledger, member);
    expect(await waiting(reader)).to.equal(2);
    await reader.rebuild();
    expect(await waiting(reader)).to.equal(2);
  });

  it('may be deleted while it is used: its keeper makes it anew, and others read the new one', async () => {
    const keeper = await open();
    await claims(ledger, member);
    expect(await waiting(keeper)).to.equal(1);
    await deleted();
    await claims(ledger, member);
    const late = await open();
    expect([await waiting(keeper), await waiting(late)]).to.deep.equal([2, 2]);
  });

  it('goes on once an error of SQLite has passed, and says meanwhile what it is', async () => {
    const keeper = await open();
    expect(await waiting(keeper)).to.equal(0);
    const other = openDatabase(path());
    other.exec(`CREATE TRIGGER full BEFORE INSERT ON queue
      BEGIN SELECT RAISE(ABORT, 'no room for a claim'); END`);
    await claims(ledger, member);
    const { position = '' } = await ledger.store.head();
    const stopped = async () => (await keeper.progress()).stopped;
    let said: string | undefined;
    for (; said === undefined; said = await stopped()) await sleep(5);
    expect(said).to.contain('no room for a claim');
    expect((await keeper.waitFor(position, 50)).reached).to.equal(false);
    other.exec('DROP TRIGGER full');
    other.close();
    expect(await waiting(keeper)).to.equal(1);
    expect(await stopped()).to.equal(undefined);
  });

  it('is made anew where the ledger is an earlier one again, as after a restore', async () => {
    const keeper = await open();
    await claims(ledger, member);
    expect(await waiting(keeper)).to.equal(1);
    await opened.pop()?.close();
    const other = tempDir();
    for (const end of ['', '-wal'].filter((name) => existsSync(path() + name))) {
      copyFileSync(path() + end, join(other, `views.db${end}`));
    }
    await ledger.close();
    home = other;
    ledger = await openAt(home, () => '2026-03-10T09:00:00.000Z');
    scheme = await beginScheme(ledger);
    // Its facts stand elsewhere: who only counted them would go on in the middle.
    for (let n = 0; n < 3; n++) member = await newMember(ledger, scheme);
    await claims(ledger, member);
    const views = await open();
    expect(await waiting(views)).to.equal(1);
    expect((await views.queue({}, { limit: 10 })).items[0]?.member).to.equal(member);
  });

  it('is made anew where a projection has another version; until then the old rows are asked', async () => {
    await claims(ledger, member);
    expect(await waiting(await open())).to.equal(1);
    await opened.pop()?.close();
    const empty = { ...readModel, version: readModel.version + 1, on: () => nothing };
    const views = await open([empty]);
    expect((await views.queue({}, { limit: 10 })).items).to.have.length(1);
    while ((await views.progress()).rebuilding !== undefined) await sleep(5);
    expect((await views.queue({}, { limit: 10 })).items).to.have.length(0);
  });
});

const nothing = { apply: () => undefined, retract: () => undefined, flush: () => undefined };
