import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Print } from '../cli/context.ts';
import { demoBegins } from '../demo/clock.ts';
import { makeDemo } from '../demo/run.ts';
import { openLedger } from './open.ts';
import type { Settings } from './settings.ts';

/**
 * Makes the demo society beside, then moves it in, the ledger last: a stop on the way leaves no half
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
  clear(beside);
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

/**
 * The vault is moved before the ledger: with it in its place, what is made beside is whole. Files go one by one
 * into a folder that may hold others', as of a ledger that was here before: none is taken away.
 */
function moveIn(settings: Settings): void {
  const beside = besideOf(settings);
  if (existsSync(beside.evidence)) {
    for (const blob of readdirSync(beside.evidence)) {
      renameSync(join(beside.evidence, blob), join(settings.evidence, blob));
    }
  }
  for (const file of ['vaultFile', 'ledgerFile'] as const) {
    for (const end of ENDS) {
      if (existsSync(beside[file] + end)) renameSync(beside[file] + end, settings[file] + end);
    }
  }
  clear(beside);
}

function clear({ home, ledgerFile, evidence }: Settings): void {
  for (const folder of [home, evidence]) rmSync(folder, { recursive: true, force: true });
  for (const end of ENDS) rmSync(ledgerFile + end, { force: true });
}

const ENDS = ['-wal', '-shm', ''];

/** Each beside where it goes, since ledger and evidence may be on other disks, and no file is moved across. */
function besideOf(settings: Settings): Settings {
  const home = join(settings.home, 'making');
  return {
    ...settings,
    home,
    ledgerFile: `${settings.ledgerFile}.making`,
    vaultFile: join(home, 'keys.db'),
    viewsFile: join(home, 'views.db'),
    evidence: join(settings.evidence, 'making'),
  };
}
