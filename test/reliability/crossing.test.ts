import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { absorb } from '../../src/commands/absorb.ts';
import { attachEvidence } from '../../src/commands/claim.ts';
import { carryOut } from '../../src/commands/correct.ts';
import { renumber } from '../../src/commands/correct-number.ts';
import { approveCorrection, proposeCorrection } from '../../src/commands/correction.ts';
import { absorbDuplicate, mergeInto } from '../../src/commands/duplicate.ts';
import { erase } from '../../src/commands/erase.ts';
import { type Erasing, eraseKeys, liftHold, placeHold } from '../../src/commands/erasure.ts';
import { register } from '../../src/commands/register.ts';
import { commandIdOf, newIdOf } from '../../src/events/ids.ts';
import type { OpenLedger } from '../../src/main/open.ts';
import { verifyLedger } from '../../src/projections/verify.ts';
import {
  asking,
  beginScheme,
  claims,
  newMember,
  openAt,
  refusal,
  request,
  run,
} from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

describe('vault and ledger', () => {
  let home: string;
  let ledger: OpenLedger;
  let scheme: string;
  let member: string;
  beforeEach(async () => {
    home = tempDir();
    ledger = await open();
    scheme = await beginScheme(ledger);
    member = await newMember(ledger, scheme);
  });
  afterEach(async () => {
    expect((await verifyLedger(ledger.store)).findings).to.deep.equal([]);
    await ledger.close();
  });

  const open = (): Promise<OpenLedger> => openAt(home, () => '2026-03-10T09:00:00.000Z');
  async function reopened(change: () => void = () => {}): Promise<void> {
    await ledger.close();
    change();
    ledger = await open();
  }
  const erasing = (body: Erasing, of = member, asked = asking()) =>
    erase(ledger, { subject: of, body, raw: body, ...asked });
  const stateOf = async (of = member) => (await ledger.streams.load('member', of)).state;
  const typesOf = async (of = member): Promise<string[]> =>
    (await ledger.store.readStream(`member-${of}`, 0n)).map(({ type }) => type);
  const keyOf = async (kid: string): Promise<string> => {
    const key = await ledger.vault.key(kid);
    return typeof key === 'string' ? key : 'there';
  };
  const identity = async (of = member): Promise<string> => (await stateOf(of)).membership.kid;

  /** A claim, by its id and key. */
  async function aClaim(of = member): Promise<{ id: string; kid: string }> {
    const { commandId } = await claims(ledger, of);
    const id = newIdOf(commandId, 'claim');
    return { id, kid: (await stateOf(of)).claims.get(id)?.kid ?? '' };
  }

  it('erase one claim and its evidence, and nothing else', async () => {
    const [gone, kept] = [await aClaim(), await aClaim()];
    const link = { link: 'https://example.org/a' };
    await run(ledger, attachEvidence, member, link, { path: { claim: gone.id } });
    const [evidence] = [...((await stateOf()).claims.get(gone.id)?.evidence.values() ?? [])];
    await erasing({ scope: 'claim', claim: gone.id });
    expect(await keyOf(gone.kid)).to.equal('erased');
    expect(await keyOf(evidence?.kid ?? '')).to.equal('erased');
    expect(await keyOf(kept.kid)).to.equal('there');
    expect(await keyOf(await identity())).to.equal('there');
    expect(await refusal(erasing({ scope: 'claim', claim: gone.id }))).to.equal('erased');
  });

  it('erase one text that was retracted before: that it was wrong is why it has to go', async () => {
    const { id } = await aClaim();
    const link = { link: 'https://example.org/of-somebody-else' };
    const attached = await run(ledger, attachEvidence, member, link, { path: { claim: id } });
    const [evidence = ''] = [...((await stateOf()).claims.get(id)?.evidence.keys() ?? [])];
    const kid = (await stateOf()).claims.get(id)?.evidence.get(evidence)?.kid ?? '';
    await retracted(attached.events[0]?.id ?? '');
    expect((await stateOf()).claims.get(id)?.evidence.size).to.equal(0);
    await erasing({ scope: 'text', of: evidence });
    expect(await keyOf(kid)).to.equal('erased');
  });

  async function retracted(eventId: string): Promise<void> {
    const correction = v4();
    await run(ledger, proposeCorrection, correction, {
      item: { person: member, eventId },
      change: { kind: 'retract' },
      reasons: ['administrative-error'],
      asOf: 1,
    });
    const { state } = await ledger.streams.load('correction', correction);
    await run(ledger, approveCorrection, correction, { digest: state.proposal?.digest });
    await carryOut(ledger, correction, v4());
  }

  it('erase a person with every id that they absorbed, after which nothing is decided on any', async () => {
    const duplicate = await newMember(ledger, scheme);
    const claim = await aClaim(duplicate);
    await absorb(ledger, request(absorbDuplicate, member, { duplicate }));
    await erasing({ scope: 'person' });
    for (const kid of [await identity(), await identity(duplicate), claim.kid]) {
      expect(await keyOf(kid)).to.equal('erased');
    }
    for (const of of [member, duplicate]) {
      expect(await refusal(claims(ledger, of))).to.equal('erased');
    }
  });

  it('erase what a stop left of a person, when it is asked again: as a repeat, or anew', async () => {
    for (const again of ['repeat', 'anew']) {
      const person = await newMember(ledger, scheme);
      const duplicate = await newMember(ledger, scheme);
      await absorb(ledger, request(absorbDuplicate, person, { duplicate }));
      const asked = asking();
      // As far as a stop lets it come: the fact of the first id.
      await run(ledger, eraseKeys, person, { scope: 'person' }, asked as never);
      const erased = erasing({ scope: 'person' }, person, again === 'repeat' ? asked : asking());
      expect(await refusal(erased)).to.equal(again === 'repeat' ? 'not refused' : 'erased');
      const { membership, erasure } = await stateOf(duplicate);
      expect([erasure.person, await keyOf(membership.kid)]).to.deep.equal([true, 'erased']);
    }
  });

  it('erase no person while a hold is on an id that they absorbed; lifted there, it goes on', async () => {
    const duplicate = await newMember(ledger, scheme);
    const held = await run(ledger, placeHold, duplicate, {});
    await absorb(ledger, request(absorbDuplicate, member, { duplicate }));
    expect(await refusal(erasing({ scope: 'person' }))).to.equal('held');
    expect(await typesOf()).to.not.include('Erased');
    const hold = newIdOf(held.commandId, 'hold');
    await run(ledger, liftHold, duplicate, {}, { path: { hold } });
    await erasing({ scope: 'person' });
    expect(await keyOf(await identity(duplicate))).to.equal('erased');
  });

  it('go on with an absorption that stopped between the two streams', async () => {
    const duplicate = await newMember(ledger, scheme);
    const asked = request(absorbDuplicate, member, { duplicate });
    const { key, actor, own } = asked;
    await run(ledger, mergeInto, duplicate, { survivor: member }, { key, actor, own });
    expect(await typesOf()).to.not.include('Absorbed');
    expect((await absorb(ledger, asked)).events.map(({ type }) => type)).to.deep.equal([
      'Absorbed',
    ]);
    expect((await absorb(ledger, asked)).repeated).to.equal(true);
    expect(await refusal(claims(ledger, duplicate))).to.equal('merged');
  });

  it('go on with an absorption that another person began', async () => {
    const duplicate = await newMember(ledger, scheme);
    await run(ledger, mergeInto, duplicate, { survivor: member });
    const asked = request(absorbDuplicate, member, { duplicate });
    expect((await absorb(ledger, asked)).repeated).to.equal(false);
    expect(await typesOf()).to.include('Absorbed');
    const again = request(absorbDuplicate, member, { duplicate });
    expect(await refusal(absorb(ledger, again))).to.equal('already-absorbed');
  });

  it('destroy the keys of an erasure that was stopped after its fact, at the next start', async () => {
    await run(ledger, eraseKeys, member, { scope: 'person' });
    const kid = await identity();
    await reopened();
    expect(await keyOf(kid)).to.equal('erased');
    expect(await ledger.directory.nameOf(member)).to.equal(undefined);
  });

  it('go on with a registration whose number was reserved before it was stopped', async () => {
    const asked = asking();
    const body = { name: 'Late', number: 'L-1', grade: 'full', on: '2025-01-01' };
    const commandId = commandIdOf(ledger.ledgerId, asked.actor.id, 'member', asked.key);
    const reserved = await ledger.vault.reserve({ number: 'L-1', commandId });
    await reopened();
    const other = { body, raw: body, ...asking() };
    expect(await refusal(register(ledger, other))).to.equal('number-taken');
    const answer = await register(ledger, { body, raw: body, ...asked });
    expect([answer.person, answer.repeated]).to.deep.equal([reserved.personId, false]);
  });

  it('correct a number: the wrong one may be had again, the right one stays when it is said again', async () => {
    const wrong = 'W-1';
    const body = { name: 'Misnumbered', number: wrong, grade: 'full', on: '2025-01-01' };
    const { person } = await register(ledger, { body, raw: body, ...asking() });
    const right = { number: 'R-1' };
    const asked = { subject: person, body: right, raw: right, ...asking() };
    await renumber(ledger, asked);
    expect(await ledger.vault.personByNumber(wrong)).to.equal(undefined);
    expect((await renumber(ledger, asked)).repeated).to.equal(true);
    expect(await ledger.vault.personByNumber('R-1')).to.equal(person);
    const again = { ...body, name: 'Whose it is' };
    const owner = await register(ledger, { body: again, raw: again, ...asking() });
    expect(owner.person).to.not.equal(person);
  });

  it('erase anew what a restored ledger has forgotten was erased', async () => {
    const { kid } = await aClaim();
    const backup = tempDir();
    await reopened(() => copy(home, backup, 'ledger.db'));
    await erasing({ scope: 'person' });
    await reopened(() => copy(backup, home, 'ledger.db'));
    expect(await typesOf()).to.deep.equal(['Registered', 'SchemeJoined', 'Claimed', 'Erased']);
    expect((await stateOf()).erasure.person).to.equal(true);
    expect(await keyOf(kid)).to.equal('erased');
    expect(await refusal(claims(ledger, member))).to.equal('erased');
    // Only once: the next start finds the two agreed.
    await reopened();
    expect((await typesOf()).filter((type) => type === 'Erased')).to.have.length(1);
  });

  it('destroy again what a restored vault has brought back', async () => {
    const kid = await identity();
    const backup = tempDir();
    await reopened(() => copy(home, backup, 'keys.db'));
    await erasing({ scope: 'person' });
    await reopened(() => copy(backup, home, 'keys.db'));
    expect(await keyOf(kid)).to.equal('erased');
    expect(await ledger.directory.nameOf(member)).to.equal(undefined);
  });
});

/** Copies a closed database with its WAL; the old one is another file, whoever still has it open. */
function copy(from: string, to: string, name: string): void {
  for (const file of [name, `${name}-wal`, `${name}-shm`]) rmSync(join(to, file), { force: true });
  for (const file of [name, `${name}-wal`]) {
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
  }
}
