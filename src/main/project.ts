import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Starts the process for a projection of somebody's own, in which TypeScript runs as it is. It is told facts and is
 * given no setting of the ledger, its keys least of all; what it prints goes to stderr, so that stdout is the table's.
 */
export function projectionProcess(env: Record<string, string | undefined>): ChildProcess {
  const runner = fileURLToPath(new URL('../export/projection-child.js', import.meta.url));
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('LEDGER_'));
  return fork(runner, [], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    env: Object.fromEntries(kept),
    stdio: ['ignore', 2, 2, 'ipc'],
  });
}
