import { parentPort, workerData } from 'node:worker_threads';
import { pieceThreads } from './main/piece-threads.ts';
import { openViews } from './projections/open-views.ts';
import { serveViews } from './projections/views-port.ts';
import { openSqliteStore } from './store/sqlite.ts';
import { orderOfPosition } from './store/sqlite-read.ts';

/** What the reader's thread is started with: the files of one ledger. */
export interface WorkerData {
  ledgerFile: string;
  viewsFile: string;
}

// The composition root of the reader's thread: it keeps the read models and answers from them, so that no
// query holds up who serves and decides (design, 8).
if (parentPort !== null) {
  const port = parentPort;
  const { ledgerFile, viewsFile } = workerData as WorkerData;
  const store = await openSqliteStore({ path: ledgerFile });
  const views = await openViews({
    store,
    path: viewsFile,
    order: orderOfPosition,
    pieces: pieceThreads(ledgerFile),
  });
  serveViews(port, views, async () => {
    await store.close();
    port.close();
  });
}
