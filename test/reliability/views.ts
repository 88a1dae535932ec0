import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { StreamsStore } from '../../src/projections/pieces.ts';
import { readModels } from '../../src/projections/read-models.ts';
import { piecesHere, rebuild } from '../../src/projections/rebuild.ts';
import { openViewsFile } from '../../src/projections/views-file.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';

const MOST_AT_ONCE = 120;
/** So few at first that the second step is never the last: a kill after it comes on the way. */
const MOST_AT_FIRST = 8;
const MOST_STREAMS_AT_FIRST = 2;
const MOST_PIECES = 3;

/** Rebuilds the read models of a ledger at `path`, in steps and pieces of sizes that nobody chose. */
export async function rebuildInPieces(
  ledger: string,
  path: string,
  onStep: () => void = () => undefined,
): Promise<void> {
  const { streams, ...store } = (await openSqliteStore({ path: ledger })) as StreamsStore;
  let steps = 0;
  const size = (first: number): number => {
    steps += 1;
    return upTo(steps > 2 ? MOST_AT_ONCE : first);
  };
  const inOrder: EventStore = {
    ...store,
    readAll: (after) => store.readAll(after, size(MOST_AT_FIRST)),
  };
  const byStreams: StreamsStore = {
    ...inOrder,
    streams: (after) => streams(after, size(MOST_STREAMS_AT_FIRST)),
  };
  try {
    await rebuild({
      store: Math.random() < 0.5 ? inOrder : byStreams,
      projections: readModels,
      path,
      signal: new AbortController().signal,
      pieces: piecesHere(upTo(MOST_PIECES), byStreams, readModels),
      onProgress: onStep,
    });
  } finally {
    await store.close();
  }
}

function upTo(most: number): number {
  return 1 + Math.floor(Math.random() * most);
}

/** Rebuilds, is killed on the way, and rebuilds at the same place. @returns whether it was killed */
export async function rebuildTwice(ledger: string, path: string): Promise<boolean> {
  const script = fileURLToPath(new URL('./rebuilding-process.js', import.meta.url));
  const done = spawnSync(process.execPath, [script, ledger, path, '2'], { stdio: 'inherit' });
  await rebuildInPieces(ledger, path);
  return done.signal === 'SIGKILL';
}

/** Every row of every table of a file of read models, in an order of its own. */
export function rowsOf(path: string): Record<string, unknown[]> {
  const database = openViewsFile(path, true);
  try {
    const tables = database
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all() as { name: string }[];
    return Object.fromEntries(
      tables.map(({ name }) => {
        const rows = database.prepare(`SELECT * FROM ${name}`).all();
        return [name, rows.map((row) => JSON.stringify(row)).sort()];
      }),
    );
  } finally {
    database.close();
  }
}
