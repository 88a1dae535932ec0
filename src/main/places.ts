import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { resultCode } from '../store/driver.ts';
import { type EventStore, StoreUnavailable } from '../store/event-store.ts';
import { openKurrentStore } from '../store/kurrentdb.ts';
import { shownAddress } from '../store/kurrentdb-address.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { type Settings, SettingWrong } from './settings.ts';

const CANNOT_OPEN = 14;

/** Makes the folders that settings name. @throws SettingWrong where one cannot be made or written to */
export function makeFolders({ home, evidence }: Settings): void {
  for (const [name, path] of [
    ['LEDGER_HOME', home],
    ['LEDGER_EVIDENCE', evidence],
  ] as const) {
    try {
      makeFolder(path, name === 'LEDGER_EVIDENCE' ? 0o700 : 0o777);
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new SettingWrong(
        `${name} is "${path}" (${code}): a folder that can be made and written to would be right`,
      );
    }
  }
}

/** One folder after another: Node's own way never ends where the first that is missing cannot be, as in /proc. */
function makeFolder(path: string, mode: number): void {
  const parent = dirname(path);
  if (!existsSync(parent)) makeFolder(parent, 0o777);
  try {
    mkdirSync(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}

/** Where a ledger's facts are: a file, or a name on a cluster. */
export type Place = Pick<Settings, 'ledgerFile' | 'cluster'>;

/** A place in words. */
export function shownPlace({ ledgerFile, cluster }: Place): string {
  return cluster === undefined ? ledgerFile : `${cluster.name} on ${shownAddress(cluster.address)}`;
}

/**
 * Opens the store, making an embedded one where there is none.
 *
 * @param copying whether facts will be appended that another store has held
 * @throws SettingWrong where no file can be; LedgerFileRefused on another's; StoreUnavailable where the cluster
 *   refuses, or does not answer in time
 */
export async function openStore(
  { ledgerFile, cluster }: Place,
  copying = false,
): Promise<EventStore> {
  if (cluster === undefined) return openFile(ledgerFile, { copying });
  return openKurrentStore({ ...cluster, nowMs: Date.now, random: Math.random });
}

/** The same for who only reads: nothing is made, and every append is refused. */
export async function openToRead({ ledgerFile, cluster }: Place): Promise<EventStore> {
  if (cluster === undefined) return openFile(ledgerFile, { readOnly: true });
  const store = await openStore({ ledgerFile, cluster });
  return {
    ...store,
    append: async () => {
      throw new StoreUnavailable('the store was opened for reading alone');
    },
  };
}

async function openFile(
  path: string,
  how: { readOnly?: true; copying?: boolean },
): Promise<EventStore> {
  try {
    return await openSqliteStore({ path, ...how });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const nowhere = resultCode(error) === CANNOT_OPEN || /^E[A-Z]+$/.test(code ?? '');
    if (!nowhere) throw error;
    throw new SettingWrong(
      `LEDGER_STORE is "sqlite:${path}", where no file can be opened: a path in a folder that can be written to would be right`,
    );
  }
}
