import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import type { Database, Driver } from './driver.ts';
import { type AppendJob, createAppender, type Outcome } from './sqlite-append.ts';
import { openForAppending } from './sqlite-schema.ts';

/** Entry of the writer's thread: the one connection of this process that appends. */
export interface WriterData {
  path: string;
  driver: Driver;
  /** Facts come from another store, where several clocks wrote: none of them is compared here. */
  copying: boolean;
}

/** A job with the number by which its answer is known. */
export interface Ticket {
  ticket: number;
  job: AppendJob;
}

/** `done` follows each group; `closed` is the last word. */
export type FromWriter =
  | { kind: 'done'; outcomes: { ticket: number; outcome: Outcome }[] }
  | { kind: 'closed' };

export type ToWriter = { kind: 'append'; tickets: Ticket[] } | { kind: 'close' };

/** A group ends here, so that the first of many waits for few. In characters of JSON, and in appends. */
const GROUP_LENGTH = 4_000_000;
const GROUP_JOBS = 256;

/** Others who read just now may leave the WAL to the next who closes. */
const LAST_CHECKPOINT_WAIT_MS = 100;

if (parentPort !== null) serve(parentPort, workerData as WriterData);

function serve(port: MessagePort, data: WriterData): void {
  const database = openForAppending(data.path, data.driver);
  const append = data.copying ? createAppender(database, Infinity) : createAppender(database);
  const queue: Queue = { tickets: [], closing: false };
  port.on('message', (first: ToWriter) => {
    take(queue, first);
    for (;;) {
      takeWaiting(queue, port);
      if (queue.tickets.length === 0) break;
      const group = nextGroup(queue);
      const outcomes = append(group.map(({ job }) => job));
      const answers = group.map(({ ticket }, n) => ({ ticket, outcome: outcomes[n] as Outcome }));
      port.postMessage({ kind: 'done', outcomes: answers } satisfies FromWriter);
    }
    if (!queue.closing) return;
    close(database);
    port.postMessage({ kind: 'closed' } satisfies FromWriter);
    port.close();
  });
}

interface Queue {
  tickets: Ticket[];
  closing: boolean;
}

function take(queue: Queue, message: ToWriter): void {
  switch (message.kind) {
    case 'append':
      queue.tickets.push(...message.tickets);
      return;
    case 'close':
      queue.closing = true;
  }
}

/** What came while the last group was flushed: the slower the disk, the larger the groups. */
function takeWaiting(queue: Queue, port: MessagePort): void {
  for (;;) {
    const waiting = receiveMessageOnPort(port);
    if (waiting === undefined) return;
    take(queue, waiting.message);
  }
}

/** Takes from the front of the queue what one transaction is to hold: one job at least. */
function nextGroup(queue: Queue): Ticket[] {
  let length = 0;
  let jobs = 0;
  while (jobs < queue.tickets.length && jobs < GROUP_JOBS && length < GROUP_LENGTH) {
    for (const { data, metadata } of queue.tickets[jobs]?.job.events ?? []) {
      length += data.length + metadata.length;
    }
    jobs += 1;
  }
  return queue.tickets.splice(0, jobs);
}

/** Moves the WAL into the file, as the last connection would: a reader's may still be there (`driver.ts`). */
function close(database: Database): void {
  database.exec(`PRAGMA busy_timeout = ${LAST_CHECKPOINT_WAIT_MS}`);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
