import { parentPort, workerData } from 'node:worker_threads';
import { pieceThreads } from './main/piece-threads.ts';
import { openStore, type Place } from './main/places.ts';
import { openViews } from './projections/open-views.ts';
import { serveViews } from './projections/views-port.ts';
import { orderOfPosition } from './store/sqlite-read.ts';

/** What the reader's thread is started with: where one ledger is. */
export interface WorkerData extends Place {
  viewsFile: string;
}

// The composition root of the reader's thread: it keeps the read models and answers from them, so that no
// query holds up who serves and decides (design, 8).
if (parentPort !== null) {
  const port = parentPort;
  const { viewsFile, ...place } = workerData as WorkerData;
  const store = await openStore(place);
  const views = await openViews({
    store,
    path: viewsFile,
    order: orderOfPosition,
    // A cluster's streams have no list: there the read models are made in ledger order.
    pieces: pieceThreads(place.ledgerFile),
  });
  serveViews(port, views, async () => {
    await store.close();
    port.close();
  });
}
