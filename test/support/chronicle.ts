import { v5 } from 'uuid';
import { encode } from '../../src/events/codec.ts';
import { type AnyFact, type AnyNewFact, registry } from '../../src/events/registry.ts';
import { type Actor, systemActors } from '../../src/events/shapes.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import type { EventStore, Position, StoredEvent } from '../../src/store/event-store.ts';

/** Facts as a ledger would hold them, written without one: bytes, ids and order are those of the contract. */
export interface Chronicle {
  events: StoredEvent[];
  /** Appends what one command says. An hour passes. */
  say(stream: string, facts: AnyNewFact[], by?: Actor): StoredEvent[];
  /** The day of the last fact. */
  today(): string;
}

const SPACE = '5b1d8bb6-2a49-4b0e-8a3f-0d6f5f6a7b10';
const ledgerKid = kidOf('ledger');
const mac = 'm'.repeat(43);
const setup: Actor = { id: systemActors.setup, role: 'setup' };

/** The same id for the same name, so that a counterexample reads the same each time. */
export function idOf(name: string): string {
  return v5(name, SPACE);
}

/** The same kid for the same name. */
export function kidOf(name: string): string {
  return Buffer.from(v5(name, SPACE).replaceAll('-', ''), 'hex').toString('base64url');
}

/** A ledger that was opened and nothing more, or one that goes on after these facts. */
export function chronicle(before: readonly StoredEvent[] = []): Chronicle {
  const events: StoredEvent[] = [...before];
  const revisions = new Map(before.map(({ stream, revision }) => [stream, revision]));
  const clock = (): string =>
    new Date(Date.UTC(2026, 0, 5, 9) + events.length * 3_600_000).toISOString();
  const said: Chronicle = {
    events,
    today: () => clock().slice(0, 10),
    say(stream, facts, by = setup) {
      const encoded = encode(
        facts,
        {
          ledgerId: idOf('ledger'),
          stream,
          commandId: idOf(`command ${events.length}`),
          commandDigest: { kid: ledgerKid, mac },
          correlationId: idOf(`request ${events.length}`),
          actor: by,
          recordedAt: clock(),
        },
        registry,
        new Map(),
      );
      const stored = encoded.map(({ id, type, data, metadata }) => {
        const revision = (revisions.get(stream) ?? -1n) + 1n;
        revisions.set(stream, revision);
        const index = events.length;
        const event = { id, stream, revision, index, position: positionAt(index), type };
        events.push({ ...event, data, metadata });
        return events[index] as StoredEvent;
      });
      return stored;
    },
  };
  if (before.length > 0) return said;
  const zone = 'Europe/London' as const;
  const opened = { ledgerId: idOf('ledger'), name: 'A society', contractVersion: 1 as const, zone };
  said.say('ledger', [{ type: 'LedgerOpened', data: { ...opened, demo: false } }]);
  return said;
}

/** The same facts, and what one command says more. */
export function andThen(
  events: readonly StoredEvent[],
  stream: string,
  facts: AnyNewFact[],
  by?: Actor,
): StoredEvent[] {
  const said = chronicle(events);
  said.say(stream, facts, by);
  return said.events;
}

/** A stored fact with other data, its bytes canonical again. */
export function withData(event: StoredEvent, change: (data: never) => object): StoredEvent {
  const data = canonical(change(JSON.parse(event.data) as never));
  return { ...event, data };
}

/** The facts of some types. */
export function saidOf(events: readonly StoredEvent[], ...types: AnyFact['type'][]): StoredEvent[] {
  return events.filter(({ type }) => (types as string[]).includes(type));
}

/** The port over facts that are all there: for reading. */
export function storeOf(events: readonly StoredEvent[]): EventStore {
  const refuse = async (): Promise<never> => {
    throw new Error('a chronicle is only read');
  };
  return {
    append: refuse,
    readStream: async (stream, from, limit) =>
      events
        .filter((event) => event.stream === stream && event.revision >= from)
        .slice(0, limit ?? events.length),
    readAll: async (after, limit) => {
      const start = after === undefined ? 0 : events.findIndex((e) => e.position === after) + 1;
      return events.slice(start, start + limit);
    },
    streams: async (after, limit) =>
      [...new Set(events.map(({ stream }) => stream))]
        .sort()
        .filter((name) => name > after)
        .slice(0, limit),
    readIndex: async (index) => events.find((event) => event.index === index),
    head: async () => ({ count: events.length, position: events.at(-1)?.position }),
    countAsOf: refuse,
    follow: async function* () {},
    close: async () => undefined,
  };
}

export function positionAt(index: number): Position {
  return String(index) as Position;
}
