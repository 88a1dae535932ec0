import { afterEach, beforeEach } from 'mocha';
import type { EventStore } from '../../src/store/event-store.ts';
import { type KurrentStoreOptions, openKurrentStore } from '../../src/store/kurrentdb.ts';
import { type Double, startDouble } from './kurrentdb-double/double.ts';
import type { Sent } from './kurrentdb-double/log.ts';

/** A double for each test, and stores on it that are closed after it. */
export interface Doubled {
  double(): Double;
  open(options?: Partial<KurrentStoreOptions>): Promise<EventStore>;
}

export function doubled(): Doubled {
  let double: Double;
  let stores: EventStore[] = [];
  beforeEach(async () => {
    double = await startDouble();
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await double.close();
  });
  return {
    double: () => double,
    async open(options = {}) {
      const { address } = double;
      const given = { address, name: 'ledger', nowMs: Date.now, random: Math.random, ...options };
      const store = await openKurrentStore(given);
      stores.push(store);
      return store;
    },
  };
}

/** An event as another system writes it. */
export function sent(type: string, data: unknown, contentType = 'application/json'): Sent {
  const bytes = typeof data === 'string' ? data : JSON.stringify(data);
  const id = crypto.randomUUID();
  return { id, type, contentType, data: Buffer.from(bytes), metadata: Buffer.from('{}') };
}
