import { monitorEventLoopDelay } from 'node:perf_hooks';

/** One line of the table. */
export interface Result {
  name: string;
  /** What is set against what. */
  what: string;
  /** Median over the rounds: a share of the limit that was measured in the same rounds, or in `unit`. */
  ratio: number;
  unit?: 'ms' | 'µs' | 'MiB';
  /** The least it should be; with `atMost` the most. */
  aim: number;
  atMost?: true;
  rounds: number[];
  /** What was measured beside it, for people. */
  beside: string;
}

/** Commands and rows of one round, in so many a second. */
export interface Rates {
  ours: number;
  limit: number;
  /** A file that each group is written to and flushed (fdatasync), nothing else. */
  log: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** So many a second. */
export async function rateOf(count: number, run: () => unknown): Promise<number> {
  const began = performance.now();
  await run();
  return (count / (performance.now() - began)) * 1_000;
}

/** What a stretch of commands cost beside its time. */
export interface Watched {
  /** Of each command, in ms. */
  latencies: number[];
  /** How late a timer was at the 99th percentile, in ms. */
  loopMs: number;
  /** CPU of the whole process, all threads, for one command, in µs. */
  cpu: number;
  rate: number;
}

/** Runs `count` commands from `askers` that each wait for their answer. */
export async function watch(
  count: number,
  askers: number,
  ask: () => Promise<unknown>,
): Promise<Watched> {
  const latencies: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let left = count;
  const asking = async (): Promise<void> => {
    while (left-- > 0) {
      const began = performance.now();
      await ask();
      latencies.push(performance.now() - began);
    }
  };
  const cpu = process.cpuUsage();
  delay.enable();
  const rate = await rateOf(count, () => Promise.all(Array.from({ length: askers }, asking)));
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  // A timer of 1 ms that is on time says 1 ms.
  const loopMs = Math.max(0, delay.percentile(99) / 1e6 - 1);
  return { latencies, loopMs, cpu: (user + system) / count, rate };
}
