import type { Database } from '../store/driver.ts';
import type { EventStore } from '../store/event-store.ts';
import { capabilityCell } from './capability/cell.ts';
import { coverageReport } from './capability/coverage.ts';
import { coverageCell } from './capability/coverage-cell.ts';
import { publishedCapability, publishedPlacesOf } from './capability/published.ts';
import { capabilityReport } from './capability/report.ts';
import { supportReport } from './capability/support.ts';
import { closedUnder } from './closed-under.ts';
import { mustBeCycle } from './cycle-asked.ts';
import { evidenceDue } from './evidence-due.ts';
import { tryLock, type Unlock } from './lock.ts';
import { ownViews, type ViewsFile } from './owned-views.ts';
import { previewRulebook } from './preview.ts';
import type { Projection } from './projection.ts';
import { readModels } from './read-models.ts';
import { readViews } from './read-views.ts';
import type { Pieces } from './rebuild.ts';
import { outcomePage } from './standing-closing.ts';
import { standingPage, standingSums } from './standing-report.ts';
import type { Progress, Views } from './views.ts';
import { balancesIn, decisionsIn, queueIn, registeredIn, schemesIn } from './views-queries.ts';
import { createWaiters } from './waiters.ts';

/** How often a reader tries to become the owner, which may have ended, and the owner looks at its file, in ms. */
const LOOK_MS = 1_000;

export interface ViewsOptions {
  store: EventStore;
  /** Of `views.db`; what is made beside it begins with this name. */
  path: string;
  /** Where a position stands among positions of this store. @throws RangeError when it is none */
  order(position: string): bigint;
  projections?: readonly Projection[];
  /** Where the pieces of a rebuild are made; absent: on this thread. */
  pieces?: Pieces;
  /** Facts of one transaction of a rebuild. */
  batch?: number;
}

/** The read models on this thread. */
export type OpenViews = Views & { close(): Promise<void> };

/**
 * Opens the read models of a ledger. One process keeps them, by a held lock; others read them, and one of
 * these goes on when that process ends. Questions wait while there are no rows yet.
 */
export async function openViews(options: ViewsOptions): Promise<OpenViews> {
  const { store, path, order, projections = readModels } = options;
  const waiters = createWaiters(order);
  let unlock: Unlock | undefined;
  let file: ViewsFile | undefined;
  let first: (() => void)[] = [];

  const onProgress = (): void => {
    if (file?.database() !== undefined) {
      for (const resolve of first) resolve();
      first = [];
    }
    if (file !== undefined) waiters.reached(file.checkpoint());
  };
  const common = { path, projections, onProgress, hurried: waiters.any };
  const own = async (): Promise<ViewsFile | undefined> => {
    unlock = tryLock(path);
    const { batch, pieces } = options;
    return unlock && (await ownViews({ ...common, store, batch, pieces }));
  };
  file = (await own()) ?? readViews(common);
  onProgress();
  const takeOver = setInterval(() => {
    if (unlock === undefined) void succeed();
    else file?.look();
  }, LOOK_MS);
  const succeed = async (): Promise<void> => {
    try {
      const owned = await own();
      if (owned === undefined) return;
      const before = file;
      file = owned;
      await before?.close();
      onProgress();
    } catch {
      // The next look tries again, here or in another process.
      unlock?.();
      unlock = undefined;
    }
  };

  const rows = async (): Promise<Database> => {
    for (;;) {
      const database = file?.database();
      if (database !== undefined) return database;
      const stopped = file?.stopped();
      if (stopped !== undefined) throw new Error(`there are no read models: ${stopped}`);
      await new Promise<void>((resolve) => first.push(resolve));
    }
  };
  const progress = async (): Promise<Progress> => {
    const { count, position } = checkpoint();
    const rebuilding = file?.rebuilding();
    const stopped = file?.stopped();
    return {
      count,
      position,
      head: (await store.head()).count,
      ...(rebuilding === undefined ? {} : { rebuilding: { ...rebuilding } }),
      ...(stopped === undefined ? {} : { stopped }),
    };
  };
  const checkpoint = () => (file as ViewsFile).checkpoint();
  const source = { store, rows, count: () => checkpoint().count };

  return {
    balances: async (...asked) => balancesIn(await rows(), ...asked),
    queue: async (...asked) => queueIn(await rows(), ...asked),
    decisions: async (...asked) => decisionsIn(await rows(), ...asked),
    registered: async (...asked) => registeredIn(await rows(), ...asked),
    schemes: async () => schemesIn(await rows()),
    standing: async (query, page) => {
      if (page.cursor === undefined) await mustBeCycle(source, query);
      return standingPage(source, query, page);
    },
    standingSums: async (query, by) => {
      await mustBeCycle(source, query);
      return standingSums(source, query, by);
    },
    outcomes: async (query, page) => {
      if (page.cursor === undefined) await mustBeCycle(source, query);
      return outcomePage(source, query, page);
    },
    evidenceDue: (...asked) => evidenceDue(source, ...asked),
    capability: (...asked) => capabilityReport(source, ...asked),
    capabilityCell: (...asked) => capabilityCell(source, ...asked),
    coverage: (...asked) => coverageReport(source, ...asked),
    coverageCell: (...asked) => coverageCell(source, ...asked),
    support: (...asked) => supportReport(source, ...asked),
    published: (...asked) => publishedCapability(source, ...asked),
    publishedPlaces: (...asked) => publishedPlacesOf(source, ...asked),
    closedUnder: (...asked) => closedUnder(source, ...asked),
    preview: (...asked) => previewRulebook(source, ...asked),
    progress,
    async waitFor(position, ms) {
      const at = order(position);
      const now = checkpoint();
      const there = now.position !== undefined && at <= order(now.position);
      const waited = there ? undefined : waiters.wait(at, ms);
      if (!there) file?.wake();
      const reached = there || (await waited) === true;
      const { count, position: come } = checkpoint();
      return { reached, count, position: come };
    },
    async rebuild(tell) {
      await (file as ViewsFile).rebuild(() => {
        if (tell !== undefined) void progress().then(tell);
      });
      return progress();
    },
    async close() {
      clearInterval(takeOver);
      waiters.end();
      await file?.close();
      unlock?.();
    },
  };
}
