import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { verifyLedger } from '../../src/projections/verify.ts';
import { openDatabase } from '../../src/store/driver.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openEvidenceFolder } from '../../src/vault/evidence.ts';
import { wholeLedger } from '../store/facts.ts';
import { environment, mainScript } from '../support/process.ts';
import { tempDir } from '../support/temp.ts';
import { inData, last, tamperings } from './tamperings.ts';
import { makeTemplate } from './template.ts';

/** What was said in the template: facts in order, by type. */
let facts: StoredEvent[];
let template: string;

/** The ledger of the template with other bytes in its file, as nobody but its administrator could write. */
function tampered(...statements: string[]): string {
  const home = join(tempDir(), 'home');
  cpSync(template, home, { recursive: true });
  const database = openDatabase(join(home, 'ledger.db'));
  for (const sql of statements) database.exec(sql);
  database.close();
  return home;
}

async function findingsOf(home: string) {
  const store = await openSqliteStore({ path: join(home, 'ledger.db') });
  try {
    const evidence = openEvidenceFolder({ folder: join(home, 'evidence') });
    const now = () => new Date().toISOString();
    return (await verifyLedger(store, { evidence, now })).findings;
  } finally {
    await store.close();
  }
}

describe('verify, on a real ledger', function () {
  this.timeout(60_000);
  before(async () => {
    template = join(tempDir(), 'home');
    await makeTemplate(template);
    const store = await openSqliteStore({ path: join(template, 'ledger.db') });
    facts = await wholeLedger(store);
    await store.close();
  });

  it('finds nothing in one that commands wrote', async () => {
    expect(await findingsOf(template)).to.deep.equal([]);
  });

  for (const { what, sql, names, says } of tamperings) {
    it(`names the fact where ${what}`, async () => {
      const [first] = await findingsOf(tampered(...sql(facts)));
      expect(first?.says ?? 'nothing was found').to.match(
        typeof says === 'string' ? new RegExp(says) : says,
      );
      const named = names(facts);
      if (named !== undefined) expect(first?.event).to.equal(named.id);
    });
  }

  it('names the fact whose evidence file is missing, or holds other bytes', async () => {
    const { blob } = JSON.parse(last(facts, 'EvidenceAttached').data).file;
    for (const [spoil, says] of [
      [(path: string) => rmSync(path), 'is not there'],
      [(path: string) => writeFileSync(path, 'other bytes'), 'does not hash to its name'],
    ] as const) {
      const home = tampered();
      spoil(join(home, 'evidence', blob));
      const found = await findingsOf(home);
      expect(found.map(({ event }) => event)).to.deep.equal([last(facts, 'EvidenceAttached').id]);
      expect(found[0]?.says).to.include(`its evidence file ${blob} ${says}`);
    }
  });

  function verify(home: string, ...options: string[]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [mainScript, 'verify', ...options],
      { env: environment({ LEDGER_HOME: home }), encoding: 'utf8' },
    );
    return { status, out: stdout.trimEnd(), err: stderr.trimEnd() };
  }

  it('is a verb: it ends with 0 and a line, or with 1 and the first offending fact in a line', () => {
    const good = verify(tampered());
    expect(good).to.deep.equal({
      status: 0,
      out: `${facts.length} facts, and every one holds; the read models are what a rebuild gives`,
      err: '',
    });
    const home = tampered(
      inData(last(facts, 'ClaimApproved').index, '"points":300', '"points":-300'),
    );
    const bad = verify(home);
    expect([bad.status, bad.out]).to.deep.equal([1, '']);
    expect(bad.err.split('\n')).to.have.length(1);
    const { id, index, stream, revision } = last(facts, 'ClaimApproved');
    expect(bad.err)
      .to.match(/^skills-ledger: \d+ findings? in \d+ facts; the first: ClaimApproved /)
      .and.to.include(`${id} (index ${index}, ${stream} revision ${revision})`);
    expect(readdirSync(home).filter((name) => name.includes('verify'))).to.deep.equal([]);
  });

  it('says the same as JSON', () => {
    const good = JSON.parse(verify(tampered(), '--json').out);
    const { length } = facts;
    expect(good).to.deep.equal({ facts: length, readModels: length, found: 0, findings: [] });
    const home = tampered(inData(last(facts, 'Claimed').index, '{"claimId"', '{ "claimId"'));
    const bad = verify(home, '--json');
    expect(bad.status).to.equal(1);
    expect(JSON.parse(bad.out).findings[0]).to.include({ event: last(facts, 'Claimed').id });
  });

  it('shows a read model that is not what a rebuild gives', () => {
    const home = tampered();
    const database = openDatabase(join(home, 'views.db'));
    database.exec('UPDATE balances SET points = points + 1');
    database.close();
    const { status, err } = verify(home);
    expect(status).to.equal(1);
    expect(err).to.include('the read model balances: it has');
  });
});
