import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { demoBegins } from '../demo/clock.ts';
import { type DemoOptions, type DemoReport, makeDemo } from '../demo/run.ts';
import type { Views } from '../projections/views.ts';
import { openLedger } from './open.ts';
import type { Settings } from './settings.ts';
import { caughtUp, startViews } from './views.ts';

/**
 * Makes the demo society beside, then moves it in, the ledger last. A stop on the way leaves no half
 * of a society behind: what was not made whole is made again, what was is moved on by {@link finishMovingIn}. To be
 * called by one process at a time, where no ledger is and nothing is left of an earlier making.
 *
 * @throws Error on a vault without its ledger, which would lose its keys; and what ends the making
 */
export async function makeDemoAt(
  settings: Settings,
  { name, ...options }: DemoOptions & { name: string },
): Promise<DemoReport> {
  refuseHalf(settings);
  const beside = besideOf(settings);
  const made = await makeDemoIn(beside, { name, ...options }).catch((error: unknown) => {
    clear(beside);
    throw error;
  });
  writeFileSync(wholeIn(beside), '');
  moveIn(beside, settings);
  return made;
}

/**
 * Makes the demo society where its ledger is to be: on a cluster or with a vault in PostgreSQL nothing can be made beside and moved in. A stop on
 * the way leaves what was made.
 */
export async function makeDemoIn(
  settings: Settings,
  { name, ...options }: DemoOptions & { name: string },
): Promise<DemoReport> {
  // The generator's clock runs through the years; the ledger says that it is a demo.
  const began = demoBegins(options.endsOn);
  const ledger = await openLedger(settings, () => began, { name, demo: true });
  let started: ReturnType<typeof startViews> | undefined;
  try {
    const views = (): Promise<Views> => {
      started ??= startViews(settings);
      return caughtUp(started, ledger.store);
    };
    return await makeDemo({ ...ledger, views }, options);
  } finally {
    await started?.close();
    await ledger.close();
  }
}

/** A vault without its ledger is no empty home: what begins there would take the place of its keys. */
export function refuseHalf({ ledgerFile, vaultFile }: Settings): void {
  if (existsSync(ledgerFile) || !existsSync(vaultFile)) return;
  throw new Error(
    `${vaultFile} is there, but no ledger at ${ledgerFile}: bring it back, or set another LEDGER_HOME`,
  );
}

/** Whether an earlier start left something of the making of a demo behind. */
export function leftOfMaking(settings: Settings): boolean {
  return existsSync(besideOf(settings).home);
}

/**
 * Where a stop came while a society that was made whole was being moved in, the rest of it follows; what is left
 * of one that was not made whole, or of one whose ledger arrived, is removed.
 */
export function finishMovingIn(settings: Settings): void {
  const beside = besideOf(settings);
  if (existsSync(wholeIn(beside)) && !existsSync(settings.ledgerFile)) moveIn(beside, settings);
  else clear(beside);
}

/**
 * May be repeated: what was moved before is there. Files go one by one into a folder that may hold others', as of
 * a ledger that was here before: none is taken away.
 */
function moveIn(from: Settings, to: Settings): void {
  for (const blob of existsSync(from.evidence) ? readdirSync(from.evidence) : []) {
    renameSync(join(from.evidence, blob), join(to.evidence, blob));
  }
  moveDatabase(from.vaultFile, to.vaultFile);
  moveDatabase(from.ledgerFile, to.ledgerFile);
  clear(from);
}

/**
 * As a file of its own: SQLite knows an open database of a process by its file, and may have the one that was filled
 * open still (its driver closes when garbage is collected). Renamed, it would share with that the index of a log of
 * another name, and this process and others would not see each other's commits.
 */
function moveDatabase(from: string, to: string): void {
  if (!existsSync(from)) return;
  const left = `${from}-wal`;
  if (existsSync(left) && statSync(left).size > 0) throw new Error(`${left} was not written back`);
  // What a lost database left behind would be taken for the log of this one.
  for (const end of ['-wal', '-shm']) rmSync(to + end, { force: true });
  const arriving = `${to}.arriving`;
  copyFileSync(from, arriving);
  const handle = openSync(arriving, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(arriving, to);
}

/** The home last: it tells that something may be left of the others. */
function clear({ home, ledgerFile, evidence }: Settings): void {
  const files = ['-wal', '-shm', ''].map((end) => ledgerFile + end);
  for (const path of [...files, evidence, home]) {
    if (existsSync(path)) rmSync(path, { recursive: true });
  }
}

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

/** Stands beside a society of which nothing is missing. */
function wholeIn({ home }: Settings): string {
  return join(home, 'whole');
}
