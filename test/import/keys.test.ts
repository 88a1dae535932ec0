import { createHmac, type KeyObject } from 'node:crypto';
import { expect } from 'chai';
import { v5 } from 'uuid';
import { systemActors } from '../../src/events/shapes.ts';
import { type ImportingSociety, importingSociety } from '../support/importing.ts';

/** HMAC-SHA256 cut to a UUIDv8, as the contract of rows says, without a line of the import. */
function keyOf(key: KeyObject, text: string): string {
  const hex = createHmac('sha256', key).update(text).digest('hex').slice(0, 32).split('');
  hex[12] = '8';
  hex[16] = ((Number.parseInt(hex[16] ?? '', 16) & 3) | 8).toString(16);
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** These hold for ever: a row that was imported by one release is a repeat to every later one. */
describe('The key of an imported row', () => {
  let society: ImportingSociety;
  before(async () => {
    society = await importingSociety();
  });

  async function lastCommand(): Promise<string | undefined> {
    return (await society.facts()).at(-1)?.metadata.commandId;
  }

  it('is over source and own id, under the ledger’s key, where no member is concerned', async () => {
    await society.import('organisations', 'id,name,type\nA7,Aldby,board\n');
    await society.with(async ({ ledgerId, vault }) => {
      const key = keyOf(vault.ledgerKey.digest, 'old-system/A7');
      const id = v5(`${systemActors.import}/organisation/${key}`, ledgerId);
      expect(await lastCommand()).to.equal(id);
    });
  });

  it('is over content and occurrence where there is no own id', async () => {
    await society.import('organisations', 'type,name\nboard,Beckby\nboard,Beckby\n');
    await society.with(async ({ ledgerId, vault }) => {
      const ids = [1, 2].map((occurrence) => {
        const text = `old-system/[["name","Beckby"],["type","board"]]/${occurrence}`;
        const key = keyOf(vault.ledgerKey.digest, text);
        return v5(`${systemActors.import}/organisation/${key}`, ledgerId);
      });
      const facts = (await society.facts()).slice(-2);
      expect(facts.map(({ metadata }) => metadata.commandId)).to.have.members(ids);
    });
  });

  it('is under the number key over the normalised number, for a row that registers', async () => {
    await society.import('members', 'number,name,grade,joined\nm-1,Anna,full,2024-01-01\n');
    await society.with(async ({ ledgerId, vault }) => {
      const key = vault.numberUuid('M1', 'old-system/');
      const id = v5(`${systemActors.import}/member/${key}`, ledgerId);
      expect(await lastCommand()).to.equal(id);
    });
  });

  it('is under the member’s identity key, for a row about a member', async () => {
    const text = 'id,number,as,cycle,points-category,points\nC1,M1,balance,2024,training,2\n';
    await society.import(
      'members',
      'number,name,grade,joined\nm-1,Anna,full,2024-01-01\n',
      '--set',
      `scheme=${society.scheme}`,
    );
    await society.import('claims', text);
    await society.with(async ({ ledgerId, vault, streams }) => {
      const person = (await vault.personByNumber('M1')) ?? '';
      const { state } = await streams.load('member', person);
      const identity = await vault.key(state.membership.kid);
      if (typeof identity === 'string') throw new Error(identity);
      const key = keyOf(identity.digest, 'old-system/C1');
      const id = v5(`${systemActors.import}/member-${person}/${key}`, ledgerId);
      expect(await lastCommand()).to.equal(id);
    });
  });
});
