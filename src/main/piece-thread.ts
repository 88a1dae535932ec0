import { parentPort, workerData } from 'node:worker_threads';
import { buildPiece, type Piece, type StreamsStore } from '../projections/pieces.ts';
import { readModels } from '../projections/read-models.ts';
import { openSqliteStore } from '../store/sqlite.ts';

/** What a thread that makes a piece of the read models is started with. */
export interface PieceData {
  ledgerFile: string;
  piece: Piece;
}

// Opens the ledger by itself, tells how many facts it has followed, and ends when the piece is made, or soon after
// any message.
if (parentPort !== null) {
  const port = parentPort;
  const ending = new AbortController();
  port.once('message', () => ending.abort());
  const { ledgerFile, piece } = workerData as PieceData;
  const store = (await openSqliteStore({ path: ledgerFile })) as StreamsStore;
  await buildPiece(piece, {
    store,
    projections: readModels,
    signal: ending.signal,
    onProgress: (count) => port.postMessage(count),
  });
  await store.close();
  port.close();
}
