import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { it } from 'mocha';
import { bytesOfKey, refusal } from './support.ts';
import type { OpenVault } from './vault.contract.ts';

/** Persons: who signs in as whom, and who has which membership number. */
export function personContract(open: OpenVault): void {
  it('mints a person and an identity key for a number, and finds them by the command and by the number', async () => {
    const vault = await open();
    const request = { number: 'AB-1234', commandId: randomUUID() };
    const reserved = await vault.reserve(request);
    await vault.close();
    const again = await open();
    const found = await again.reserve(request);
    expect(found.personId).to.equal(reserved.personId);
    expect(bytesOfKey(found.key)).to.equal(bytesOfKey(reserved.key));
    expect(await again.personByNumber('ab 1234')).to.equal(reserved.personId);
    expect(await again.personByNumber('AB-1235')).to.equal(undefined);
  });

  it('gives a number to one of two who ask for it at once', async () => {
    const [one, two] = [await open(), await open()];
    const tries = await Promise.allSettled(
      [one, two].map((v) => v.reserve({ number: '77', commandId: randomUUID() })),
    );
    expect(tries.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
  });

  it('refuses a number that is taken, however it is written', async () => {
    const vault = await open();
    await vault.reserve({ number: 'ab-1234', commandId: randomUUID() });
    await refusal(vault.reserve({ number: ' AB 1234', commandId: randomUUID() }), 'number-taken');
  });

  it('refuses a command that reserved another number', async () => {
    const vault = await open();
    const commandId = randomUUID();
    await vault.reserve({ number: '1', commandId });
    await refusal(vault.reserve({ number: '2', commandId }), 'command-reused');
    expect(await vault.personByNumber('2')).to.equal(undefined);
  });

  it('keeps the person who was there before registration, and their key at a second number', async () => {
    const vault = await open();
    const personId = await vault.enterPerson(randomUUID());
    const first = await vault.reserve({ number: '1', commandId: randomUUID(), personId });
    const second = await vault.reserve({ number: '2', commandId: randomUUID(), personId });
    expect(first.personId).to.equal(personId);
    expect(second.personId).to.equal(personId);
    expect(bytesOfKey(second.key)).to.equal(bytesOfKey(first.key));
  });

  it('enters a person once for a command', async () => {
    const vault = await open();
    const commandId = randomUUID();
    const personId = await vault.enterPerson(commandId);
    expect(await vault.enterPerson(commandId)).to.equal(personId);
    expect(await vault.enterPerson(randomUUID())).not.to.equal(personId);
  });

  it('lets a reservation go: its number may be had by another person', async () => {
    const vault = await open();
    const commandId = randomUUID();
    const { personId } = await vault.reserve({ number: '5', commandId });
    await vault.release(commandId);
    await vault.release(commandId);
    expect(await vault.personByNumber('5')).to.equal(undefined);
    const next = await vault.reserve({ number: '5', commandId: randomUUID() });
    expect(next.personId).not.to.equal(personId);
  });

  it('lets a number go that a correction gave up', async () => {
    const vault = await open();
    const { personId } = await vault.reserve({ number: '5', commandId: randomUUID() });
    await vault.releaseNumber({ number: ' 5', personId, present: '6' });
    const next = await vault.reserve({ number: '5', commandId: randomUUID() });
    expect(await vault.personByNumber('5')).to.equal(next.personId);
    await vault.releaseNumber({ number: '5', personId, present: '6' });
    await vault.releaseNumber({ number: '5', personId: next.personId, present: ' 5' });
    expect(await vault.personByNumber('5')).to.equal(next.personId);
  });

  it('makes the row of a number again, and touches none that is there', async () => {
    const vault = await open();
    const { personId, key } = await vault.reserve({ number: '1', commandId: randomUUID() });
    const other = { personId: randomUUID(), commandId: randomUUID(), kid: key.kid };
    await vault.remakeNumber({ ...other, number: ' 1' });
    expect(await vault.personByNumber('1')).to.equal(personId);
    for (const number of ['2', '2']) await vault.remakeNumber({ ...other, number });
    expect(await vault.personByNumber('2')).to.equal(other.personId);
    await vault.remakeNumber({ ...other, number: '3', instead: '2' });
    await vault.remakeNumber({ ...other, number: '4', instead: '1' });
    const found = await Promise.all(['1', '2', '3', '4'].map((n) => vault.personByNumber(n)));
    expect(found).to.deep.equal([personId, undefined, other.personId, other.personId]);
  });

  it('links a sign-in to one person, under its issuer', async () => {
    const vault = await open();
    const [one, two] = [randomUUID(), randomUUID()];
    await vault.linkSignIn('https://a.example', 'subject', one);
    await vault.linkSignIn('https://a.example', 'subject', one);
    await vault.linkSignIn('https://b.example', 'subject', two);
    await refusal(vault.linkSignIn('https://a.example', 'subject', two), 'sign-in-taken');
    const again = await open();
    expect(await again.personOf('https://a.example', 'subject')).to.equal(one);
    expect(await again.personOf('https://b.example', 'subject')).to.equal(two);
    expect(await again.personOf('https://a.example', 'Subject')).to.equal(undefined);
  });

  it('finds whom a sign-in is linked to from the moment it is, and nobody once they are erased, by whomever', async () => {
    const [vault, other] = [await open(), await open()];
    const both = () =>
      Promise.all([vault, other].map((one) => one.personOf('https://a.example', 'subject')));
    expect(await both()).to.deep.equal([undefined, undefined]);
    for (const [number, by] of [vault, other].entries()) {
      const { personId, key } = await vault.reserve({
        number: `${number}`,
        commandId: randomUUID(),
      });
      await other.linkSignIn('https://a.example', 'subject', personId);
      expect(await both()).to.deep.equal([personId, personId]);
      await by.erase({ kids: [key.kid], erasedBy: randomUUID(), personId });
      expect(await both()).to.deep.equal([undefined, undefined]);
    }
  });

  it('does not take one sign-in for another where issuer and subject would run together', async () => {
    const vault = await open();
    await vault.linkSignIn('https://a', '/b', randomUUID());
    expect(await vault.personOf('https://a/', 'b')).to.equal(undefined);
  });

  it('makes ids of rows from number and row: alike in one vault, others in another', async () => {
    const vault = await open();
    const id = vault.numberUuid('M 1', 'row 1');
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await open()).numberUuid('m-1', 'row 1')).to.equal(id);
    expect(vault.numberUuid('M1', 'row 2')).not.to.equal(id);
    expect(vault.numberUuid('M1r', 'ow 1')).not.to.equal(id);
    const elsewhere = await open({ address: `${randomUUID()}` });
    expect(elsewhere.numberUuid('M1', 'row 1')).not.to.equal(id);
  });
}
