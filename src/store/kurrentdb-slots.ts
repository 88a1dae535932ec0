import { NoAnswer } from './kurrentdb-outcome.ts';

/** So many at a time; the others wait in order. */
export interface Slots {
  /** @throws NoAnswer when the signal aborts first */
  take(signal: AbortSignal): Promise<void>;
  give(): void;
}

export function createSlots(most: number): Slots {
  let free = most;
  const waiting = new Set<() => void>();
  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new NoAnswer('waited too long for a turn to write'));
        if (free > 0) {
          free -= 1;
          return resolve();
        }
        const turn = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          waiting.delete(turn);
          reject(new NoAnswer('waited too long for a turn to write'));
        };
        waiting.add(turn);
        signal.addEventListener('abort', leave, { once: true });
      }),
    give() {
      const [next] = waiting;
      if (next === undefined) {
        free += 1;
        return;
      }
      waiting.delete(next);
      next();
    },
  };
}
