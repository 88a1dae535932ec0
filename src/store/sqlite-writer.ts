import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import type { Database, Driver } from './driver.ts';
import {
  type AppenderOptions,
  type AppendJob,
  createAppender,
  type Outcome,
} from './sqlite-append.ts';
import { openForWriting } from './sqlite-schema.ts';

/** Entry of the writer's thread: the one connection of this process that appends. */
export interface WriterData extends AppenderOptions {
  path: string;
  driver: Driver;
}

/** `done` follows each group; `closed` is the last word. */
export type FromWriter =
  | { kind: 'done'; outcomes: { ticket: number; outcome: Outcome }[] }
  | { kind: 'closed' };

export type ToWriter = { kind: 'append'; ticket: number; job: AppendJob } | { kind: 'close' };

/** A group ends here, so that the first of many waits for few. In characters of JSON, and in appends. */
const GROUP_LENGTH = 4_000_000;
const GROUP_JOBS = 256;

/**
 * The WAL is moved into the file when it holds 96 MiB: so rarely that fewer than one append in a hundred
 * waits for it (docs/adr/0002-writer-thread.md).
 */
const CHECKPOINT_PAGES = 12_288;
const CACHE_KIB = 65_536;

/** Others who read just now may leave the WAL to the next who closes. */
const LAST_CHECKPOINT_WAIT_MS = 100;

if (parentPort !== null) serve(parentPort, workerData as WriterData);

function serve(port: MessagePort, data: WriterData): void {
  const database = openForWriting(data.path, data.driver);
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  const append = createAppender(database, data);
  port.on('message', (first: ToWriter) => {
    const group = waiting(port, first);
    if (group.appends.length > 0) {
      const outcomes = append(group.appends.map(({ job }) => job));
      const answers = group.appends.map(({ ticket }, n) => ({
        ticket,
        outcome: outcomes[n] as Outcome,
      }));
      port.postMessage({ kind: 'done', outcomes: answers } satisfies FromWriter);
    }
    if (!group.close) return;
    close(database);
    port.postMessage({ kind: 'closed' } satisfies FromWriter);
    port.close();
  });
}

/** Moves the WAL into the file, as the last connection would: a reader's may still be there (`driver.ts`). */
function close(database: Database): void {
  database.exec(`PRAGMA busy_timeout = ${LAST_CHECKPOINT_WAIT_MS}`);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

interface Group {
  appends: Extract<ToWriter, { kind: 'append' }>[];
  close: boolean;
}

/** What came while the last group was flushed: the slower the disk, the larger the groups. */
function waiting(port: MessagePort, first: ToWriter): Group {
  const group: Group = { appends: [], close: false };
  let length = 0;
  let message: ToWriter | undefined = first;
  while (message !== undefined) {
    if (message.kind === 'close') return { ...group, close: true };
    group.appends.push(message);
    for (const { data, metadata } of message.job.events) length += data.length + metadata.length;
    if (length > GROUP_LENGTH || group.appends.length >= GROUP_JOBS) break;
    message = receiveMessageOnPort(port)?.message as ToWriter | undefined;
  }
  return group;
}
