import type { Driver } from '../../src/store/driver.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';

/** Opens the ledger at an address `<driver>:<path>`, here and in other processes. */
export function open(address: string): Promise<EventStore> {
  const colon = address.indexOf(':');
  const driver = address.slice(0, colon) as Driver;
  return openSqliteStore({ path: address.slice(colon + 1), driver });
}
