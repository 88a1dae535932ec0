import { NoAnswer } from './kurrentdb-outcome.ts';

/** The promise, or NoAnswer when it takes longer than `ms`. What comes later is dropped, an error too. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ms} ms: ${what}`)), ms);
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits; less long when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * How long to wait before a further try, in ms: twice as long each time up to `most`, and between half and all
 * of that by chance, so that many processes do not come back at one moment.
 */
export function backoff(tries: number, most: number, random: () => number): number {
  const whole = Math.min(most, 50 * 2 ** Math.min(tries, 20));
  return whole * (0.5 + random() / 2);
}
