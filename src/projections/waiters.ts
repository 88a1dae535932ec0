import type { Checkpoint } from './views-file.ts';

/** Those who wait until the read models hold a position. */
export interface Waiters {
  /** Resolves with true as soon as `at` is reached, with false after `ms`. */
  wait(at: bigint, ms: number): Promise<boolean>;
  /** Called whenever the checkpoint has moved. */
  reached(checkpoint: Checkpoint): void;
  /** Whether somebody waits. */
  any(): boolean;
  /** Nobody waits any longer. */
  end(): void;
}

/** @param order where a position stands among positions */
export function createWaiters(order: (position: string) => bigint): Waiters {
  const waiting = new Set<{ at: bigint; done(reached: boolean): void }>();
  return {
    wait: (at, ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => waiter.done(false), ms);
        const waiter = {
          at,
          done(reached: boolean) {
            clearTimeout(timer);
            waiting.delete(waiter);
            resolve(reached);
          },
        };
        waiting.add(waiter);
      }),
    reached({ position }) {
      if (position === undefined || waiting.size === 0) return;
      const now = order(position);
      for (const waiter of [...waiting]) if (waiter.at <= now) waiter.done(true);
    },
    any: () => waiting.size > 0,
    end() {
      for (const waiter of [...waiting]) waiter.done(false);
    },
  };
}
