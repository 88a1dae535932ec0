import { join } from 'node:path';
import { type Driver, defaultDriver } from '../../src/store/driver.ts';
import { tempDir } from '../support/temp.ts';
import { eventStoreContract } from './event-store.contract.ts';
import { open } from './sqlite-ledger.ts';

const drivers = new Set<Driver>(['package', defaultDriver()]);

for (const driver of drivers) {
  eventStoreContract(`SQLite (${driver})`, {
    fresh: () => `${driver}:${join(tempDir(), 'home', 'ledger.db')}`,
    open,
    module: new URL('./sqlite-ledger.js', import.meta.url).href,
  });
}
