import { existsSync, statSync } from 'node:fs';
import { type Database, resultCode } from '../store/driver.ts';
import type { EventStore } from '../store/event-store.ts';
import { type Batches, openBatches } from './batches.ts';
import type { Projection } from './projection.ts';
import { type Pieces, rebuild, removeBegun } from './rebuild.ts';
import { type Runner, startRunner } from './runner.ts';
import {
  agrees,
  atTheStart,
  type Checkpoint,
  fitOf,
  openViewsFile,
  readCheckpoint,
  replaceViewsFile,
} from './views-file.ts';

/** Read models of which this process is the owner (holds the lock), or which it reads. */
export interface ViewsFile {
  /** The rows to be asked; undefined while there are none yet. */
  database(): Database | undefined;
  checkpoint(): Checkpoint;
  rebuilding(): { projections: string[]; count: number } | undefined;
  stopped(): string | undefined;
  /** Somebody waits. */
  wake(): void;
  /**
   * Looks whether the file still stands in its place: it may be deleted at any time. Goes on, from the checkpoint,
   * where an error of SQLite had stopped it.
   */
  look(): void;
  /** @throws Error when another process owns the read models */
  rebuild(onProgress: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface Owning {
  store: EventStore;
  path: string;
  projections: readonly Projection[];
  /** Facts of one transaction of a rebuild. */
  batch?: number | undefined;
  pieces?: Pieces | undefined;
  /** Called whenever there are other rows to be asked. */
  onProgress(): void;
  /** Whether somebody waits for what comes. */
  hurried(): boolean;
}

/** What is in use: rows, and what follows the ledger with them; rows of other rules are only asked. */
interface Current {
  database: Database;
  inode: number | undefined;
  batches: Batches | undefined;
}

/**
 * Keeps the read models at `path`: follows the ledger, or builds them anew beside what is there where rules
 * have changed (the old rows are asked meanwhile), where the ledger is another, or where there is nothing.
 */
export async function ownViews(owning: Owning): Promise<ViewsFile> {
  const { store, path, projections } = owning;
  const ending = new AbortController();
  let current = await usable(owning);
  let building: { projections: string[]; count: number } | undefined;
  let stopped: string | undefined;
  /** What stopped the following may pass, as a disk that is full: it is tried again. */
  let again = false;
  let runner: Runner | undefined;
  let rebuilt: Promise<void> | undefined;

  const stop = (error: unknown): void => {
    again = resultCode(error) !== undefined;
    stopped = error instanceof Error ? error.message : String(error);
    owning.onProgress();
  };
  const follow = (): void => {
    runner?.wake();
    if (runner !== undefined || current?.batches === undefined) return;
    runner = startRunner({
      store,
      batches: () => current?.batches as Batches,
      onProgress: owning.onProgress,
      hurried: owning.hurried,
      signal: ending.signal,
    });
    runner.done.catch((error: unknown) => {
      runner = undefined;
      stop(error);
    });
  };
  const build = async (onProgress: () => void): Promise<void> => {
    building = { projections: projections.map(({ name }) => name), count: 0 };
    const fresh = `${path}.next`;
    try {
      const made = await rebuild({
        store,
        projections,
        path: fresh,
        signal: ending.signal,
        pieces: owning.pieces,
        ...(owning.batch === undefined ? {} : { batch: owning.batch }),
        onProgress(count) {
          if (building !== undefined) building.count = count;
          onProgress();
        },
      });
      if (!made) return;
      current?.database.close();
      current = undefined;
      replaceViewsFile(fresh, path);
      const database = openViewsFile(path, false);
      current = {
        database,
        inode: inodeAt(path),
        batches: openBatches(database, projections),
      };
      stopped = undefined;
    } finally {
      building = undefined;
    }
    owning.onProgress();
    follow();
  };
  const rebuildOnce = (onProgress: () => void): Promise<void> => {
    rebuilt ??= build(onProgress).finally(() => {
      rebuilt = undefined;
    });
    return rebuilt;
  };

  if (current?.batches === undefined) rebuildOnce(() => {}).catch(stop);
  else follow();
  return {
    database: () => current?.database,
    checkpoint: () => (current === undefined ? atTheStart : checkpointOf(current)),
    rebuilding: () => building,
    stopped: () => stopped,
    wake: () => runner?.wake(),
    look() {
      // Others find nothing to read, and this process' own rows would go with it.
      const gone = current !== undefined && current.inode !== inodeAt(path);
      if (gone && building === undefined) rebuildOnce(() => {}).catch(stop);
      else if (again && current?.batches !== undefined) {
        again = false;
        stopped = undefined;
        current.batches = openBatches(current.database, projections);
        follow();
      }
    },
    rebuild: rebuildOnce,
    async close() {
      ending.abort();
      await Promise.allSettled([rebuilt, runner?.done]);
      current?.database.close();
      current = undefined;
    },
  };
}

function checkpointOf({ database, batches }: Current): Checkpoint {
  return batches === undefined ? readCheckpoint(database) : batches.checkpoint();
}

/** What stands at `path`, as far as it can be used. */
async function usable({ store, path, projections }: Owning): Promise<Current | undefined> {
  removeBegun(`${path}.next`);
  if (!existsSync(path)) return undefined;
  const database = opened(path);
  if (database === undefined) return undefined;
  try {
    const fit = fitOf(database, projections);
    if (fit !== 'other-tables' && (await agrees(store, readCheckpoint(database)))) {
      const batches = fit === 'same' ? openBatches(database, projections) : undefined;
      return { database, inode: inodeAt(path), batches };
    }
  } catch {
    // Not to be read: it is built anew, as where there is nothing.
  }
  database.close();
  return undefined;
}

function inodeAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function opened(path: string): Database | undefined {
  try {
    return openViewsFile(path, false);
  } catch {
    return undefined;
  }
}
