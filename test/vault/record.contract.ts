import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { it } from 'mocha';
import { seal } from '../../src/events/sealing.ts';
import type { OpenVault } from './vault.contract.ts';

const at = (second: number): string => `2026-03-01T09:00:0${second}.000Z`;

/** Records: sealed details, the access log, secrets, how far vault and ledger are reconciled. */
export function recordContract(open: OpenVault): void {
  it('keeps the last sealed details of a person', async () => {
    const vault = await open();
    const key = await vault.takeKey();
    const [personId, eventId] = [randomUUID(), randomUUID()];
    const place = { ledgerId: vault.ledgerId, stream: `member-${personId}`, eventId };
    const entry = { stream: place.stream, eventId, box: seal({ name: 'Ann' }, key, place) };
    await vault.setDetails(new Map([[personId, { ...entry, eventId: randomUUID() }]]));
    await vault.setDetails(new Map([[personId, entry]]));
    expect([...(await (await open()).allDetails())]).to.deep.equal([[personId, entry]]);
  });

  it('tells who opened what of a person, the latest first, and no more than asked for', async () => {
    const vault = await open();
    const [subject, actor] = [randomUUID(), randomUUID()];
    const row = (n: number) => ({
      at: at(n),
      actor,
      subject,
      reason: 'assessment',
      operation: 'readClaim',
    });
    for (const n of [1, 2, 3]) await vault.logAccess([row(n)]);
    await vault.logAccess([{ ...row(4), subject: randomUUID() }]);
    const again = await open();
    expect(await again.accessLog(subject, 2)).to.deep.equal([row(3), row(2)]);
    expect(await again.accessLog(subject, 10)).to.have.length(3);
    expect(await again.accessLog(randomUUID(), 10)).to.deep.equal([]);
  });

  it('logs many openings at once, a row of each person', async () => {
    const vault = await open();
    const subjects = [randomUUID(), randomUUID(), randomUUID()];
    const common = { at: at(1), actor: randomUUID(), reason: 'letter', operation: 'letters' };
    await vault.logAccess(subjects.map((subject) => ({ ...common, subject })));
    for (const subject of subjects) {
      expect(await vault.accessLog(subject, 10)).to.deep.equal([{ ...common, subject }]);
    }
    await vault.logAccess([]);
  });

  it('keeps the access log of a person who was erased: it accounts for others', async () => {
    const vault = await open();
    const { personId, key } = await vault.reserve({ number: '1', commandId: randomUUID() });
    await vault.logAccess([
      {
        at: at(1),
        actor: randomUUID(),
        subject: personId,
        reason: 'support',
        operation: 'readMember',
      },
    ]);
    await vault.erase({ kids: [key.kid], erasedBy: randomUUID(), personId });
    expect(await vault.accessLog(personId, 10)).to.have.length(1);
  });

  it('keeps secrets by name, the first one of each, and tells it to who comes later or at once', async () => {
    const vault = await open();
    expect(await vault.secret('signing-key')).to.equal(undefined);
    await vault.keepSecret('other', Buffer.from('other'));
    const again = await open();
    const kept = await Promise.all(
      [vault, again].map((each, n) => each.keepSecret('signing-key', Buffer.from(`${n}`))),
    );
    const [first = '', second] = kept.map((bytes) => Buffer.from(bytes).toString());
    expect(second).to.equal(first);
    expect(first).to.match(/^[01]$/);
    await again.keepSecret('signing-key', Buffer.from('2'));
    expect(Buffer.from((await again.secret('signing-key')) ?? []).toString()).to.equal(first);
  });

  it("keeps a caller's secret apart from its own, whatever its name", async () => {
    const vault = await open();
    await vault.keepSecret('ledger-key', Buffer.from('one'));
    await vault.keepSecret('number-key', Buffer.from('two'));
    expect(Buffer.from((await vault.secret('ledger-key')) ?? []).toString()).to.equal('one');
    const again = await open();
    expect(again.ledgerKey.kid).to.equal(vault.ledgerKey.kid);
    expect(again.numberUuid('1', 'x')).to.equal(vault.numberUuid('1', 'x'));
  });

  it('keeps how far it is reconciled with the ledger', async () => {
    const vault = await open();
    expect(await vault.checkpoint()).to.equal(undefined);
    await vault.setCheckpoint({ index: 3, leaf: 'ab' });
    await vault.setCheckpoint({ index: 4, leaf: 'cd' });
    expect(await (await open()).checkpoint()).to.deep.equal({ index: 4, leaf: 'cd' });
  });

  it('may be closed twice', async () => {
    const vault = await open();
    await vault.close();
    await vault.close();
  });
}
