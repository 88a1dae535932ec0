import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { it } from 'mocha';
import { bytesOfKey, refusal } from './support.ts';
import type { OpenVault } from './vault.contract.ts';

/** Erasure: what was destroyed cannot be had again, here or in any other process. */
export function erasureContract(open: OpenVault): void {
  it('has no key after its erasure, nor when it is opened anew, and says that it is erased', async () => {
    const vault = await open();
    const [gone, kept] = [await vault.takeKey(), await vault.takeKey()];
    await vault.markUsed([gone.kid, kept.kid]);
    await vault.erase({ kids: [gone.kid], erasedBy: randomUUID() });
    expect(await vault.key(gone.kid)).to.equal('erased');
    await vault.close();
    const again = await open();
    expect(await again.key(gone.kid)).to.equal('erased');
    expect(bytesOfKey(await again.key(kept.kid))).to.equal(bytesOfKey(kept));
  });

  it('has no key after another process erased it, though it was in memory here', async () => {
    const [one, two] = [await open(), await open()];
    const key = await one.takeKey();
    expect(bytesOfKey(await two.key(key.kid))).to.equal(bytesOfKey(key));
    await one.erase({ kids: [key.kid], erasedBy: randomUUID() });
    expect(await two.key(key.kid)).to.equal('erased');
  });

  it('never hands out an erased key again, given back or not', async () => {
    const [one, two] = [await open(), await open()];
    const [here, there] = [await one.takeKey(), await one.takeKey()];
    await one.erase({ kids: [here.kid], erasedBy: randomUUID() });
    await two.erase({ kids: [there.kid], erasedBy: randomUUID() });
    expect(await one.key(there.kid)).to.equal('erased');
    one.giveBack(here.kid);
    one.giveBack(there.kid);
    const next = [(await one.takeKey()).kid, (await one.takeKey()).kid];
    expect(next).not.to.include(here.kid);
    expect(next).not.to.include(there.kid);
  });

  it('may be told of an erasure again: the first fact stays the one that erased', async () => {
    const vault = await open();
    const { kid } = await vault.takeKey();
    const [first, second] = [randomUUID(), randomUUID()];
    await vault.erase({ kids: [kid], erasedBy: first });
    await vault.erase({ kids: [kid], erasedBy: second });
    expect([...(await vault.erasedKids())]).to.deep.equal([[kid, first]]);
  });

  it('notes the erasure of a key that it never had, as after a restored copy', async () => {
    const vault = await open();
    const kid = randomBytes(16).toString('base64url');
    await vault.erase({ kids: [kid], erasedBy: randomUUID() });
    expect(await vault.key(kid)).to.equal('erased');
    expect([...(await vault.erasedKids()).keys()]).to.deep.equal([kid]);
  });

  it("never erases the ledger's own key", async () => {
    const vault = await open();
    const other = await vault.takeKey();
    const kids = [other.kid, vault.ledgerKey.kid];
    const error = await vault.erase({ kids, erasedBy: randomUUID() }).catch((e: unknown) => e);
    expect(error).instanceOf(Error);
    expect(bytesOfKey(await vault.key(other.kid))).to.equal(bytesOfKey(other));
    expect((await vault.erasedKids()).size).to.equal(0);
  });

  it('forgets the sign-ins, details and number of an erased person, and nobody has the number again', async () => {
    const vault = await open();
    const commandId = randomUUID();
    const { personId, key } = await vault.reserve({ number: '9', commandId });
    await vault.linkSignIn('https://a.example', 'subject', personId);
    await vault.setDetails(
      new Map([[personId, { stream: 's', eventId: randomUUID(), box: aBox(key.kid) }]]),
    );
    await vault.erase({ kids: [key.kid], erasedBy: randomUUID(), personId });
    const again = await open();
    expect(await again.personByNumber('9')).to.equal(undefined);
    expect(await again.numberErased(' 9')).to.equal(true);
    expect(await again.numberErased('8')).to.equal(false);
    expect(await again.personOf('https://a.example', 'subject')).to.equal(undefined);
    expect((await again.allDetails()).size).to.equal(0);
    await refusal(again.reserve({ number: '9', commandId: randomUUID() }), 'number-erased');
    await refusal(again.reserve({ number: '9', commandId }), 'number-erased');
    await again.releaseNumber({ number: '9', personId, present: '8' });
    await refusal(again.reserve({ number: '9', commandId: randomUUID() }), 'number-erased');
  });

  it('keeps what belongs to others when a person is erased', async () => {
    const vault = await open();
    const gone = await vault.reserve({ number: '1', commandId: randomUUID() });
    const stays = await vault.reserve({ number: '2', commandId: randomUUID() });
    await vault.linkSignIn('https://a.example', 'stays', stays.personId);
    const erasedBy = randomUUID();
    await vault.erase({ kids: [gone.key.kid], erasedBy, personId: gone.personId });
    expect(await vault.personByNumber('2')).to.equal(stays.personId);
    expect(await vault.numberErased('2')).to.equal(false);
    expect(await vault.personOf('https://a.example', 'stays')).to.equal(stays.personId);
    expect(bytesOfKey(await vault.key(stays.key.kid))).to.equal(bytesOfKey(stays.key));
  });

  it('says of a reservation whose key alone was erased that it is gone', async () => {
    const vault = await open();
    const request = { number: '3', commandId: randomUUID() };
    const { key } = await vault.reserve(request);
    await vault.erase({ kids: [key.kid], erasedBy: randomUUID() });
    await refusal(vault.reserve(request), 'number-erased');
  });
}

function aBox(kid: string) {
  return { v: 1, alg: 'A256GCM', kid, iv: 'aaaa', ct: 'bbbb', c: {} } as const;
}
