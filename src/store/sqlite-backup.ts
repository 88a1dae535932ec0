import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { openDatabase } from './driver.ts';

/**
 * Copies a SQLite file whole, as it is at one moment, while others write to it. Only what is live is copied: what
 * was deleted is not in the copy. When it returns, the copy is on disk,
 * and its owner's alone.
 *
 * @throws Error when the target is there already: nothing is overwritten
 */
export function copyDatabase(path: string, target: string): void {
  if (existsSync(target)) throw new Error(`${target} is there already: nothing is overwritten`);
  // Empty, it is taken as the target; made first, nobody else can ever read it.
  closeSync(openSync(target, 'wx', 0o600));
  const database = openDatabase(path);
  try {
    database.exec(`VACUUM INTO '${target.replaceAll("'", "''")}'`);
  } finally {
    database.close();
  }
  const file = openSync(target, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
