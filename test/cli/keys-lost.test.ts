import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openDatabase } from '../../src/store/driver.ts';
import { tempDir } from '../support/temp.ts';
import { prepared } from './prepared.ts';
import { ran, run } from './run.ts';

describe('keys-lost', () => {
  it('opens a ledger whose keys are gone, by a fact that says so, and says nothing twice', async () => {
    const home = tempDir();
    cpSync((await prepared()).home, home, { recursive: true });
    expect(await ran(home, ['keys-lost'])).to.equal('no key is missing: nothing was stated\n');

    const vault = openDatabase(join(home, 'keys.db'));
    vault.exec("DELETE FROM keys WHERE used = 1; DELETE FROM meta WHERE name = 'checkpoint'");
    vault.close();
    const closed = await run(home, ['history', 'CANARY-member']);
    expect(closed.code).to.equal(1);
    expect(closed.err).to.match(
      /keys that facts use are not in the vault.*`skills-ledger keys-lost`/,
    );

    expect(await ran(home, ['keys-lost'])).to.equal('stated in 1 facts; the ledger opens again\n');
    expect(await ran(home, ['keys-lost'])).to.equal('no key is missing: nothing was stated\n');
    const last = (await ran(home, ['export', 'events'])).trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last).type).to.equal('KeysLost');
    expect(await ran(home, ['history', 'CANARY-member'])).to.match(/ApprovalRevoked/);
  });
});
