import { describe, it } from 'mocha';
import { eventStoreContract } from './event-store.contract.ts';
import { freshName, open } from './kurrentdb-ledger.ts';

/** Servers that a run may be given, by the variable that names one. */
const servers = {
  KURRENTDB_URL: 'a real KurrentDB',
  KURRENTDB_CLUSTER_URL: 'a real cluster of KurrentDB',
} as const;

for (const [variable, what] of Object.entries(servers)) {
  const server = process.env[variable];
  if (server === undefined || server === '') {
    describe(`the event store on ${what}`, () => {
      it(`is not tried: ${variable} names no server`);
    });
    continue;
  }
  eventStoreContract(what, {
    fresh: () => freshName(server),
    open,
    module: new URL('./kurrentdb-ledger.js', import.meta.url).href,
  });
}
