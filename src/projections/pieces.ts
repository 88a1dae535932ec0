import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from '../store/driver.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { type Followings, openFollowings } from './followings.ts';
import type { Projection } from './projection.ts';
import { viewFact } from './view-facts.ts';
import { createViewsFile, META_TABLES } from './views-file.ts';

/** Some streams of a ledger, by their names, and the file that their rows are made in. */
export interface Piece {
  path: string;
  /** Names after this one; '' is before the first. */
  after: string;
  /** Names before this one; absent: to the last. */
  until?: string;
  /** Facts with a lower index. */
  end: number;
}

/** A store that knows the names of its streams. */
export type StreamsStore = EventStore & Required<Pick<EventStore, 'streams'>>;

export interface Building {
  store: StreamsStore;
  projections: readonly Projection[];
  signal: AbortSignal;
  /** Called with the number of facts of the piece that were followed. */
  onProgress(count: number): void;
}

/** Streams whose names are read at a time. */
const STREAMS = 40;
/** Facts followed before their rows are written: so few that what is folded of them is collected young. */
const FACTS = 500;

/**
 * Makes the rows of a piece in a fresh file, one stream after another: what is folded of a stream is in memory
 * while it is needed, and a row is written once. The file has no checkpoint, and is closed at the end.
 *
 * @throws UnreadableFact
 */
export async function buildPiece(piece: Piece, building: Building): Promise<void> {
  const { store, projections, signal, onProgress } = building;
  const database = createViewsFile(piece.path, projections);
  try {
    const followings = openFollowings(database, projections);
    let count = 0;
    let waiting = 0;
    let after = piece.after;
    database.exec('BEGIN');
    while (!signal.aborted) {
      const listed = await store.streams(after, STREAMS);
      const names = listed.filter((name) => piece.until === undefined || name < piece.until);
      if (names.length === 0) break;
      for (const name of names) {
        const facts = await store.readStream(name, 0n);
        waiting += followStream(followings, facts, piece.end);
        if (waiting < FACTS) continue;
        followings.flush();
        count += waiting;
        waiting = 0;
      }
      onProgress(count);
      after = names.at(-1) as string;
      await turn();
    }
    followings.flush();
    database.exec('COMMIT');
    onProgress(count + waiting);
  } finally {
    database.close();
  }
}

function followStream(followings: Followings, facts: readonly StoredEvent[], end: number): number {
  let count = 0;
  for (const stored of facts) {
    if (stored.index >= end) break;
    count += 1;
    followings.follow(stored, () => facts.slice(0, count).map(viewFact));
  }
  return count;
}

/**
 * As many pieces as are asked for, each with about as many streams: nearly all streams are those of members,
 * whose names are as good as random.
 */
export function cut(count: number, end: number, pathOf: (piece: number) => string): Piece[] {
  const bound = (at: number): string =>
    `member-${Math.floor((at * 0x10000) / count)
      .toString(16)
      .padStart(4, '0')}`;
  return Array.from({ length: count }, (_, at) => ({
    path: pathOf(at),
    after: at === 0 ? '' : bound(at),
    ...(at === count - 1 ? {} : { until: bound(at + 1) }),
    end,
  }));
}

/** Takes the rows of other pieces, closed, into the file of the first. */
export function join(database: Database, paths: readonly string[]): void {
  const tables = (
    database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
      name: string;
    }[]
  ).filter(({ name }) => !META_TABLES.includes(name));
  for (const path of paths) {
    database.prepare('ATTACH ? AS piece').run(path);
    database.exec('BEGIN');
    for (const { name } of tables) {
      database.exec(`INSERT INTO main.${name} SELECT * FROM piece.${name}`);
    }
    database.exec('COMMIT; DETACH piece');
  }
}
