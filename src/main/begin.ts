import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Print, progressBar } from '../cli/context.ts';
import { tryLock } from '../projections/lock.ts';
import { civilDateIn, isCivilDate } from '../scheme/civil-date.ts';
import { tryAddress } from './address.ts';
import { finishMovingIn, leftOfMaking, makeDemoAt, makeDemoIn, refuseHalf } from './demo.ts';
import { openLedger, ZONE } from './open.ts';
import { makeFolders, openStore } from './places.ts';
import { isEmbedded, type Settings } from './settings.ts';

/** What a new ledger is to be. */
export interface Beginning {
  name: string;
  empty: boolean;
  demo: boolean;
  /** Of the demo. */
  seed: string;
  endsOn: string | undefined;
}

/** The rules of the demo's councils and the first days of its bodies leave no room for earlier years. */
const EARLIEST_END = '2023-01-01';

/** Checks what was asked for a new ledger. @throws Error, one line that says what would be right */
export function checkBeginning({ name, empty, demo, seed, endsOn }: Beginning, now: string): void {
  if (empty && demo) throw new Error('--empty and --demo exclude each other');
  if (name.trim() === '' || name.length > 200) {
    throw new Error('--name is a name of 1 to 200 characters');
  }
  if (seed === '') throw new Error('--demo-seed is a text of at least one character');
  const today = civilDateIn(ZONE, now);
  if (endsOn === undefined) return;
  if (!isCivilDate(endsOn) || endsOn > today || endsOn < EARLIEST_END) {
    throw new Error(
      `--demo-ends is "${endsOn}": a day from ${EARLIEST_END} to today, ${today}, is expected, as 2026-01-31`,
    );
  }
}

/**
 * Begins a ledger in a home without one: empty, or with a demo society. One process at a time; it may be ended
 * by a signal, and the next one begins again.
 *
 * @throws Error where another process is at it
 */
export async function begin(
  settings: Settings,
  beginning: Beginning,
  world: { now: () => string; print: Print; terminal: boolean },
): Promise<void> {
  if (!leftOfMaking(settings)) refuseHalf(settings);
  makeFolders(settings);
  const lock = join(settings.home, 'beginning');
  const unlock = tryLock(lock);
  if (unlock === undefined) {
    throw new Error(
      `another process is beginning a ledger in ${settings.home}: start again when it is done`,
    );
  }
  try {
    finishMovingIn(settings);
    // Another may have begun it between the first look and the lock.
    if (existsSync(settings.ledgerFile)) return;
    refuseHalf(settings);
    await (beginning.empty
      ? beginEmpty(settings, beginning, world.now)
      : beginDemo(settings, beginning, world));
    // Only now: who still waits with the removed file finds a ledger, and leaves it alone.
    rmSync(`${lock}.lock`, { force: true });
  } finally {
    unlock();
  }
}

/**
 * Begins a ledger that lies not in files alone with a demo society, where there is none yet.
 *
 * @returns whether there was none
 */
export async function beginDemoInPlace(
  settings: Settings,
  beginning: Beginning,
  world: { now: () => string; print: Print; terminal: boolean },
): Promise<boolean> {
  const store = await openStore(settings);
  const { count } = await store.head().finally(() => store.close());
  if (count > 0) return false;
  await beginDemo(settings, beginning, world);
  return true;
}

async function beginEmpty(
  settings: Settings,
  { name }: Beginning,
  now: () => string,
): Promise<void> {
  // Before there is a ledger that nobody could ask, and that the next start finds.
  await tryAddress(settings);
  const ledger = await openLedger(settings, now, { name, demo: false });
  await ledger.close();
}

async function beginDemo(
  settings: Settings,
  { name, seed, endsOn }: Beginning,
  { now, print, terminal }: { now: () => string; print: Print; terminal: boolean },
): Promise<void> {
  await tryAddress(settings);
  const bar = progressBar(terminal, 'steps');
  const stop = new AbortController();
  const onSignal = (): void =>
    stop.abort(new Error('ended before the demo was made; the next start begins again'));
  for (const signal of signals) process.once(signal, onSignal);
  print('Making a demo society: everybody in it is invented. This takes a minute, once.');
  try {
    const make = isEmbedded(settings) ? makeDemoAt : makeDemoIn;
    const { members, organisations, facts } = await make(settings, {
      name,
      seed,
      endsOn: endsOn ?? civilDateIn(ZONE, now()),
      onProgress: bar.at,
      signal: stop.signal,
    });
    print(`${members} members of ${organisations} organisations, ${facts} facts`);
  } finally {
    bar.end();
    for (const signal of signals) process.off(signal, onSignal);
  }
}

const signals = ['SIGTERM', 'SIGINT'] as const;
