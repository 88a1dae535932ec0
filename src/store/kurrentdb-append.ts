import {
  type EventToAppend,
  type ExpectedRevision,
  StoreUnavailable,
  WrongExpectedRevision,
} from './event-store.ts';
import type { Connection } from './kurrentdb-client.ts';
import { toWire } from './kurrentdb-event.ts';
import { NoAnswer, type Outcome, outcomeOf } from './kurrentdb-outcome.ts';
import { backoff, pause } from './kurrentdb-timers.ts';

const MOST_PAUSE_MS = 1_000;

export interface Appending {
  connection: Connection;
  random: () => number;
  /** How long an append is tried until its outcome is known, in ms; then the caller is told that it is not. */
  knownWithinMs: number;
  /** Called for each further try. */
  onRetry(): void;
}

/** Where an append was stored: of its last event. */
export interface Stored {
  revision: bigint;
  commit: bigint | undefined;
}

/**
 * Appends exactly once in effect: the same ids at the same explicit revision are sent again until the outcome is
 * known, since a try that failed may have been stored, and the server takes its repeat for done.
 *
 * @param name the stream's full name; `stream` is ours
 * @throws WrongExpectedRevision; StoreUnavailable when the store refuses, or the outcome is not known in time
 */
export async function appendOnce(
  { connection, random, knownWithinMs, onRetry }: Appending,
  name: string,
  stream: string,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
): Promise<Stored> {
  const wire = events.map(toWire);
  const sent = expected === 'no-stream' ? 'no_stream' : expected;
  const late = AbortSignal.timeout(knownWithinMs);
  let last: Outcome | undefined;
  for (let tries = 0; !late.aborted; tries += 1) {
    if (tries > 0) onRetry();
    try {
      return await unless(late, connection.append(name, sent, wire, late));
    } catch (error) {
      last = outcomeOf(error);
      settle(last, stream, expected);
    }
    await pause(backoff(tries, MOST_PAUSE_MS, random), late);
  }
  throw new StoreUnavailable(
    `it is not known whether the append to ${stream} was stored (${last?.message}): send the same again`,
  );
}

/** Returns where another try may tell more. */
function settle(outcome: Outcome, stream: string, expected: ExpectedRevision): void {
  switch (outcome.kind) {
    case 'retry':
      return;
    case 'conflict': {
      const { actual = -1n } = outcome;
      throw new WrongExpectedRevision(stream, expected, actual < 0n ? 'no-stream' : actual);
    }
    case 'refused':
      throw new StoreUnavailable(`the store refuses the append to ${stream}: ${outcome.message}`);
    case 'gone':
      throw new StoreUnavailable(`${stream} was deleted in the store: verify reports it`);
    case 'broken':
      throw new Error(
        `the append to ${stream} failed, and it is not known why: ${outcome.message}`,
      );
  }
}

/** A try may settle after the time is over, or never. */
function unless<T>(late: AbortSignal, promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new NoAnswer('no answer in time'));
    late.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => late.removeEventListener('abort', stop));
  });
}
