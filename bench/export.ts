import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { batchesOf, type Span } from '../src/export/batches.ts';
import { exportFacts } from '../src/export/facts.ts';
import { wholeFile } from '../src/export/whole-file.ts';
import type { EventStore } from '../src/store/event-store.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { benchFiles } from './home.ts';
import { median, type Result } from './measure.ts';
import { secondsOf } from './walk.ts';

const ROUNDS = 3;

/** The whole ledger as Parquet: against reading the same facts and doing nothing with them. */
export async function exporting(folder: string): Promise<Result[]> {
  const store = await openSqliteStore({ path: benchFiles(folder).ledgerFile, readOnly: true });
  const { count } = await store.head();
  const span = { since: 0, until: count };
  const path = join(folder, 'facts.parquet');
  const ratios: number[] = [];
  const seconds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const plain = await secondsOf(() => readPlainly(store, span));
    const ours = await secondsOf(() =>
      wholeFile(path, (sink) => exportFacts(store, 'parquet', span, sink)),
    );
    // The first reads the file.
    if (round === 0) continue;
    ratios.push(plain / ours);
    seconds.push(ours);
  }
  const bytes = Math.round(statSync(path).size / count);
  const memory = Math.round(process.resourceUsage().maxRSS / 1_024);
  await rm(path);
  await store.close();
  const rate = `${Math.round(count / median(seconds))} facts/s`;
  return [
    {
      name: 'export',
      what: 'export of all facts to Parquet / a plain read of them',
      ratio: median(ratios),
      aim: 0.3,
      rounds: ratios,
      beside: `${rate}, ${bytes} bytes a fact; peak of memory ${memory} MiB`,
    },
  ];
}

async function readPlainly(store: EventStore, span: Span): Promise<void> {
  for await (const _ of batchesOf(store, span));
}
