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
  const beside = besideOf(settings);
  rmSync(beside.home, { recursive: true, force: true });
  mkdirSync(beside.home, { recursive: true });
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
  moveIn(settings);
}

/** Where a stop came while a finished society was being moved in, the rest of it follows. */
export function finishMovingIn(settings: Settings): void {
  const moving = existsSync(settings.vaultFile) && existsSync(besideOf(settings).ledgerFile);
  if (moving && !existsSync(settings.ledgerFile)) moveIn(settings);
}

/** The vault is moved before the ledger: with it in its place, what is made beside is whole. */
function moveIn(settings: Settings): void {
  const beside = besideOf(settings);
  if (existsSync(beside.evidence)) {
    rmSync(settings.evidence, { recursive: true, force: true });
    renameSync(beside.evidence, settings.evidence);
  }
  for (const file of ['vaultFile', 'ledgerFile'] as const) {
    for (const end of ['-wal', '-shm', '']) {
      if (existsSync(beside[file] + end)) renameSync(beside[file] + end, settings[file] + end);
    }
  }
  rmSync(beside.home, { recursive: true, force: true });
}

function besideOf(settings: Settings): Settings {
  const home = join(settings.home, 'making');
  return {
    ...settings,
    home,
    ledgerFile: join(home, 'ledger.db'),
    vaultFile: join(home, 'keys.db'),
    viewsFile: join(home, 'views.db'),
    evidence: join(home, 'evidence'),
  };
}
