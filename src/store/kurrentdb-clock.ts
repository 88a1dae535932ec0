import { randomUUID } from 'node:crypto';
import type { Connection } from './kurrentdb-client.ts';
import type { WireEvent } from './kurrentdb-event.ts';
import { outcomeOf } from './kurrentdb-outcome.ts';
import { within } from './kurrentdb-timers.ts';

/**
 * How far this process's clock is from the store's (contract, 2): an event in `clock-<name>`, appended at start
 * and every minute, carries the store's time. It is no fact, and the stream keeps the last one alone.
 */
export interface StoreClock {
  /** Appends one such event. @returns where it stands in the log. @throws what the client throws */
  strike(): Promise<bigint>;
  /** Takes what came back from the log. @returns whether it is of the clocks' stream, or its metadata */
  see(event: WireEvent): boolean;
  /** Why nothing may be written by this clock; undefined while it is right, or not known. */
  wrong(): string | undefined;
  end(): void;
}

/** Further off than this, a clock is wrong (contract, 2). */
const MOST_OFF_MS = 2_000;
const EVERY_MS = 60_000;
const STRIKE_MS = 10_000;

export function startClock(
  connection: Connection,
  stream: string,
  nowMs: () => number,
): StoreClock {
  let struck: { id: string; before: number; after: number | undefined } | undefined;
  let off = 0;
  let ended = false;

  const strike = async (): Promise<bigint> => {
    const mine: NonNullable<typeof struck> = {
      id: randomUUID(),
      before: nowMs(),
      after: undefined,
    };
    struck = mine;
    const event = { id: mine.id, type: 'ClockStruck', data: {}, metadata: {} };
    const signal = AbortSignal.timeout(STRIKE_MS);
    const { revision, commit } = await within(
      STRIKE_MS,
      `append to ${stream}`,
      connection.append(stream, 'any', [event], signal),
    );
    mine.after = nowMs();
    if (revision === 0n) await connection.keepLast(stream).catch(() => undefined);
    return commit ?? 0n;
  };
  // A clock that cannot be struck is not known to be wrong: the appends themselves tell of the store.
  const timer = setInterval(() => void strike().catch(outcomeOf), EVERY_MS);
  timer.unref();

  return {
    strike,
    see({ stream: of, id, created }) {
      if (struck?.id !== id || ended) return of === stream || of === `$$${stream}`;
      const after = struck.after ?? nowMs();
      // Between the two it may have been stored at any moment.
      off = created < struck.before ? created - struck.before : Math.max(0, created - after);
      return true;
    },
    wrong() {
      if (Math.abs(off) <= MOST_OFF_MS) return undefined;
      const [by, way] = [(Math.abs(off) / 1_000).toFixed(1), off < 0 ? 'ahead of' : 'behind'];
      return `this clock is ${by} s ${way} the store's: set the clock right`;
    },
    end() {
      ended = true;
      clearInterval(timer);
    },
  };
}
