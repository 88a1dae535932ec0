import { statSync } from 'node:fs';
import type { Database } from '../store/driver.ts';
import type { ViewsFile } from './owned-views.ts';
import type { Projection } from './projection.ts';
import { atTheStart, fitOf, openViewsFile, readCheckpoint } from './views-file.ts';

const POLL_MS = 50;
const HURRY_MS = 5;

export interface Reading {
  path: string;
  projections: readonly Projection[];
  /** Called whenever there may be other rows to be asked. */
  onProgress(): void;
  hurried(): boolean;
}

/** Reads the read models that another process keeps; notices when it has put another file in place. */
export function readViews(reading: Reading): ViewsFile {
  let open: { database: Database; inode: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    const inode = statSync(reading.path, { throwIfNoEntry: false })?.ino;
    if (inode !== undefined && inode !== open?.inode) {
      open?.database.close();
      open = opened(reading, inode);
    }
    reading.onProgress();
  };
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(again, reading.hurried() ? HURRY_MS : POLL_MS);
    look();
  };
  again();
  return {
    database: () => open?.database,
    checkpoint: () => (open === undefined ? atTheStart : readCheckpoint(open.database)),
    rebuilding: () => undefined,
    stopped: () => undefined,
    wake: again,
    look: () => undefined,
    async rebuild() {
      throw new Error(
        'another process, a server mostly, keeps the read models of this ledger: end it first',
      );
    },
    async close() {
      clearTimeout(timer);
      open?.database.close();
    },
  };
}

/** Undefined where it cannot be read just now: it is being replaced, or was made by another release. */
function opened({ path, projections }: Reading, inode: number) {
  let database: Database | undefined;
  try {
    database = openViewsFile(path, true);
    if (fitOf(database, projections) !== 'other-tables') return { database, inode };
  } catch {
    // The next look tries again.
  }
  database?.close();
  return undefined;
}
