import { join } from 'node:path';
import { readModels } from '../src/projections/read-models.ts';
import { rebuild } from '../src/projections/rebuild.ts';
import { removeDatabase } from '../src/projections/views-file.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { benchFiles } from './home.ts';
import { median, type Result } from './measure.ts';
import { secondsOf, secondsToParse } from './walk.ts';

const ROUNDS = 3;

/** The read models made from the first fact. The first round's memory counts: nothing else ran before. */
export async function rebuilding(folder: string): Promise<Result[]> {
  const store = await openSqliteStore({ path: benchFiles(folder).ledgerFile });
  const path = join(folder, 'rebuilt.db');
  const { signal } = new AbortController();
  const ratios: number[] = [];
  const seconds: number[] = [];
  let memory = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await secondsOf(() => rebuild({ store, projections: readModels, path, signal }));
    memory ||= process.resourceUsage().maxRSS / 1_024;
    removeDatabase(path);
    seconds.push(ours);
    ratios.push((await secondsToParse(store)) / ours);
  }
  const { count } = await store.head();
  await store.close();
  const beside = `${Math.round(count / median(seconds))} facts/s`;
  return [
    {
      name: 'rebuild',
      what: 'rebuild / JSON.parse',
      ratio: median(ratios),
      aim: 0.35,
      rounds: ratios,
      beside,
    },
    {
      name: 'rebuild-memory',
      what: 'peak of memory of the rebuild',
      ratio: memory,
      unit: 'MiB',
      aim: 512,
      atMost: true,
      rounds: [memory],
      beside: '',
    },
  ];
}
