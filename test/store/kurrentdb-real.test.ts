import { after, describe, it } from 'mocha';
import { eventStoreContract } from './event-store.contract.ts';
import { type Found, kurrentInDocker } from './kurrentdb-docker.ts';
import { freshName, open } from './kurrentdb-ledger.ts';

/** The server that a variable names. */
function named(variable: string): Found {
  const address = process.env[variable] ?? '';
  if (address === '') return { missing: `${variable} names no server` };
  return { address, stop: async () => undefined };
}

async function namedOrInDocker(variable: string): Promise<Found> {
  const server = named(variable);
  if ('address' in server) return server;
  const inDocker = await kurrentInDocker();
  if ('address' in inDocker) return inDocker;
  return { missing: `${server.missing}, and ${inDocker.missing}` };
}

const servers: [string, Found][] = [
  ['a real KurrentDB', await namedOrInDocker('KURRENTDB_URL')],
  ['a real cluster of KurrentDB', named('KURRENTDB_CLUSTER_URL')],
];

for (const [what, server] of servers) {
  if ('missing' in server) {
    describe(`the event store on ${what}`, () => {
      it(`is not tried: ${server.missing}`);
    });
    continue;
  }
  describe('where a server is at hand,', () => {
    after(server.stop);

    eventStoreContract(what, {
      fresh: () => freshName(server.address),
      open,
      module: new URL('./kurrentdb-ledger.js', import.meta.url).href,
    });
  });
}
