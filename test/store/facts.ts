import { randomUUID } from 'node:crypto';
import { canonical } from '../../src/proofs/jcs.ts';
import type {
  EventStore,
  EventToAppend,
  ExpectedRevision,
  StoredEvent,
} from '../../src/store/event-store.ts';

/** An adapter of the port under test. An address names a ledger; the module's `open` is for other processes. */
export interface Adapter {
  fresh(): string;
  open(address: string): Promise<EventStore>;
  module: string;
}

const START = Date.UTC(2026, 0, 5, 9);

/** The instant some seconds after the tests' first. */
export function instant(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

export function fact(text = 'x', recordedAt = instant(0)): EventToAppend {
  return {
    id: randomUUID(),
    type: 'NoteTaken',
    data: canonical({ text }),
    metadata: canonical({ recordedAt, schemaVersion: 1 }),
    recordedAt,
  };
}

export function facts(count: number): EventToAppend[] {
  return Array.from({ length: count }, (_, n) => fact(String(n)));
}

export function newStream(): string {
  return `member-${randomUUID()}`;
}

/** The revision after which the fact with this revision is to stand. */
export function before(revision: number): ExpectedRevision {
  return revision === 0 ? 'no-stream' : BigInt(revision - 1);
}

export function ids(events: readonly { id: string }[]): string[] {
  return events.map((event) => event.id);
}

/** The whole ledger, read in pages. */
export async function wholeLedger(store: EventStore, page = 1_000): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const more = await store.readAll(events.at(-1)?.position, page);
    if (more.length === 0) return events;
    events.push(...more);
  }
}

/** What a promise is rejected with; an Error of our own when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  return new Error('was not rejected');
}
