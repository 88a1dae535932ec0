import { describe, it } from 'mocha';
import { openLedger, stateKeysLost } from '../../src/commands/ledger.ts';
import { admin } from '../support/past.ts';
import { given, idOf, kidOf } from '../support/specification.ts';

describe('a ledger', () => {
  const body = { ledgerId: idOf('ledger'), name: 'Test Society', demo: false };
  const data = { ...body, contractVersion: 1 as const, zone: 'Europe/London' as const };

  it('is opened once', async () => {
    await given()
      .when(openLedger, body, { by: admin, of: '' })
      .then({ type: 'LedgerOpened', data });
  });

  it('says which keys are lost for good', () =>
    given()
      .when(stateKeysLost, { kids: [kidOf('lost')] }, { by: admin, of: '' })
      .then({ type: 'KeysLost', data: { kids: [kidOf('lost')] } }));
});
