import { verifyLedger } from '../src/projections/verify.ts';
import { leafHash } from '../src/proofs/leaf.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { benchFiles } from './home.ts';
import { median, type Result } from './measure.ts';
import { secondsOf, secondsOnEach } from './walk.ts';

const ROUNDS = 3;

/** The walk of `verify`, which must find nothing: the ledger that is measured on is a sound one. */
export async function verifying(folder: string): Promise<Result[]> {
  const store = await openSqliteStore({ path: benchFiles(folder).ledgerFile });
  const ratios: number[] = [];
  const seconds: number[] = [];
  let memory = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await secondsOf(async () => {
      const { findings } = await verifyLedger(store);
      if (findings[0] !== undefined)
        throw new Error(`the ledger is not sound: ${findings[0].says}`);
    });
    memory ||= process.resourceUsage().maxRSS / 1_024;
    const least = await secondsOnEach(store, (fact) => [
      leafHash(fact),
      JSON.parse(fact.data),
      JSON.parse(fact.metadata),
    ]);
    seconds.push(ours);
    ratios.push(least / ours);
  }
  const { count } = await store.head();
  await store.close();
  const rate = `${Math.round(count / median(seconds))} facts/s`;
  const beside = `${rate}; peak of memory ${Math.round(memory)} MiB`;
  return [
    {
      name: 'verify',
      what: 'verify / SHA-256 and JSON.parse',
      ratio: median(ratios),
      aim: 0.3,
      rounds: ratios,
      beside,
    },
  ];
}
