import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { openPostgresVault } from '../../src/vault/postgres.ts';
import { connectPostgres } from '../../src/vault/postgres-client.ts';
import { type Vault, VaultUnavailable } from '../../src/vault/vault.ts';
import { type Cable, startCable } from '../support/cable.ts';
import { type InProcess, startPglite } from './pglite.ts';
import { bytesOfKey } from './support.ts';

const now = () => '2026-03-01T09:00:00.000Z';
const wrappingKey = Buffer.alloc(32, 7);
const unavailable = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).instanceOf(VaultUnavailable);
  return (error as Error).message;
};

describe('a vault in PostgreSQL', () => {
  let inProcess: InProcess;
  let cable: Cable;
  let name: string;
  const opened: Vault[] = [];
  before(async () => {
    inProcess = await startPglite();
    cable = await startCable(Number(new URL(inProcess.address).port));
  });
  after(async () => {
    await cable.close();
    await inProcess.close();
  });
  afterEach(() => Promise.all(opened.splice(0).map((vault) => vault.close())));
  const addressAt = (port: number) => `postgres://postgres:canary@127.0.0.1:${port}/postgres`;
  const open = async (ledgerId?: string, port = cable.port): Promise<Vault> => {
    const options = { address: addressAt(port), name, ledgerId, wrappingKey, now };
    const vault = await openPostgresVault({ ...options, lookAgainMs: 0 });
    opened.push(vault);
    return vault;
  };
  const fresh = (): Promise<Vault> => {
    name = `t${randomUUID().replaceAll('-', '')}`;
    return open();
  };

  it('goes on over another connection when one breaks, in the middle of a statement too', async () => {
    const vault = await fresh();
    const key = await vault.takeKey();
    cable.cut();
    expect(bytesOfKey(await vault.key(key.kid))).to.equal(bytesOfKey(key));
    const request = { number: '1', commandId: randomUUID() };
    const reserving = vault.reserve(request);
    cable.cut();
    const { personId } = await reserving;
    expect((await vault.reserve(request)).personId).to.equal(personId);
  });

  it('gives no key from memory while it cannot ask whether it was erased, and gives it again afterwards', async () => {
    const vault = await fresh();
    const key = await vault.takeKey();
    await cable.shut();
    const said = await unavailable(vault.key(key.kid));
    expect(said).to.match(/^the vault in PostgreSQL cannot be reached: /);
    await cable.open();
    expect(bytesOfKey(await vault.key(key.kid))).to.equal(bytesOfKey(key));
  }).timeout(30_000);

  it('is given up at its opening where nobody listens, or nobody answers, without a word of the password', async () => {
    const mute = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const silent = await unavailable(open(undefined, port));
    mute.close();
    const refused = await unavailable(open(undefined, port));
    expect(refused).to.contain('ECONNREFUSED');
    for (const said of [silent, refused]) {
      expect(said).to.match(/^the vault in PostgreSQL cannot be reached: [^\n]+$/);
      expect(said).not.to.contain('canary');
    }
  }).timeout(40_000);

  it('is of the ledger that it was made for, when a start was stopped before that was begun', async () => {
    const first = await fresh();
    const again = await open();
    expect(again.ledgerId).to.equal(first.ledgerId);
    await first.setCheckpoint({ index: 0, leaf: 'ab' });
    const error = await open().catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'other-ledger' });
    expect((await open(first.ledgerId)).ledgerId).to.equal(first.ledgerId);
  });

  it('is refused when a later release has made it', async () => {
    await fresh();
    const other = await connectPostgres(inProcess.address, `vault_${name}`);
    await other.query("UPDATE vault.meta SET value = '2' WHERE name = 'schema'");
    await other.close();
    expect(await unavailable(open())).to.match(/has schema 2, this release knows 1/);
  });

  it('has no bytes of a key that was destroyed, and no number or sign-in in clear, in any row', async () => {
    const vault = await fresh();
    const [gone, kept] = [await vault.takeKey(), await vault.takeKey()];
    const { personId } = await vault.reserve({ number: 'CANARY77', commandId: randomUUID() });
    await vault.linkSignIn('https://canary.example', 'canary-subject', personId);
    await vault.keepSecret('signing-key', Buffer.from('canary-secret'));
    await vault.erase({ kids: [gone.kid], erasedBy: randomUUID() });
    const rows = await connectPostgres(inProcess.address, `vault_${name}`);
    const keys = await rows.query<{ kid: string; wrapped: Buffer | null }>(
      'SELECT kid, wrapped FROM vault.keys WHERE kid = ANY($1)',
      [[gone.kid, kept.kid]],
    );
    const bytes = new Map(keys.map(({ kid, wrapped }) => [kid, wrapped]));
    expect(bytes.get(gone.kid)).to.equal(null);
    expect(bytes.get(kept.kid)).to.have.length(92);
    for (const table of ['meta', 'secrets', 'persons', 'sign_ins', 'reservations', 'numbers']) {
      const text = JSON.stringify(await rows.query(`SELECT t::text FROM vault.${table} t`));
      for (const canary of ['CANARY77', 'canary']) {
        expect(text).not.to.contain(canary);
        expect(text).not.to.contain(Buffer.from(canary).toString('hex'));
      }
    }
    await rows.close();
  });
});
