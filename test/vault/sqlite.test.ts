import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openDatabase } from '../../src/store/driver.ts';
import { openSqliteVault } from '../../src/vault/sqlite.ts';
import { ledgerOfVault } from '../../src/vault/sqlite-identity.ts';
import { VaultFileRefused } from '../../src/vault/sqlite-schema.ts';
import { tempDir } from '../support/temp.ts';
import { bytesOfKey, refusal } from './support.ts';
import { vaultContract } from './vault.contract.ts';

const home = tempDir();
const now = () => '2026-03-01T09:00:00.000Z';
const ledgerId = randomUUID();
const wrappingKey = Buffer.alloc(32, 7);

vaultContract('SQLite', {
  fresh: () => randomUUID(),
  open: ({ address, ...rest }) =>
    openSqliteVault({ ...rest, now, path: join(home, address, 'keys.db') }),
});

describe('the file of a SQLite vault', () => {
  const fresh = () => join(tempDir(), 'vault', 'keys.db');
  const open = (path: string, leaseSeconds = 86_400) =>
    openSqliteVault({ path, ledgerId, wrappingKey, now, leaseSeconds });

  it('may be read by its owner alone, its WAL too', async () => {
    const path = fresh();
    const vault = await open(path);
    await vault.takeKey();
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o077).to.equal(0);
    await vault.close();
  });

  it('holds a key wrapped, and after its erasure not even that, in file or WAL', async () => {
    const path = fresh();
    const vault = await open(path);
    const [gone, kept] = [await vault.takeKey(), await vault.takeKey()];
    const [wrapped, keptWrapped] = [wrappedIn(path, gone.kid), wrappedIn(path, kept.kid)];
    const plain = Buffer.from(bytesOfKey(gone), 'hex');
    expect(holds(path, wrapped)).to.equal(true);
    expect(holds(path, plain.subarray(0, 32))).to.equal(false);
    await vault.erase({ kids: [gone.kid], erasedBy: randomUUID() });
    expect(holds(path, wrapped)).to.equal(false);
    expect(holds(path, wrapped.subarray(12, 44))).to.equal(false);
    expect(holds(path, keptWrapped)).to.equal(true);
    await vault.close();
    expect(holds(path, wrapped)).to.equal(false);
  });

  it('holds after its closing none of the keys that nobody took', async () => {
    const path = fresh();
    const vault = await open(path);
    const taken = await vault.takeKey();
    const unused = allWrapped(path).filter(({ kid }) => kid !== taken.kid);
    expect(unused.length).to.be.greaterThan(100);
    await vault.close();
    expect(unused.filter(({ wrapped }) => holds(path, wrapped))).to.deep.equal([]);
  });

  it('holds no membership number and no sign-in in clear', async () => {
    const path = fresh();
    const vault = await open(path);
    const { personId } = await vault.reserve({ number: 'CANARY77', commandId: randomUUID() });
    await vault.linkSignIn('https://canary.example', 'canary-subject', personId);
    await vault.keepSecret('signing-key', Buffer.from('canary-secret'));
    for (const text of ['CANARY77', 'canary.example', 'canary-subject', 'canary-secret']) {
      expect(holds(path, Buffer.from(text)), text).to.equal(false);
    }
    await vault.close();
  });

  it('leaves no key behind when a reader stood in the way: the erasure is unfinished, and may be tried again', async () => {
    const path = fresh();
    const vault = await open(path);
    const { kid } = await vault.takeKey();
    const reader = openDatabase(path);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM keys').get();
    const wrapped = wrappedIn(path, kid);
    const request = { kids: [kid], erasedBy: randomUUID() };
    await refusal(vault.erase(request), 'erasure-unfinished');
    expect(await vault.key(kid)).to.equal('erased');
    reader.exec('COMMIT');
    reader.close();
    await vault.erase(request);
    expect(holds(path, wrapped)).to.equal(false);
    await vault.close();
  }).timeout(10_000);

  it('hands out no key whose lease may end before it is used: it would be destroyed by others', async () => {
    const path = fresh();
    const [vault, other] = [await open(path, 0), await open(path, 0)];
    await vault.takeKey();
    expect(await other.destroyUnused()).to.be.above(0);
    const { kid } = await vault.takeKey();
    expect(await other.key(kid)).to.include({ kid });
    await vault.close();
    await other.close();
  });

  it('is left as it is when it is something else', async () => {
    const path = join(tempDir(), 'keys.db');
    const database = openDatabase(path);
    database.exec('CREATE TABLE members (name TEXT)');
    database.close();
    const bytes = readFileSync(path);
    const error = await open(path).catch((e: unknown) => e);
    expect(error).instanceOf(VaultFileRefused);
    expect(readFileSync(path).equals(bytes)).to.equal(true);
  });

  it('is refused when a later release has written it', async () => {
    const path = fresh();
    await (await open(path)).close();
    const database = openDatabase(path);
    database.exec('PRAGMA user_version = 2');
    database.close();
    const error = await open(path).catch((e: unknown) => e as Error);
    expect(error).instanceOf(VaultFileRefused);
    expect((error as Error).message).to.contain('later release');
  });

  it('tells whose it is, and whether that ledger was begun, without any key', async () => {
    const path = fresh();
    expect(ledgerOfVault(path)).to.equal(undefined);
    const vault = await open(path);
    expect(ledgerOfVault(path)).to.deep.equal({ ledgerId, begun: false });
    await vault.setCheckpoint({ index: 0, leaf: 'ab' });
    expect(ledgerOfVault(path)).to.deep.equal({ ledgerId, begun: true });
    await vault.close();
    const empty = join(tempDir(), 'keys.db');
    writeFileSync(empty, '');
    expect(ledgerOfVault(empty)).to.equal(undefined);
  });

  it('refuses a wrapping key of another length before it makes a file', async () => {
    const path = fresh();
    const short = Buffer.alloc(31);
    const error = await openSqliteVault({ path, ledgerId, wrappingKey: short, now }).catch(
      (e: unknown) => e,
    );
    expect(error).instanceOf(RangeError);
    expect(existsSync(path)).to.equal(false);
  });
});

function holds(path: string, bytes: Uint8Array): boolean {
  const files = [path, `${path}-wal`, `${path}-shm`, `${path}-journal`].filter(existsSync);
  return files.some((file) => readFileSync(file).includes(Buffer.from(bytes)));
}

function wrappedIn(path: string, kid: string): Buffer {
  const found = allWrapped(path).find((row) => row.kid === kid);
  if (found === undefined) throw new Error(`no key ${kid} in ${path}`);
  return found.wrapped;
}

function allWrapped(path: string): { kid: string; wrapped: Buffer }[] {
  const database = openDatabase(path, { readOnly: true });
  const rows = database.prepare('SELECT kid, wrapped FROM keys').all();
  database.close();
  return (rows as { kid: Uint8Array; wrapped: Uint8Array }[]).map(({ kid, wrapped }) => ({
    kid: Buffer.from(kid).toString('base64url'),
    wrapped: Buffer.from(wrapped),
  }));
}
