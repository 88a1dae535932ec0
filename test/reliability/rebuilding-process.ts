import { rebuildInPieces } from './views.ts';

/** Run as a process: rebuilds read models in pieces of any size, and is killed after so many of them. */
const [ledger, path, pieces] = process.argv.slice(2) as [string, string, string];
let taken = 0;
await rebuildInPieces(ledger, path, () => {
  taken += 1;
  if (taken === Number(pieces)) process.kill(process.pid, 'SIGKILL');
});
