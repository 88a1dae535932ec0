import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own for one test, removed when the process ends. */
export function tempDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'skills-ledger-'));
  made.push(folder);
  return folder;
}
