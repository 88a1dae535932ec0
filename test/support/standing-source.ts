import { join } from 'node:path';
import { earlierFacts, openBatches } from '../../src/projections/batches.ts';
import { standing } from '../../src/projections/standing.ts';
import type { StandingSource } from '../../src/projections/standing-walk.ts';
import { createViewsFile } from '../../src/projections/views-file.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { storeOf } from './chronicle.ts';
import { tempDir } from './temp.ts';

/** The rows of `standing` after these facts, for reports; `close` when done. */
export async function sourceOf(
  events: readonly StoredEvent[],
): Promise<StandingSource & { close(): void }> {
  const store = storeOf(events);
  const database = createViewsFile(join(tempDir(), 'views.db'), [standing]);
  const batches = openBatches(database, [standing]);
  if (events.length > 0) batches.take(events, await earlierFacts(store, events));
  return {
    store,
    rows: async () => database,
    count: () => events.length,
    close: () => database.close(),
  };
}
