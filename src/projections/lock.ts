import { type Database, openDatabase, resultCode } from '../store/driver.ts';

const BUSY = 5;

/** Lets go of the lock. The system does so too when the process ends, however it ends. */
export type Unlock = () => void;

/**
 * Takes the lock beside a file of read models, for the one who writes to it.
 *
 * @returns undefined when another process, or another opener in this one, holds it
 */
export function tryLock(path: string): Unlock | undefined {
  const database = openDatabase(`${path}.lock`, { timeoutMs: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (resultCode(error) === BUSY) return undefined;
    throw error;
  }
  return () => unlock(database);
}

function unlock(database: Database): void {
  if (database.isTransaction) database.exec('ROLLBACK');
  database.close();
}
