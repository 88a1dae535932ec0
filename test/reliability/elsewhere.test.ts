import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { foldedStreams } from '../../src/commands/streams.ts';
import type { OpenLedger } from '../../src/main/open.ts';
import { openViews } from '../../src/projections/open-views.ts';
import { type EventStore, StoreUnavailable } from '../../src/store/event-store.ts';
import { orderOfPosition } from '../../src/store/sqlite-read.ts';
import { rejection } from '../store/facts.ts';
import { beginScheme, claims, newMember, openAt } from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

describe('a store that stands elsewhere', function () {
  this.timeout(20_000);
  let home: string;
  let ledger: OpenLedger;
  let member: string;
  beforeEach(async () => {
    home = tempDir();
    ledger = await openAt(home, () => '2026-03-10T09:00:00.000Z');
    member = await newMember(ledger, await beginScheme(ledger));
  });
  afterEach(() => ledger.close());

  it('may lag behind what is folded, and never leaves a fact out of a fold', async () => {
    const { store } = ledger;
    let seen: (revision: bigint) => boolean = () => true;
    const readStream: EventStore['readStream'] = async (...asked) =>
      (await store.readStream(...asked)).filter(({ revision }) => seen(revision));
    const streams = foldedStreams({ ...store, readStream });
    const before = (await streams.load('member', member)).revision;
    await claims(ledger, member);
    await claims(ledger, member);

    seen = (revision) => revision <= before;
    expect((await streams.load('member', member)).revision).to.equal(before);
    seen = (revision) => revision !== before + 1n;
    const error = await rejection(streams.load('member', member));
    expect(error).instanceOf(StoreUnavailable);
    expect(error.message).to.include(`without its revision ${before + 1n}`);
    seen = () => true;
    expect((await streams.load('member', member)).revision).to.equal(before + 2n);
  });

  it('may be gone for a while: read models wait for it and go on', async () => {
    const { store } = ledger;
    let gone = false;
    const readAll: EventStore['readAll'] = (...asked) => {
      if (gone) return Promise.reject(new StoreUnavailable('gone'));
      return store.readAll(...asked);
    };
    const path = join(home, 'views.db');
    const views = await openViews({ store: { ...store, readAll }, path, order: orderOfPosition });
    const { position: first = '' } = await store.head();
    expect((await views.waitFor(first, 10_000)).reached).to.equal(true);
    gone = true;
    await claims(ledger, member);
    const { position = '' } = await store.head();
    expect((await views.waitFor(position, 300)).reached).to.equal(false);
    await sleep(100);
    gone = false;
    expect((await views.waitFor(position, 10_000)).reached).to.equal(true);
    expect((await views.progress()).stopped).to.equal(undefined);
    await views.close();
  });
});
