import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf } from '../src/demo/random.ts';
import { openLedger } from '../src/main/open.ts';
import { readSettings } from '../src/main/settings.ts';
import type { Database } from '../src/store/driver.ts';
import { defaultDriver } from '../src/store/driver.ts';
import type { StoredEvent } from '../src/store/event-store.ts';
import { openForWriting } from '../src/store/sqlite-schema.ts';
import { type Model, modelOf } from './copies.ts';
import { BENCH_FILE, type Bench, benchFiles, now } from './home.ts';
import { makeModels } from './models.ts';

/** Facts of one transaction while the ledger is being filled. */
const GROUP = 20_000;
/** Members to whom the measured commands go: as many as the cache of folded streams keeps. */
const BUSY = 400;

/**
 * Makes the ledger that everything is measured on: some members by real commands, then copies of them with ids
 * of their own, in random order, through the store's own schema. The seed is fixed, keys are not.
 */
export async function makeLedger(folder: string, events: number): Promise<void> {
  const random = randomOf('bench');
  const settings = readSettings({ LEDGER_HOME: folder });
  const ledger = await openLedger(settings, now, { name: 'Bench Society', demo: false });
  const society = await makeModels(ledger, random);
  const stored = await allFacts(ledger.store);
  const { ledgerId } = ledger;
  await ledger.close();
  const models = modelsIn(stored, ledgerId);
  const { ledgerFile, bareFile } = benchFiles(folder);
  const copies = Math.max(1, Math.round((events - stored.length) / (models[0]?.facts ?? 1)));
  const order = shuffled(models, copies, random.next);
  const members = fill(ledgerFile, stored, models, order);
  copyFileSync(ledgerFile, bareFile);
  const busy = random.shuffled(members).slice(0, BUSY);
  const bench: Bench = { ledgerId, ...society, busy, events: stored.length + order.length };
  writeFileSync(join(folder, BENCH_FILE), JSON.stringify(bench));
}

async function allFacts(store: {
  readAll(after: undefined, limit: number): Promise<StoredEvent[]>;
}) {
  return store.readAll(undefined, 1_000_000);
}

/** The members of a small ledger; ids that stand outside of members' streams are shared by all copies. */
function modelsIn(stored: readonly StoredEvent[], ledgerId: string): Model[] {
  const shared = new Set([ledgerId]);
  const streams = new Map<string, StoredEvent[]>();
  for (const fact of stored) {
    if (fact.stream.startsWith('member-')) {
      streams.set(fact.stream, [...(streams.get(fact.stream) ?? []), fact]);
      continue;
    }
    const text = `${fact.id} ${fact.stream} ${fact.data} ${fact.metadata}`;
    for (const [id] of text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
      shared.add(id);
  }
  return [...streams.values()].map((facts) => modelOf(facts, shared));
}

/** Each copy's number as often as it has facts, in random order. */
function shuffled(models: readonly Model[], copies: number, next: () => number): Int32Array {
  const facts = Array.from({ length: copies }, (_, copy) => modelOfCopy(models, copy).facts);
  const order = new Int32Array(facts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [copy, count] of facts.entries()) {
    order.fill(copy, at, at + count);
    at += count;
  }
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}

function modelOfCopy(models: readonly Model[], copy: number): Model {
  return models[copy % models.length] as Model;
}

/** Writes the copies after what is there. @returns the ids of the copied members */
function fill(
  path: string,
  stored: readonly StoredEvent[],
  models: readonly Model[],
  order: Int32Array,
): string[] {
  const database = openForWriting(path, defaultDriver());
  database.exec('PRAGMA synchronous = OFF');
  database.exec('PRAGMA cache_size = -262144');
  const writer = writerOf(database);
  const refs: number[] = [];
  const revisions: number[] = [];
  const members: string[] = [];
  for (const [at, copy] of order.entries()) {
    if (at % GROUP === 0) database.exec(at === 0 ? 'BEGIN' : 'COMMIT; BEGIN');
    const model = modelOfCopy(models, copy);
    if (refs[copy] === undefined) {
      refs[copy] = writer.stream(model.stream(copy));
      members.push(model.stream(copy).slice('member-'.length));
    }
    const revision = revisions[copy] ?? 0;
    revisions[copy] = revision + 1;
    writer.fact(stored.length + at, refs[copy] as number, revision, model.fact(copy, revision));
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return members;
}

function writerOf(database: Database) {
  const stream = database.prepare('INSERT INTO streams (name) VALUES (?)');
  const fact = database.prepare(
    `INSERT INTO events (position, stream, revision, clock, id, type, data, metadata)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const { clock } = database.prepare('SELECT max(clock) AS clock FROM events').get() as {
    clock: number;
  };
  return {
    stream: (name: string): number => Number(stream.run(name).lastInsertRowid),
    fact(position: number, ref: number, revision: number, of: ReturnType<Model['fact']>): void {
      const id = Buffer.from(of.id.replaceAll('-', ''), 'hex');
      fact.run(position, ref, revision, clock, id, of.type, of.data, of.metadata);
    },
  };
}
