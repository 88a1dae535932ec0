import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { openDatabase } from '../../src/store/driver.ts';
import { tempDir } from '../support/temp.ts';
import { type Prepared, prepared } from './prepared.ts';
import { ran, run } from './run.ts';

describe('verbs that go through the whole ledger', () => {
  let ledger: Prepared;
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
