import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../src/store/event-store.ts';
import { openKurrentStore } from '../../src/store/kurrentdb.ts';

/** The address of a ledger that nobody has used: the server's, and after `#` the ledger's name. */
export function freshName(server: string): string {
  return `${server}#t${randomUUID().replaceAll('-', '')}`;
}

/** Opens the ledger at such an address, here and in other processes. */
export function open(address: string): Promise<EventStore> {
  const [server = '', name = ''] = address.split('#');
  return openKurrentStore({ address: server, name, nowMs: Date.now, random: Math.random });
}
