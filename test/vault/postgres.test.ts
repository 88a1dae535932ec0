import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { openPostgresVault } from '../../src/vault/postgres.ts';
import { type InProcess, startPglite } from './pglite.ts';
import { vaultContract } from './vault.contract.ts';

const now = () => '2026-03-01T09:00:00.000Z';
const freshName = () => `t${randomUUID().replaceAll('-', '')}`;

describe('in PostgreSQL inside this process,', () => {
  let inProcess: InProcess;
  before(async () => {
    inProcess = await startPglite();
  });
  after(() => inProcess.close());

  vaultContract('PostgreSQL (PGlite)', {
    fresh: freshName,
    open: ({ address, ...rest }) =>
      openPostgresVault({ ...rest, now, address: inProcess.address, name: address }),
  });
});

const real = process.env['POSTGRES_URL'];
if (real === undefined || real === '') {
  describe('the vault in a real PostgreSQL', () => {
    it('is not tried: POSTGRES_URL names no server');
  });
} else {
  vaultContract('a real PostgreSQL', {
    fresh: freshName,
    open: ({ address, ...rest }) =>
      openPostgresVault({ ...rest, now, address: real, name: address }),
  });
}
