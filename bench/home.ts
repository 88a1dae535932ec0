import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../src/commands/handle.ts';
import { foldedStreams } from '../src/commands/streams.ts';
import { readSettings } from '../src/main/settings.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { openSqliteVault } from '../src/vault/sqlite.ts';
import { readWrappingKey } from '../src/vault/wrapping-key.ts';
import type { Society } from './models.ts';

/** What is known of the ledger that is measured on. */
export interface Bench extends Society {
  ledgerId: string;
  /** Members to whom commands go. */
  busy: string[];
  events: number;
}

export const BENCH_FILE = 'bench.json';

/** The real clock: the ledger that is measured is no demo. */
export const now = (): string => new Date().toISOString();

/** The measured ledger, and its copy that bare rows are inserted into. */
export function benchFiles(folder: string): { ledgerFile: string; bareFile: string } {
  const { ledgerFile } = readSettings({ LEDGER_HOME: folder });
  return { ledgerFile, bareFile: join(folder, 'bare.db') };
}

export function readBench(folder: string): Bench {
  return JSON.parse(readFileSync(join(folder, BENCH_FILE), 'utf8')) as Bench;
}

/** Opens ledger and vault for commands; unreconciled, since the vault never had the keys of the copies. */
export async function openBench(
  folder: string,
): Promise<Ledger & Bench & { close(): Promise<void> }> {
  const bench = readBench(folder);
  const settings = readSettings({ LEDGER_HOME: folder });
  const store = await openSqliteStore({ path: settings.ledgerFile });
  const { ledgerId } = bench;
  const wrappingKey = readWrappingKey({ given: undefined, file: settings.keyFile });
  const vault = await openSqliteVault({ path: settings.vaultFile, ledgerId, wrappingKey, now });
  return {
    ...bench,
    zone: 'Europe/London',
    store,
    vault,
    streams: foldedStreams(store),
    now,
    async close() {
      await store.close();
      await vault.close();
    },
  };
}
