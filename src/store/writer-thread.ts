import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from './event-store.ts';
import type { AppendJob, Outcome } from './sqlite-append.ts';
import type { FromWriter, Ticket, ToWriter, WriterData } from './sqlite-writer.ts';

/** The writer's thread, seen from the thread that uses the store. */
export interface Writer {
  /** False when the thread has ended: another may be started. */
  isAlive(): boolean;
  /** Resolves when the group of this job is durable or refused. @throws StoreUnavailable when the thread died */
  append(job: AppendJob): Promise<Outcome>;
  /** Resolves when every job before it is answered and the thread has let go of the file. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

/** So many make a group that is worth its flush: to wait for more would leave the writer idle. */
const ENOUGH = 32;

/** Starts the writer's thread; it opens the file by itself, jobs may be sent at once. */
export function startWriter(data: WriterData): Writer {
  const worker = new Worker(new URL('./sqlite-writer.js', import.meta.url), { workerData: data });
  const waiting = new Map<number, Waiting>();
  let outbox: Ticket[] = [];
  let tickets = 0;
  let dead: StoreUnavailable | undefined;

  const stop = (reason: string): void => {
    dead ??= new StoreUnavailable(reason);
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      stop('the writer has ended');
      resolve();
    });
  });
  worker.on('error', (error) => stop(`the writer has failed: ${error.message}`));
  worker.on('message', (message: FromWriter) => {
    if (message.kind === 'closed') return;
    for (const { ticket, outcome } of message.outcomes) {
      waiting.get(ticket)?.resolve(outcome);
      waiting.delete(ticket);
    }
  });
  const send = (message: ToWriter): void => worker.postMessage(message);
  const sendAll = (): void => {
    if (outbox.length > 0) send({ kind: 'append', tickets: outbox });
    outbox = [];
  };
  // Sent one by one, the first of a hundred would be flushed alone, and the others wait for that flush before
  // their own. So they are gathered for as long as each turn of the event loop brings more.
  const sendSoon = (before: number): void => {
    const count = outbox.length;
    if (count > before && count < ENOUGH) setImmediate(sendSoon, count);
    else sendAll();
  };

  return {
    isAlive: () => dead === undefined,
    append(job) {
      if (dead !== undefined) return Promise.reject(dead);
      const ticket = tickets++;
      return new Promise((resolve, reject) => {
        waiting.set(ticket, { resolve, reject });
        if (outbox.length === 0) setImmediate(sendSoon, 1);
        outbox.push({ ticket, job });
      });
    },
    async close() {
      sendAll();
      send({ kind: 'close' });
      await exited;
    },
  };
}
