import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { earlierFacts, openBatches } from '../../src/projections/batches.ts';
import { claims } from '../../src/projections/claims.ts';
import type { StreamsStore } from '../../src/projections/pieces.ts';
import type { Projection } from '../../src/projections/projection.ts';
import { readModels } from '../../src/projections/read-models.ts';
import { piecesHere, rebuild } from '../../src/projections/rebuild.ts';
import { verifyViews } from '../../src/projections/verify/views.ts';
import { createViewsFile, openViewsFile } from '../../src/projections/views-file.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { rowsOf } from '../reliability/views.ts';
import { chronicle, idOf, saidOf, storeOf } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { scheme, streamOf } from '../support/history-told.ts';
import { skillHistories } from '../support/skill-histories.ts';
import { tempDir } from '../support/temp.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
/** In which of its batches each life of the process dies; the life after them follows to the end. */
const deaths = fc.array(fc.nat(4), { maxLength: 3 });

/** None: in ledger order. */
const pieces = fc.nat(5);
const anyHistory = fc.oneof(histories, skillHistories);

class Died extends Error {}

function madeAt(projections: readonly Projection[]): string {
  const path = join(tempDir(), 'views.db');
  createViewsFile(path, projections).close();
  return path;
}

/** Follows the ledger on from where the file is, in batches of these sizes in turn. */
async function follow(
  events: readonly StoredEvent[],
  path: string,
  projections: readonly Projection[],
  batchSizes: readonly number[],
): Promise<void> {
  const store = storeOf(events);
  const database = openViewsFile(path, false);
  try {
    const batches = openBatches(database, projections);
    for (let turn = 0; ; turn++) {
      const size = batchSizes[turn % batchSizes.length] ?? 1;
      const batch = await store.readAll(batches.checkpoint().position, size);
      if (batch.length === 0) return;
      batches.take(batch, await earlierFacts(store, batch));
    }
  } finally {
    database.close();
  }
}

/** The same, but it dies in a batch when rows are written and nothing is committed. @returns what it leaves */
async function followAndDie(
  events: readonly StoredEvent[],
  path: string,
  batchSizes: readonly number[],
  batch: number,
): Promise<string> {
  const left = join(tempDir(), 'views.db');
  let flushes = 0;
  const dying: Projection = {
    ...(readModels.at(-1) as Projection),
    on(database) {
      const following = (readModels.at(-1) as Projection).on(database);
      const flush = (): void => {
        following.flush();
        flushes += 1;
        if (flushes <= batch) return;
        for (const end of ['', '-wal']) {
          if (existsSync(path + end)) copyFileSync(path + end, left + end);
        }
        throw new Died();
      };
      return { ...following, flush };
    },
  };
  try {
    await follow(events, path, [...readModels.slice(0, -1), dying], batchSizes);
    return path;
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    return left;
  }
}

/** In one piece, in several, or (no pieces) in ledger order as from a store that has no list of its streams. */
async function rebuilt(
  events: readonly StoredEvent[],
  projections: readonly Projection[],
  count = 1,
) {
  const path = join(tempDir(), 'views.db');
  const { signal } = new AbortController();
  const store = storeOf(events) as StreamsStore;
  const { streams: _streams, ...without } = store;
  const pieces = piecesHere(count, store, projections);
  await rebuild({ store: count === 0 ? without : store, projections, path, signal, pieces });
  return rowsOf(path);
}

