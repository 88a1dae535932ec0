import { after, before, describe } from 'mocha';
import { eventStoreContract } from './event-store.contract.ts';
import { type Double, startDouble } from './kurrentdb-double/double.ts';
import { freshName, open } from './kurrentdb-ledger.ts';

describe('inside this process,', () => {
  let double: Double;
  before(async () => {
    double = await startDouble();
  });
  after(async () => {
    await double.close();
  });

  eventStoreContract('a double of KurrentDB', {
    fresh: () => freshName(double.address),
    open,
    module: new URL('./kurrentdb-ledger.js', import.meta.url).href,
  });
});
