import { join } from 'node:path';
import { pieceThreads } from '../src/main/piece-threads.ts';
import { readModels } from '../src/projections/read-models.ts';
import { type Pieces, rebuild } from '../src/projections/rebuild.ts';
import { removeDatabase } from '../src/projections/views-file.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { benchFiles } from './home.ts';
import { median, type Result } from './measure.ts';
import { secondsOf, secondsToParse } from './walk.ts';

const ROUNDS = 3;

/** The read models made from the first fact. The first round's memory counts: nothing else ran before. */
export async function rebuilding(folder: string): Promise<Result[]> {
  const { ledgerFile } = benchFiles(folder);
  const store = await openSqliteStore({ path: ledgerFile });
  const path = join(folder, 'rebuilt.db');
  const { signal } = new AbortController();
  const made = async (pieces?: Pieces): Promise<number> => {
    const seconds = await secondsOf(() =>
      rebuild({ store, projections: readModels, path, signal, pieces }),
    );
    removeDatabase(path);
    return seconds;
  };
  const ratios: number[] = [];
  const faster: number[] = [];
  const seconds: number[] = [];
  let memory = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const two = await made(pieceThreads(ledgerFile, 2));
    memory ||= process.resourceUsage().maxRSS / 1_024;
    seconds.push(two);
    ratios.push((await secondsToParse(store)) / two);
    faster.push((await made()) / two);
  }
  const { count } = await store.head();
  await store.close();
  const beside = `${Math.round(count / median(seconds))} facts/s`;
  return [
    {
      name: 'rebuild',
      what: 'rebuild by two workers / JSON.parse on one',
      ratio: median(ratios),
      aim: 0.35,
      rounds: ratios,
      beside,
    },
    {
      name: 'rebuild-workers',
      what: 'rebuild by two workers / by one',
      ratio: median(faster),
      aim: 1.4,
      rounds: faster,
      beside: '',
    },
    {
      name: 'rebuild-memory',
      what: 'peak of memory of the rebuild by two workers',
      ratio: memory,
      unit: 'MiB',
      aim: 512,
      atMost: true,
      rounds: [memory],
      beside: '',
    },
  ];
}