describe('read models (design, invariant 4)', function () {
  this.timeout(60_000);

  it('are row for row what a rebuild gives, in whatever batches and pieces, and wherever they died', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        sizes,
        deaths,
        pieces,
        async (events, batchSizes, dying, count) => {
          let path = madeAt(readModels);
          for (const batch of dying) path = await followAndDie(events, path, batchSizes, batch);
          await follow(events, path, readModels, batchSizes);
          expect(rowsOf(path)).to.deep.equal(await rebuilt(events, readModels, count));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('would not be, if rows followed from batches and not from facts: the law sees that', async () => {
    const counting: Projection = {
      name: 'counting',
      version: 1,
      tables: ['CREATE TABLE counting (batch INTEGER PRIMARY KEY, facts INTEGER) STRICT'],
      indexes: [],
      types: ['Claimed'],
      on(database) {
        const add = database.prepare('INSERT INTO counting (facts) VALUES (?)');
        let facts = 0;
        return {
          apply() {
            facts += 1;
          },
          retract: () => undefined,
          flush: () => void add.run(facts),
        };
      },
    };
    const [events = []] = fc.sample(histories, { numRuns: 1, seed: 4 });
    const path = madeAt([counting]);
    await follow(events, path, [counting], [3]);
    expect(rowsOf(path)['counting']).not.to.deep.equal(
      (await rebuilt(events, [counting]))['counting'],
    );
  });

  it('would not be, if a fact were followed twice after a death: the law sees that', async () => {
    const [events = []] = fc.sample(histories, { numRuns: 1, seed: 4 });
    const path = madeAt([claims]);
    await follow(events, path, [claims], [5]);
    const index = saidOf(events, 'PointsBroughtIn')[0]?.index ?? 0;
    const database = openViewsFile(path, false);
    database.exec(`UPDATE checkpoint SET count = ${index}, position = '${index - 1}'`);
    database.close();
    await follow(events, path, [claims], [5]);
    const rows = rowsOf(path);
    expect(rows['balances']).not.to.deep.equal((await rebuilt(events, [claims]))['balances']);
  });
});

describe('verify: the read models against a rebuild', () => {
  const [events = []] = fc.sample(histories, { numRuns: 1, seed: 4 });

  async function kept(sql?: string): Promise<string> {
    const path = madeAt(readModels);
    await follow(events.slice(0, -3), path, readModels, [7]);
    const database = openViewsFile(path, false);
    if (sql !== undefined) database.exec(sql);
    database.close();
    return path;
  }
  const verified = (path: string, of = events) => verifyViews({ store: storeOf(of), path });

  it('finds nothing in those that follow, though they are behind; and leaves nothing beside them', async () => {
    const path = await kept();
    // Who only reads a file in WAL may leave beside it what SQLite keeps there, with one driver or the other.
    const beside = () => readdirSync(dirname(path)).filter((name) => !/-(wal|shm)$/.test(name));
    const before = beside();
    const facts = events.length - 3;
    expect(await verified(path)).to.deep.equal({ facts, findings: [] });
    expect(beside()).to.have.members(before);
  });

  it('compares nothing where there are none, or those of another release', async () => {
    expect(await verified(join(tempDir(), 'views.db'))).to.equal(undefined);
    expect(await verified(await kept('UPDATE projections SET version = 99'))).to.equal(undefined);
  });

  for (const [what, sql, table] of [
    ['a row that is another', 'UPDATE balances SET points = points + 1', 'balances'],
    [
      'a row that is missing',
      'DELETE FROM decisions WHERE at = (SELECT max(at) FROM decisions)',
      'decisions',
    ],
    ['a row too many', "INSERT INTO registered VALUES ('scheme', 'x', 1, '{}', '')", 'registered'],
  ] as const) {
    it(`shows ${what}, with what a rebuild gives`, async () => {
      const found = await verified(await kept(sql));
      expect(found?.findings.map(({ says }) => says).join()).to.match(
        new RegExp(`^the read model ${table}: it has .+ where a rebuild gives .+$`),
      );
    });
  }

  it('says that they have read another ledger, where the last fact that they read is none of it', async () => {
    const other = chronicle();
    other.say(streamOf(idOf('eve')), [
      { type: 'PointsBroughtIn', data: { scheme, cycle: '2025', category: 'x', points: 1 } },
    ]);
    const found = await verified(await kept(), other.events);
    expect(found?.findings.map(({ says }) => says)).to.deep.equal([
      `the read models have read ${events.length - 3} facts, not those of this ledger`,
    ]);
  });
});
