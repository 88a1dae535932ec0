import type { WireEvent } from './kurrentdb-event.ts';
import { NoAnswer, outcomeOf } from './kurrentdb-outcome.ts';

/** Longest silence within a read, in ms: its start, or between two events. */
export const READ_SILENCE_MS = 5_000;

/** An event of the client's, of which this is used. */
interface Recorded {
  streamId: string;
  id: string;
  revision: bigint;
  type: string;
  data: unknown;
  metadata?: unknown;
  position?: { commit: bigint; prepare: bigint };
  created: Date;
}

/** A read or a subscription of the client's. */
type Readable = AsyncIterable<{ event?: Recorded }> & {
  on(event: 'error', listener: () => void): unknown;
  destroy(error?: Error): unknown;
};

/** All that a read gives; a read that falls silent is given up. Half of a read is no read. */
export async function collected(
  read: Readable & { cancel(): Promise<void> },
  what: string,
): Promise<WireEvent[]> {
  const events: WireEvent[] = [];
  let seen = -1;
  // What befalls it after it was read belongs to nobody.
  read.on('error', () => undefined);
  const timer = setInterval(() => {
    if (seen === events.length) read.destroy(new NoAnswer(`silence: ${what}`));
    seen = events.length;
  }, READ_SILENCE_MS / 2);
  try {
    for await (const { event } of read) if (event !== undefined) events.push(wireEvent(event));
    return events;
  } catch (error) {
    void read.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Events as they come, until the subscription fails, ends, or the signal aborts. */
export async function* followed(
  subscription: Readable & { unsubscribe(): Promise<void> },
  signal: AbortSignal,
): AsyncGenerator<WireEvent, void> {
  subscription.on('error', () => undefined);
  const stop = (): void => {
    subscription.destroy(new NoAnswer(outcomeOf(signal.reason).message));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) return;
    for await (const { event } of subscription) if (event !== undefined) yield wireEvent(event);
  } finally {
    signal.removeEventListener('abort', stop);
    void subscription.unsubscribe().catch(() => undefined);
  }
}

function wireEvent(event: Recorded): WireEvent {
  const { streamId, id, revision, type, data, metadata, position, created } = event;
  return {
    stream: streamId,
    id,
    revision,
    type,
    data,
    metadata,
    // Where there is no position the server says the largest number there is.
    commit: known(position?.commit),
    prepare: known(position?.prepare),
    created: created.getTime(),
  };
}

const NO_POSITION = 2n ** 64n - 1n;

function known(position: bigint | undefined): bigint | undefined {
  return position === NO_POSITION ? undefined : position;
}
