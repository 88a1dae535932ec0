import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { it } from 'mocha';
import { bytesOfKey, refusal } from './support.ts';
import type { OpenVault } from './vault.contract.ts';

/** Keys: minted ahead, leased to one process, destroyed when no fact ever used them. */
export function keyContract(open: OpenVault): void {
  it('hands out each key once, and finds it again by its kid, also after it was opened anew', async () => {
    const vault = await open();
    const keys = [];
    for (let n = 0; n < 600; n++) keys.push(await vault.takeKey());
    expect(new Set(keys.map(({ kid }) => kid)).size).to.equal(600);
    expect(new Set(keys.map(bytesOfKey)).size).to.equal(600);
    expect(keys[0]?.kid).to.match(/^[A-Za-z0-9_-]{22}$/);
    await vault.markUsed(keys.map(({ kid }) => kid));
    await vault.close();
    const again = await open();
    for (const key of keys) expect(bytesOfKey(await again.key(key.kid))).to.equal(bytesOfKey(key));
  });

  it('has two halves to a key that are not alike', async () => {
    const { box, digest } = await (await open()).takeKey();
    expect(box.symmetricKeySize).to.equal(32);
    expect(digest.symmetricKeySize).to.equal(32);
    expect(box.equals(digest)).to.equal(false);
  });

  it('gives no key to two who have it open, and each finds those of the other', async () => {
    const [one, two] = [await open(), await open()];
    const [a, b] = [await one.takeKey(), await two.takeKey()];
    expect(a.kid).not.to.equal(b.kid);
    expect(bytesOfKey(await two.key(a.kid))).to.equal(bytesOfKey(a));
    expect(bytesOfKey(await one.key(b.kid))).to.equal(bytesOfKey(b));
  });

  it('hands out again a key that was given back, and only once', async () => {
    const vault = await open();
    const key = await vault.takeKey();
    vault.giveBack(key.kid);
    vault.giveBack(key.kid);
    const kids = [];
    for (let n = 0; n < 10; n++) kids.push((await vault.takeKey()).kid);
    expect(kids.filter((kid) => kid === key.kid)).to.have.length(1);
    expect(new Set(kids).size).to.equal(10);
  });

  it('knows nothing of a kid that it never had', async () => {
    const kid = randomBytes(16).toString('base64url');
    expect(await (await open()).key(kid)).to.equal('unknown');
  });

  it('has one key of the ledger itself, the same at every opening', async () => {
    const vault = await open();
    const { ledgerKey } = vault;
    expect(bytesOfKey(await vault.key(ledgerKey.kid))).to.equal(bytesOfKey(ledgerKey));
    await vault.close();
    const again = await open();
    expect(again.ledgerKey.kid).to.equal(ledgerKey.kid);
    expect(bytesOfKey(again.ledgerKey)).to.equal(bytesOfKey(ledgerKey));
  });

  it('destroys of an ended lease what neither a fact nor a reservation uses', async () => {
    const vault = await open({ leaseSeconds: 0 });
    const [used, unused] = [await vault.takeKey(), await vault.takeKey()];
    const reserved = await vault.reserve({ number: 'M-1', commandId: randomUUID() });
    await vault.markUsed([used.kid]);
    expect(await vault.destroyUnused()).to.be.greaterThan(0);
    expect(await vault.destroyUnused()).to.equal(0);
    const again = await open();
    expect(bytesOfKey(await again.key(used.kid))).to.equal(bytesOfKey(used));
    expect(bytesOfKey(await again.key(reserved.key.kid))).to.equal(bytesOfKey(reserved.key));
    expect(await again.key(unused.kid)).to.equal('unknown');
    expect(await again.markUsed([used.kid, unused.kid])).to.deep.equal([unused.kid]);
  });

  it('leaves the keys of a lease alone while its term runs', async () => {
    const vault = await open();
    const key = await vault.takeKey();
    expect(await vault.destroyUnused()).to.equal(0);
    expect(bytesOfKey(await (await open()).key(key.kid))).to.equal(bytesOfKey(key));
  });

  it('is refused to who comes with another wrapping key, and says so without showing it', async () => {
    await (await open()).close();
    const wrappingKey = Buffer.alloc(32, 8);
    const message = await refusal(open({ wrappingKey }), 'wrong-wrapping-key');
    expect(message).to.contain('LEDGER_KEY');
    expect(message).not.to.contain(wrappingKey.toString('base64url'));
    await open();
  });

  it('is refused to another ledger, and the message names both', async () => {
    const vault = await open();
    const ledgerId = randomUUID();
    const message = await refusal(open({ ledgerId }), 'other-ledger');
    expect(message).to.contain(vault.ledgerId);
    expect(message).to.contain(ledgerId);
  });

  it('becomes the vault of one ledger when two begin it at the same moment', async () => {
    const vaults = await Promise.all([open(), open(), open()]);
    expect(new Set(vaults.map(({ ledgerKey }) => bytesOfKey(ledgerKey))).size).to.equal(1);
  });
}
