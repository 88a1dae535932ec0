import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Print } from '../cli/context.ts';
import { demoBegins } from '../demo/clock.ts';
import { makeDemo } from '../demo/run.ts';
import { openLedger } from './open.ts';
import type { Settings } from './settings.ts';

/**
 * Makes the demo society in a folder beside, then moves it in, the ledger last: a stop on the way leaves no half
 * of a society behind, and the next start begins again.
 */
export async function makeDemoAt(
  settings: Settings,
  demo: {
    name: string;
    seed: string;
    endsOn: string;
    print: Print;
    onProgress: (done: number, of: number) => void;
  },
): Promise<void> {
  const { print, seed, endsOn, name } = demo;
  const making = join(settings.home, 'making');
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const beside: Settings = {
    ...settings,
    home: making,
    ledgerFile: join(making, 'ledger.db'),
    vaultFile: join(making, 'keys.db'),
    viewsFile: join(making, 'views.db'),
    evidence: join(making, 'evidence'),
  };
  print('Making a demo society: everybody in it is invented. This takes a minute, once.');
  // The generator's clock runs through the years; the ledger says that it is a demo.
  const began = demoBegins(endsOn);
  const ledger = await openLedger(beside, () => began, { name, demo: true });
  try {
    const report = await makeDemo(ledger, { seed, endsOn, onProgress: demo.onProgress });
    print(
      `${report.members} members of ${report.organisations} organisations, ${report.facts} facts`,
    );
  } finally {
    await ledger.close();
  }
  const { evidence, vaultFile, ledgerFile } = settings;
  rmSync(evidence, { recursive: true, force: true });
  for (const [from, to] of [
    [beside.evidence, evidence],
    [beside.vaultFile, vaultFile],
    [beside.ledgerFile, ledgerFile],
  ] as const) {
    for (const end of ['-wal', '-shm', '']) {
      if (existsSync(from + end)) renameSync(from + end, to + end);
    }
  }
  rmSync(making, { recursive: true, force: true });
}
