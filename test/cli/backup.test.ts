import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { startServer } from '../support/server.ts';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A home that holds nothing but the wrapping key of another. */
function emptyHomeWithKeyOf(home: string): string {
  const fresh = tempDir();
  cpSync(join(home, 'wrapping.key'), join(fresh, 'wrapping.key'));
  return fresh;
}

describe('backup and restore', () => {
  let home: string;
  let society: TestSociety;
  let member: string;
  beforeEach(async () => {
    home = tempDir();
    society = await startSociety(home);
    member = `/v1/members/${society.people.member}`;
  });
  afterEach(() => society.close());

  async function backup(): Promise<string> {
    const folder = join(tempDir(), 'backup');
    await ran(home, ['backup', folder]);
    return folder;
  }

  async function claimWithFile(who: 'member' | 'other' = 'member'): Promise<void> {
    const claims = `/v1/members/${society.people[who]}/claims`;
    const { ids } = await made(society.clients[who].post(claims, course));
    const attached = await society.clients[who].send(`${claims}/${ids.claim}/files`, {
      method: 'POST',
      body: png,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Idempotency-Key': v4(),
        'File-Name': 'certificate.png',
      },
    });
    expect(attached.status).to.equal(201);
  }

  /** The member's name as an auditor of the restored ledger opens it; undefined where it is erased. */
  async function nameIn(restored: string): Promise<string | undefined> {
    const server = await startServer(restored);
    const auditor = await server.as('auditor');
    const { body } = await auditor.get(`${member}/details`, { 'Access-Reason': 'audit' });
    await server.close();
    return body.details.name;
  }

  it('copies ledger, evidence and vault apart while a server writes, and brings back what verifies', async () => {
    let writing = true;
    let written = 0;
    const writers = (['member', 'other'] as const).map(async (who) => {
      for (; writing; written++) await claimWithFile(who);
    });
    await claimWithFile();
    const before = written;
    const folder = await backup();
    writing = false;
    await Promise.all(writers);
    expect(written, 'nothing was written meanwhile').to.be.greaterThan(before);
    expect(readdirSync(folder).sort()).to.deep.equal(['ledger', 'vault']);
    expect(readdirSync(join(folder, 'vault'))).to.deep.equal(['keys.db']);
    for (const made of ['vault', 'vault/keys.db', 'ledger/ledger.db']) {
      expect(statSync(join(folder, made)).mode & 0o077, made).to.equal(0);
    }

    const fresh = emptyHomeWithKeyOf(home);
    const facts = (await ran(home, ['export', 'events'])).split('\n');
    expect(await ran(fresh, ['restore', folder])).to.match(
      /^restored \d+ facts to .*all of them verify/,
    );
    const restored = (await ran(fresh, ['export', 'events'])).trimEnd().split('\n');
    expect(restored).to.deep.equal(facts.slice(0, restored.length));
    expect(await nameIn(fresh)).to.equal('Canary Name member');
  });

  it('overwrites nothing, neither with a backup nor with a restore', async () => {
    const folder = await backup();
    const again = await run(home, ['backup', folder]);
    expect([again.code, again.err]).to.deep.equal([
      1,
      `skills-ledger: ${folder} is not empty: a new folder is expected\n`,
    ]);
    const over = await run(home, ['restore', folder]);
    expect(over.code).to.equal(1);
    expect(over.err).to.match(/ledger\.db is there: an empty LEDGER_HOME is expected/);
    const other = tempDir();
    mkdirSync(join(other, 'ledger'));
    const { err } = await run(tempDir(), ['restore', other]);
    expect(err).to.match(/ledger\.db is not there: a folder made by backup is expected/);
  });

  it('needs the wrapping key, and leaves nothing behind with a wrong one', async () => {
    const folder = await backup();
    const fresh = tempDir();
    const without = await run(fresh, ['restore', folder]);
    expect(without.err).to.match(/the wrapping key is missing: set LEDGER_KEY, or put it at/);
    const LEDGER_KEY = Buffer.alloc(32, 7).toString('base64url');
    const wrong = await run(fresh, ['restore', folder], { LEDGER_KEY });
    expect(wrong.code).to.equal(1);
    expect(wrong.err).to.match(/^skills-ledger: [^\n]*key[^\n]*\n$/);
    expect(existsSync(join(fresh, 'ledger.db'))).to.equal(false);
    cpSync(join(home, 'wrapping.key'), join(fresh, 'wrapping.key'));
    await ran(fresh, ['restore', folder]);
  });

  it('destroys again what the ledger says is erased, where an older vault still holds its key', async () => {
    const older = await backup();
    await made(society.clients.admin.post(`${member}/erasures`, { scope: 'person' }));
    const newer = await backup();
    const fresh = emptyHomeWithKeyOf(home);
    const said = await ran(fresh, ['restore', newer, '--vault', older]);
    expect(said).to.match(
      /^[1-9]\d* keys of what was erased are destroyed, before the backup or now$/m,
    );
    expect(await nameIn(fresh)).to.equal(undefined);
    expect(await ran(fresh, ['verify'])).to.match(/every one holds/);
  });

  it('states anew what was erased after the ledger was copied, where the vault knows of it', async () => {
    await claimWithFile();
    const older = await backup();
    await made(society.clients.admin.post(`${member}/erasures`, { scope: 'person' }));
    const newer = await backup();
    const fresh = emptyHomeWithKeyOf(home);
    await ran(fresh, ['restore', older, '--vault', newer]);
    const facts = (await ran(fresh, ['export', 'events'])).trimEnd().split('\n');
    expect(JSON.parse(facts.at(-1) ?? '')).to.deep.include({ type: 'Erased' });
    expect(await nameIn(fresh)).to.equal(undefined);
    expect(await ran(fresh, ['verify'])).to.match(/every one holds/);
  });

  it('brings back what was erased after both were copied, and says that this is so', async () => {
    const older = await backup();
    await made(society.clients.admin.post(`${member}/erasures`, { scope: 'person' }));
    const fresh = emptyHomeWithKeyOf(home);
    const said = await ran(fresh, ['restore', older]);
    expect(said).to.match(/erased after both ledger and vault were copied is not known here/);
    expect(await nameIn(fresh)).to.equal('Canary Name member');
  });
});
