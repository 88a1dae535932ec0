import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { defaultDriver } from '../src/store/driver.ts';
import type { EventToAppend } from '../src/store/event-store.ts';
import { type AppendJob, createAppender, type Outcome } from '../src/store/sqlite-append.ts';
import { openForAppending } from '../src/store/sqlite-schema.ts';
import type { Ticket } from '../src/store/sqlite-writer.ts';
import { tempDir } from '../test/support/temp.ts';

/**
 * The figures of docs/adr/0002-writer-thread.md: the group commit on the main thread and in a worker, the
 * flush as it is and slowed to 5 ms, one append at a time and 100 at once. `node dist/bench/writer-thread.js`.
 */
type Commit = (jobs: AppendJob[]) => Outcome[];
type Append = (job: AppendJob) => Promise<void>;

const pause = new Int32Array(new SharedArrayBuffer(4));

function openCommit(path: string, flushMs: number): Commit {
  const database = openForAppending(path, defaultDriver());
  const append = createAppender(database);
  return (jobs) => {
    const outcomes = append(jobs);
    if (flushMs > 0) Atomics.wait(pause, 0, 0, flushMs);
    return outcomes;
  };
}

/** Collects what is asked in one turn of the event loop, and commits it there. */
function onMain(commit: Commit): Append {
  let waiting: { job: AppendJob; resolve: () => void }[] = [];
  const flush = () => {
    const group = waiting;
    waiting = [];
    commit(group.map(({ job }) => job));
    for (const { resolve } of group) resolve();
  };
  return (job) =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ job, resolve });
    });
}

function inWorker(path: string, flushMs: number): { append: Append; stop(): Promise<unknown> } {
  const worker = new Worker(new URL(import.meta.url), { workerData: { path, flushMs } });
  const waiting = new Map<number, () => void>();
  let ticket = 0;
  let outbox: Ticket[] = [];
  const send = () => {
    worker.postMessage(outbox);
    outbox = [];
  };
  worker.on('message', (tickets: number[]) => {
    for (const done of tickets) {
      waiting.get(done)?.();
      waiting.delete(done);
    }
  });
  const append: Append = (job) =>
    new Promise((resolve) => {
      waiting.set(ticket, resolve);
      if (outbox.length === 0) setImmediate(send);
      outbox.push({ ticket: ticket++, job });
    });
  return { append, stop: () => worker.terminate() };
}

async function serve(path: string, flushMs: number): Promise<void> {
  const { receiveMessageOnPort } = await import('node:worker_threads');
  const commit = openCommit(path, flushMs);
  parentPort?.on('message', (first: Ticket[]) => {
    const group = [...first];
    while (group.length < 256) {
      const next = parentPort && receiveMessageOnPort(parentPort);
      if (!next) break;
      group.push(...next.message);
    }
    commit(group.map(({ job }) => job));
    parentPort?.postMessage(group.map(({ ticket }) => ticket));
  });
}

const text = 'x'.repeat(700);
const recordedAt = '2026-01-05T09:00:00.000Z';
const metadata = JSON.stringify({ recordedAt, schemaVersion: 1, correlationId: randomUUID() });

function job(): AppendJob {
  const data = JSON.stringify({ text });
  const event: EventToAppend = { id: randomUUID(), type: 'NoteTaken', data, metadata, recordedAt };
  return { stream: `member-${randomUUID()}`, start: 0, events: [event] };
}

/** Appends for some seconds from so many askers; prints rate, latency and the delay of the event loop. */
async function measure(label: string, append: Append, askers: number, seconds = 4): Promise<void> {
  const latencies: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const end = performance.now() + seconds * 1_000;
  delay.enable();
  const begun = performance.now();
  const ask = async () => {
    while (performance.now() < end) {
      const started = performance.now();
      await append(job());
      latencies.push(performance.now() - started);
      await turn();
    }
  };
  await Promise.all(Array.from({ length: askers }, ask));
  delay.disable();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)]?.toFixed(2);
  const rate = (latencies.length / (performance.now() - begun)) * 1_000;
  const loop = Math.max(0, delay.percentile(99) / 1e6 - 1).toFixed(1);
  console.log(
    `${label}: ${rate.toFixed(0)}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, loop p99 ${loop} ms`,
  );
}

if (!isMainThread) {
  await serve(workerData.path, workerData.flushMs);
} else {
  for (const flushMs of [0, 5]) {
    for (const askers of [1, 100]) {
      const what = `flush ${flushMs === 0 ? 'as it is' : '+5 ms'}, ${askers} at once`;
      const path = () => join(tempDir(), 'ledger.db');
      await measure(`${what}, main  `, onMain(openCommit(path(), flushMs)), askers);
      const writer = inWorker(path(), flushMs);
      await writer.append(job());
      await measure(`${what}, worker`, writer.append, askers);
      await writer.stop();
    }
  }
}
