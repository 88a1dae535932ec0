import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../src/store/driver.ts';
import { tempDir } from '../support/temp.ts';
import { type Prepared, prepared } from './prepared.ts';
import { main, ran, run } from './run.ts';
import { endAll, start } from './server.ts';

describe('verbs that go through the whole ledger', () => {
  let ledger: Prepared;
  after(endAll);
  let facts: { index: number; type: string; stream: string }[];
  before(async () => {
    ledger = await prepared();
    const lines = (await ran(ledger.home, ['export', 'events'])).trimEnd().split('\n');
    facts = lines.map((line) => JSON.parse(line));
  });

  it('export events writes every fact as canonical JSON, and from an index on the rest', async () => {
    expect(facts[0]?.type).to.equal('LedgerOpened');
    expect(facts.at(-1)?.type).to.equal('ApprovalRevoked');
    const rest = await ran(ledger.home, ['export', 'events', '--since', '3']);
    expect(
      rest
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).to.deep.equal(facts.slice(3));
    const beyond = await ran(ledger.home, ['export', 'events', '--since', '999999']);
    expect(beyond).to.equal('');
    const { code, err } = await run(ledger.home, ['export', 'events', '--since', 'today']);
    expect(code).to.equal(1);
    expect(err).to.match(/--since is "today": an index is expected/);
  });

  it('export balances writes a row for each member with points, as CSV', async () => {
    expect(await ran(ledger.home, ['export', 'balances'])).to.equal(
      `member,scheme,cycle,category,awarded\n${ledger.member},${ledger.scheme},2026,training,3.00\n`,
    );
  });

  it('export ends without an error where its reader has seen enough', async () => {
    const command = `'${process.execPath}' '${main}' export balances; echo "ended with $?" >&2`;
    const env = { ...process.env, LEDGER_HOME: ledger.home };
    // A reader that reads nothing: what is written to it is refused at once.
    const done = spawnSync('sh', ['-c', `{ ${command}; } | true`], { env, encoding: 'utf8' });
    expect(done.stderr).to.equal('ended with 0\n');
  });

  it('rebuild says in one line that a server has to end first', async () => {
    const home = tempDir();
    cpSync(ledger.home, home, { recursive: true });
    const server = await start(home);
    const { code, err } = await run(home, ['rebuild']);
    await server.end();
    expect(code).to.equal(1);
    expect(err).to.match(/^skills-ledger: another process, a server mostly, .*: end it first\n$/);
  });

  it('rebuild makes the read models anew from as many facts as there are', async () => {
    const made = JSON.parse(await ran(ledger.home, ['rebuild', '--json']));
    expect(made).to.deep.equal({ facts: facts.length });
    expect(await ran(ledger.home, ['rebuild'])).to.equal(`made from ${facts.length} facts\n`);
  });

  it('verify finds that every fact holds', async () => {
    expect(await ran(ledger.home, ['verify'])).to.match(
      new RegExp(`^${facts.length} facts, and every one holds`),
    );
    const { findings, found } = JSON.parse(await ran(ledger.home, ['verify', '--json']));
    expect([findings, found]).to.deep.equal([[], 0]);
  });

  it('verify names the first of two approvals that were made the claimant’s own, and ends with 1', async () => {
    const home = tempDir();
    cpSync(ledger.home, home, { recursive: true });
    const database = openDatabase(join(home, 'ledger.db'));
    const { changes } = database
      .prepare(`UPDATE events SET data = replace(data, ?, ?) WHERE type = 'ClaimApproved'`)
      .run(ledger.assessor, ledger.member);
    database.close();
    expect(changes).to.equal(2);
    const first = facts.findIndex(({ type }) => type === 'ClaimApproved');
    const { code, err } = await run(home, ['verify']);
    expect(code).to.equal(1);
    expect(err).to.match(
      new RegExp(
        `in ${facts.length} facts; the first: ClaimApproved .* \\(index ${first}, member-`,
      ),
    );
  });
});
