import { checkAppend } from './append-check.ts';
import { type Driver, defaultDriver } from './driver.ts';
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  StoreUnavailable,
  WrongExpectedRevision,
} from './event-store.ts';
import { createNews, follow } from './follow.ts';
import type { AppendJob, Outcome } from './sqlite-append.ts';
import { openReader, positionOf } from './sqlite-read.ts';
import { checkLedgerFile, prepareLedgerFile } from './sqlite-schema.ts';
import { startWriter, type Writer } from './writer-thread.ts';

export interface SqliteStoreOptions {
  path: string;
  driver?: Driver;
  /** For who may not write: no file is made or changed, and every append is refused. */
  readOnly?: true;
  /** Facts come from another store: their times are not compared with the ledger's latest. */
  copying?: boolean;
}

/**
 * Opens a ledger in a SQLite file, making folder and file when absent. Reads run on the caller's thread;
 * the writer's thread starts at the first append, so that who only reads has none. Several processes and
 * threads may have one file open.
 *
 * @throws LedgerFileRefused when the file is something else or of a later release
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<EventStore> {
  const { path, driver = defaultDriver(), readOnly, copying = false } = options;
  if (readOnly) checkLedgerFile(path, driver);
  else prepareLedgerFile(path, driver);
  const reader = openReader(path, driver);
  const news = createNews(reader);
  const accepted = new Set<Promise<Appended>>();
  let writer: Writer | undefined;
  let closed: Promise<void> | undefined;
  const isOpen = () => closed === undefined;
  const open = () => {
    if (closed !== undefined) throw new StoreUnavailable('the store was closed');
    return reader;
  };

  const append = async (job: AppendJob, expected: ExpectedRevision): Promise<Appended> => {
    if (!writer?.isAlive()) writer = startWriter({ path, driver, copying });
    const appended = answer(await writer.append(job), job.stream, expected);
    news.tell();
    return appended;
  };
  const close = async (): Promise<void> => {
    news.end();
    await Promise.allSettled(accepted);
    // The writer goes last: the last connection that may write leaves one file, without a WAL.
    reader.close();
    await writer?.close();
  };

  return {
    async append(stream, expected, events) {
      open();
      if (readOnly) throw new StoreUnavailable('the store was opened for reading alone');
      checkAppend(stream, expected, events);
      const start = expected === 'no-stream' ? 0 : Number(expected) + 1;
      const appending = append({ stream, start, events }, expected);
      accepted.add(appending);
      try {
        return await appending;
      } finally {
        accepted.delete(appending);
      }
    },
    readStream: async (stream, from, limit) => open().stream(stream, from, limit),
    readAll: async (after, limit) => open().all(after, limit),
    streams: async (after, limit) => open().streams(after, limit),
    readIndex: async (index) => open().index(index),
    head: async () => open().head(),
    countAsOf: async (instant) => open().countAsOf(instant),
    follow: (after, limit, signal) => follow({ reader, news, isOpen }, after, limit, signal),
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function answer(outcome: Outcome, stream: string, expected: ExpectedRevision): Appended {
  switch (outcome.kind) {
    case 'appended':
      return {
        revision: BigInt(outcome.revision),
        index: outcome.position,
        position: positionOf(outcome.position),
      };
    case 'wrong-revision': {
      const actual = outcome.last < 0 ? 'no-stream' : BigInt(outcome.last);
      throw new WrongExpectedRevision(stream, expected, actual);
    }
    case 'unavailable':
      throw new StoreUnavailable(outcome.message);
  }
}
