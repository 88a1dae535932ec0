import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../store/driver.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Projection } from '../projection.ts';
import { readModels } from '../read-models.ts';
import { rebuild } from '../rebuild.ts';
import { agrees, fitOf, openViewsFile, readCheckpoint } from '../views-file.ts';
import { type Finding, openReport, type Report } from './finding.ts';
import { difference, tablesOf } from './tables.ts';

export interface VerifyingViews {
  store: EventStore;
  /** Of the read models: they may be in use. */
  path: string;
  projections?: readonly Projection[];
  onProgress?(count: number, of: number): void;
}

/** What a comparison of the read models came to: `facts` that they had read, and what differs. */
export interface VerifiedViews {
  facts: number;
  findings: Finding[];
}

/**
 * Compares the read models, row for row, with a rebuild from the first fact to where they have come (design, 5,
 * invariant 4). The rebuild is made beside them and deleted.
 *
 * @returns undefined where there are none, or they are of another release: the next start makes them anew
 */
export async function verifyViews(verifying: VerifyingViews): Promise<VerifiedViews | undefined> {
  const { store, path, projections = readModels, onProgress } = verifying;
  if (!existsSync(path)) return undefined;
  const report = openReport();
  const live = openViewsFile(path, true);
  const folder = mkdtempSync(`${path}.verify-`);
  try {
    // All that is read of them is of one moment, however long the rebuild takes.
    live.exec('BEGIN');
    if (fitOf(live, projections) !== 'same') return undefined;
    const checkpoint = readCheckpoint(live);
    const { count } = checkpoint;
    if (await agrees(store, checkpoint)) {
      const made = join(folder, 'views.db');
      await rebuild({
        store: prefixOf(store, count),
        projections,
        path: made,
        signal: new AbortController().signal,
        onProgress: (done) => onProgress?.(done, count),
      });
      compare(live, made, report);
    } else report.whole(`the read models have read ${count} facts, not those of this ledger`);
    return { facts: count, findings: report.findings() };
  } finally {
    live.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The ledger as it was when it had `count` facts. */
function prefixOf(store: EventStore, count: number): EventStore {
  return {
    ...store,
    head: async () => ({ count, position: (await store.readIndex(count - 1))?.position }),
    async readAll(after, limit) {
      const facts = await store.readAll(after, limit);
      return facts.filter(({ index }) => index < count);
    },
  };
}

function compare(live: Database, made: string, report: Report): void {
  const fresh = openDatabase(made, { readOnly: true });
  try {
    for (const table of tablesOf(fresh)) {
      const differs = difference(live, fresh, table);
      if (differs === undefined) continue;
      const { one, other } = differs;
      report.whole(`the read model ${table}: it has ${one} where a rebuild gives ${other}`);
    }
  } finally {
    fresh.close();
  }
}
