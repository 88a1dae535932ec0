import { join } from 'node:path';
import { earlierFacts, openBatches } from '../../src/projections/batches.ts';
import { capability } from '../../src/projections/capability/capability.ts';
import { capabilitySociety } from '../../src/projections/capability/society.ts';
import { support } from '../../src/projections/capability/support-rows.ts';
import { standing } from '../../src/projections/standing.ts';
import type { StandingSource } from '../../src/projections/standing-walk.ts';
import { createViewsFile } from '../../src/projections/views-file.ts';
import type { Database } from '../../src/store/driver.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { storeOf } from './chronicle.ts';
import { tempDir } from './temp.ts';

const projections = [standing, capability, capabilitySociety, support];

export type CapabilitySource = StandingSource & { database: Database; close(): void };

/** The rows of capability after these facts, with their indexes; `close` when done. */
export async function capabilitySource(events: readonly StoredEvent[]): Promise<CapabilitySource> {
  const store = storeOf(events);
  const database = createViewsFile(join(tempDir(), 'views.db'), projections);
  const batches = openBatches(database, projections);
  if (events.length > 0) batches.take(events, await earlierFacts(store, events));
  for (const sql of projections.flatMap(({ indexes }) => indexes)) database.exec(sql);
  return {
    store,
    database,
    rows: async () => database,
    count: () => events.length,
    close: () => database.close(),
  };
}

/** Asks the rows of capability after these facts. */
export async function asking<T>(
  events: readonly StoredEvent[],
  ask: (source: CapabilitySource) => Promise<T>,
): Promise<T> {
  const source = await capabilitySource(events);
  try {
    return await ask(source);
  } finally {
    source.close();
  }
}
