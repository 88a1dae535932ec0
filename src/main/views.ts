import { Worker } from 'node:worker_threads';
import type { OpenViews } from '../projections/open-views.ts';
import { viewsOver } from '../projections/views-port.ts';
import type { EventStore } from '../store/event-store.ts';
import type { WorkerData } from '../worker.ts';

/**
 * The read models of a ledger, kept and asked in a thread of their own. Where that thread fails, what is asked
 * is refused with its reason; the ledger itself goes on.
 */
export function startViews({ ledgerFile, cluster, viewsFile }: WorkerData): OpenViews {
  const workerData: WorkerData = { ledgerFile, cluster, viewsFile };
  const worker = new Worker(new URL('../worker.js', import.meta.url), { workerData });
  const { views, fail } = viewsOver(worker);
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail('the read models have ended');
      resolve();
    });
  });
  worker.on('error', (error) => fail(`the read models have failed: ${error.message}`));
  return {
    ...views,
    async close() {
      // Who is gone already needs no farewell.
      await views.close().catch(() => undefined);
      await exited;
    },
  };
}

/** The read models, once they know all that is in the ledger by now. */
export async function caughtUp(views: OpenViews, store: EventStore): Promise<OpenViews> {
  const { position } = await store.head();
  if (position !== undefined) await views.waitFor(position, WAIT_MS);
  return views;
}

/** A first build of the read models may take a while. */
const WAIT_MS = 600_000;
