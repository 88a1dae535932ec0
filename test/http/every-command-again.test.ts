import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { operations } from '../../src/http/table.ts';
import { startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ofClaims, ofMembers } from './repeats.ts';
import { ofPosts } from './repeats-posts.ts';
import { ofSkills } from './repeats-skills.ts';
import { ofTheSociety } from './repeats-society.ts';

/**
 * Writes of the vault alone, the carrier of other commands, bytes, which `evidence` tests have, and the closing of
 * a cycle and the disposal of evidence, whose commands have keys of their own (`cycle` and `evidence-due` tests).
 */
const elsewhere = [
  'enter-person',
  'link-sign-in',
  'bulk',
  'attach-file',
  'close-cycle',
  'dispose-of-evidence',
];
const table = { ...ofMembers, ...ofClaims, ...ofPosts, ...ofSkills, ...ofTheSociety };

describe('a command that is sent again', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());

  it('is tested here for every command that there is', () => {
    const writes = operations.filter((row) => row.writes).map(({ id }) => id);
    expect(Object.keys(table).sort()).to.deep.equal(
      writes.filter((id) => !elsewhere.includes(id)).sort(),
    );
  });

  for (const [id, asked] of Object.entries(table)) {
    it(`${id}: appends nothing and gives the first answer; with other contents its key is refused`, async () => {
      const { by, path, body, other } = await asked(society);
      const key = { 'Idempotency-Key': v4() };
      const first = await by.post(path, body, key);
      expect(first.status, JSON.stringify(first.body)).to.equal(201);
      const head = await society.ledger.store.head();

      const again = await by.post(path, body, key);
      expect(again.status).to.equal(200);
      expect(again.body).to.deep.equal({ ...first.body, repeated: true });
      if (other !== undefined) {
        const { path: at = path, body: sent = body } = {
          path: undefined,
          body: undefined,
          ...other,
        };
        const reused = await by.post(at, sent, key);
        expect([reused.status, reused.body.code]).to.deep.equal([422, 'key-reused']);
      }
      expect(await society.ledger.store.head()).to.deep.equal(head);
    });
  }
});
