import type { Swept } from '../commands/sweep-evidence.ts';
import type { LogLine } from '../http/services.ts';

/** It reads the whole ledger: who has just started has better to do. */
const FIRST_MS = 60_000;
const DAY_MS = 86_400_000;

/** Sweeps the evidence folder some time after the start and then each day, beside all other work. */
export function sweepDaily(
  sweep: (now: string, signal: AbortSignal) => Promise<Swept>,
  now: () => string,
  log: (line: LogLine) => void,
): { end(): Promise<void> } {
  const ending = new AbortController();
  const once = async (): Promise<void> => {
    try {
      const { setAside, broughtBack, deleted } = await sweep(now(), ending.signal);
      const counts = [setAside, broughtBack, deleted].map(({ length }) => length);
      if (counts.every((count) => count === 0)) return;
      const [aside, back, gone] = counts;
      const message = `evidence swept: ${aside} set aside, ${back} brought back, ${gone} deleted`;
      log({ level: 'info', message });
    } catch (error) {
      log({ level: 'error', message: 'evidence was not swept', error: (error as Error).name });
    }
  };
  let running = Promise.resolve();
  const first = setTimeout(() => {
    running = once();
  }, FIRST_MS).unref();
  const timer = setInterval(() => {
    running = running.then(once);
  }, DAY_MS);
  timer.unref();
  return {
    async end() {
      ending.abort();
      clearTimeout(first);
      clearInterval(timer);
      await running;
    },
  };
}
