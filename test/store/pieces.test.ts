import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { OpenLedger } from '../../src/main/open.ts';
import { pieceThreads } from '../../src/main/piece-threads.ts';
import { readModels } from '../../src/projections/read-models.ts';
import { type Pieces, rebuild } from '../../src/projections/rebuild.ts';
import { rowsOf } from '../reliability/views.ts';
import { beginScheme, claims, newMember, openAt } from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';
import { rejection } from './facts.ts';

describe('a rebuild by threads', function () {
  this.timeout(20_000);
  let home: string;
  let folder: string;
  let ledger: OpenLedger;
  beforeEach(async () => {
    home = tempDir();
    folder = tempDir();
    ledger = await openAt(home, () => '2026-03-10T09:00:00.000Z');
    const scheme = await beginScheme(ledger);
    for (let member = 0; member < 8; member++) {
      await claims(ledger, await newMember(ledger, scheme));
    }
  });
  afterEach(() => ledger.close());

  const made = (name: string, pieces?: Pieces, signal = new AbortController().signal) => {
    const { store } = ledger;
    return rebuild({ store, projections: readModels, path: join(folder, name), signal, pieces });
  };
  const threads = (count: number): Pieces => ({
    ...pieceThreads(join(home, 'ledger.db')),
    count: () => count,
  });

  it('gives the rows that one thread gives, and leaves nothing else behind', async () => {
    expect(await made('one.db')).to.equal(true);
    expect(await made('three.db', threads(3))).to.equal(true);
    expect(rowsOf(join(folder, 'three.db'))).to.deep.equal(rowsOf(join(folder, 'one.db')));
    expect(rowsOf(join(folder, 'one.db'))['queue']).to.have.length(8);
    expect(readdirSync(folder)).to.have.members(['one.db', 'three.db']);
  });

  it('says what went wrong in one of them, ends the others, and leaves nothing behind', async () => {
    const pieces = threads(2);
    const ended: boolean[] = [];
    const broken: Pieces = {
      ...pieces,
      async build(piece, signal, onProgress) {
        const path = piece.after === '' ? join(folder, 'nowhere', '0.db') : piece.path;
        await pieces.build({ ...piece, path }, signal, onProgress);
        ended.push(signal.aborted);
      },
    };
    expect((await rejection(made('views.db', broken))).message).to.match(/unable to open/);
    expect(ended).to.have.length(1);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('ends when it is told to, and leaves nothing behind', async () => {
    const ending = new AbortController();
    const pieces = threads(2);
    const build: Pieces['build'] = (...asked) => {
      ending.abort();
      return pieces.build(...asked);
    };
    expect(await made('views.db', { ...pieces, build }, ending.signal)).to.equal(false);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('is cut into no more pieces than facts are worth it', () => {
    const { count } = pieceThreads('any', 8);
    expect([0, 9_999, 20_000, 10_000_000].map(count)).to.deep.equal([1, 1, 2, 4]);
  });
});
