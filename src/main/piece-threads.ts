import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Pieces } from '../projections/rebuild.ts';
import type { PieceData } from './piece-thread.ts';

/** More threads would wait for the one that joins what they made. */
const MOST = 4;
/** Facts that are worth a thread, which takes a tenth of a second to start. */
const WORTH = 10_000;

/** Threads that each make a piece of the read models of the ledger in this file. */
export function pieceThreads(ledgerFile: string, count = availableParallelism()): Pieces {
  return {
    count: (facts) => Math.max(1, Math.min(count, MOST, Math.floor(facts / WORTH))),
    build: (piece, signal, onProgress) => inThread({ ledgerFile, piece }, signal, onProgress),
  };
}

function inThread(
  data: PieceData,
  signal: AbortSignal,
  onProgress: (count: number) => void,
): Promise<void> {
  const worker = new Worker(new URL('./piece-thread.js', import.meta.url), { workerData: data });
  // Never `terminate`: within a call of the SQLite driver it ends the whole process (Napi::Error).
  const end = (): void => worker.postMessage('end');
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  worker.on('message', onProgress);
  return new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(new Error(`a thread that made ${data.piece.path} ended with ${code}`));
    });
  });
}
