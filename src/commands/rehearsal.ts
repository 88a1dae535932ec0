import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { DataKey } from '../events/sealing.ts';
import {
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type StoredEvent,
  WrongExpectedRevision,
} from '../store/event-store.ts';
import { type Reservation, type Vault, VaultRefused } from '../vault/vault.ts';
import type { Ledger } from './handle.ts';
import { foldedStreams, type Streams } from './streams.ts';

/**
 * A ledger to try commands on: it reads the real one, decides as the real one would, and keeps what is written to
 * itself. Nothing of it reaches store or vault.
 */
export function rehearsal(ledger: Ledger): Ledger {
  const store = storeInMemory(ledger.store);
  const streams = foldedStreams(store);
  return { ...ledger, store, streams, vault: vaultInMemory(ledger.vault, streams) };
}

function storeInMemory(real: EventStore): EventStore {
  const written = new Map<string, StoredEvent[]>();
  let index = 0;

  async function append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
  ) {
    const facts = written.get(stream) ?? (await real.readStream(stream, 0n));
    const last = facts.at(-1)?.revision ?? -1n;
    if ((expected === 'no-stream' ? -1n : expected) !== last) {
      throw new WrongExpectedRevision(stream, expected, last < 0n ? 'no-stream' : last);
    }
    const added = events.map(({ id, type, data, metadata }, ordinal): StoredEvent => {
      const revision = last + 1n + BigInt(ordinal);
      return { id, stream, revision, ...nextPlace(), type, data, metadata };
    });
    written.set(stream, [...facts, ...added]);
    const { revision, index: at, position } = added.at(-1) as StoredEvent;
    return { revision, index: at, position };
  }

  function nextPlace(): { index: number; position: Position } {
    index += 1;
    return { index, position: `rehearsed-${index}` as Position };
  }

  // What was followed is the real store's alone.
  const { followed: _, ...others } = real;
  return {
    ...others,
    append,
    async readStream(stream, from, limit) {
      const facts = written.get(stream);
      if (facts === undefined) return real.readStream(stream, from, limit);
      return facts.slice(Number(from), limit === undefined ? undefined : Number(from) + limit);
    },
  };
}

function vaultInMemory(real: Vault, streams: Streams): Vault {
  const keys = new Map<string, DataKey>();
  const reserved = new Map<string, Reservation & { commandId: string }>();
  const nameOf = (number: string): string => real.numberUuid(number, 'rehearsal');

  async function takeKey(): Promise<DataKey> {
    const half = () => createSecretKey(randomBytes(32));
    const kid = randomBytes(16).toString('base64url');
    const key = { kid, box: half(), digest: half() };
    keys.set(kid, key);
    return key;
  }

  async function reserve({ number, commandId, personId }: Parameters<Vault['reserve']>[0]) {
    const here = reserved.get(nameOf(number));
    if (here?.commandId === commandId) return here;
    if (await real.numberErased(number)) {
      throw new VaultRefused('number-erased', 'this membership number was erased with its person');
    }
    const there = await real.personByNumber(number);
    if (there !== undefined) {
      const { revision, commands, state } = await streams.load('member', there);
      const key = await real.key(state.membership.kid);
      if (revision < 0n) return { personId: there, key: await takeKey() };
      if (commands.has(commandId) && typeof key !== 'string') return { personId: there, key };
    }
    if (here !== undefined || there !== undefined) {
      throw new VaultRefused('number-taken', 'this membership number is taken');
    }
    const made = { personId: personId ?? randomUUID(), key: await takeKey(), commandId };
    reserved.set(nameOf(number), made);
    return made;
  }

  return {
    ...real,
    takeKey,
    giveBack: (kid) => void keys.delete(kid),
    key: async (kid) => keys.get(kid) ?? real.key(kid),
    reserve,
    async release(commandId) {
      for (const [name, row] of reserved) if (row.commandId === commandId) reserved.delete(name);
    },
    personByNumber: async (number) =>
      reserved.get(nameOf(number))?.personId ?? real.personByNumber(number),
  };
}
