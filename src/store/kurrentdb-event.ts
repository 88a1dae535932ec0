import { canonical } from '../proofs/jcs.ts';
import type { EventToAppend, Position, StoredEvent } from './event-store.ts';

/** An event as the client hands it out, of any stream. */
export interface WireEvent {
  stream: string;
  id: string;
  revision: bigint;
  type: string;
  /** Parsed JSON; bytes, or a text that is no JSON, where another wrote them. */
  data: unknown;
  metadata: unknown;
  /** Where it stands in the server's log. Absent in a stream read of a server older than 22.6. */
  commit: bigint | undefined;
  prepare: bigint | undefined;
  /** The server's clock when it was stored, in ms. */
  created: number;
}

/** An event as the client takes it. */
export interface WireEventToAppend {
  id: string;
  type: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** The store keeps these two under names of its own, so that its tools find them (contract, 2). */
const renamed = [
  ['correlationId', '$correlationId'],
  ['causationId', '$causationId'],
] as const;

export function toWire({ id, type, data, metadata }: EventToAppend): WireEventToAppend {
  const written = JSON.parse(metadata) as Record<string, unknown>;
  for (const [ours, theirs] of renamed) rename(written, ours, theirs);
  return { id, type, data: JSON.parse(data) as Record<string, unknown>, metadata: written };
}

/**
 * A fact of ours from what was read. Its bytes are the canonical text of what the client parsed (contract, 3).
 *
 * @throws UnreadableEvent on what no ledger writes
 */
export function fromWire(event: WireEvent, prefix: string, index: number): StoredEvent {
  const { id, revision, type } = event;
  const stream = event.stream.slice(prefix.length);
  try {
    const metadata = { ...(event.metadata as Record<string, unknown>) };
    for (const [ours, theirs] of renamed) rename(metadata, theirs, ours);
    return {
      id,
      stream,
      revision,
      index,
      position: positionOf(event.commit),
      type,
      data: canonical(event.data),
      metadata: canonical(metadata),
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableEvent(
      `event ${id}, revision ${revision} of ${event.stream}, holds no fact: ${error.message}`,
    );
  }
}

/** What stands in a stream of ours and was not written by a ledger. */
export class UnreadableEvent extends Error {
  override name = 'UnreadableEvent';
}

/** The place in the server's log, as text. Of a fact, commit and prepare position are the same number. */
export function positionOf(commit: bigint | undefined): Position {
  if (commit === undefined) {
    throw new UnreadableEvent(
      'the server gives no positions in a stream: EventStoreDB 22.10 or later is needed',
    );
  }
  return String(commit) as Position;
}

/** `recordedAt` in ms, or undefined where there is none that can be read. */
export function recordedAt({ metadata }: WireEvent): number | undefined {
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const ms = Date.parse(String((metadata as Record<string, unknown>)['recordedAt']));
  return Number.isNaN(ms) ? undefined : ms;
}

function rename(record: Record<string, unknown>, from: string, to: string): void {
  if (!(from in record)) return;
  record[to] = record[from];
  delete record[from];
}
