import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { stringify } from 'yaml';
import { authoredForm } from '../../src/scheme/rulebook-authored.ts';
import { made, rulebook, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

describe('disposing of evidence at the command line', function () {
  this.timeout(60_000);
  const home = tempDir();
  let society: TestSociety;
  let evidence: string;
  before(async () => {
    society = await startSociety(home);
    const { member, assessor } = society.clients;
    const path = join(home, 'rules.yaml');
    const keep = { needed: false, keepMonths: 12 };
    const kinds = rulebook.kinds.map((kind) => ({ ...kind, evidence: keep }));
    writeFileSync(path, stringify(authoredForm({ ...rulebook, kinds })));
    const about = ['--scheme', society.scheme, '--from', '2020-01-01', '--by', 'admin'];
    await ran(home, ['rulebook', 'publish', path, ...about]);
    const of = `/v1/members/${society.people.member}/claims`;
    const quantity = { amount: 60, unit: 'minute' };
    const lines = [{ kind: 'course', title: 'Any', from: '2024-05-10', quantity }];
    const claim = `${of}/${(await made(member.post(of, { lines }))).ids.claim}`;
    const answer = await member.send(`${claim}/files`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from('%PDF-1.7\n%%EOF\n')),
      headers: { 'Idempotency-Key': v4(), 'File-Name': 'certificate.pdf' },
    });
    evidence = answer.body.ids.evidence;
    const { lineId } = (await member.get(claim)).body.lines[0].line;
    await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
  });
  after(() => society.close());

  it('lists what is due on a day, with the rule, and writes nothing', async () => {
    const listed = await ran(home, ['dispose', '--dry-run', '--on', '2026-01-01']);
    expect(listed).to.equal(
      `${society.people.member}  file ${evidence}  since 2026-01-01: course, 12 months after 2024, version 2
1 due on 2026-01-01, of 1 members: nothing was written\n`,
    );
    const json = JSON.parse(await ran(home, ['dispose', '--dry-run', '--json']));
    expect([json.evidence, json.keeping.until]).to.deep.equal([evidence, '2026-01-01']);
    expect(readdirSync(join(home, 'evidence'))).to.have.length(1);
  });

  it('asks who disposes, and of today alone', async () => {
    const { code, err } = await run(home, ['dispose', '--by', 'assessor']);
    expect(code).to.equal(1);
    expect(err).to.contain('an admin is expected');
    expect((await run(home, ['dispose', '--by', 'admin', '--on', '2030-01-01'])).err).to.contain(
      '--on goes with --dry-run',
    );
  });

  it('destroys it once, and the ledger verifies', async () => {
    expect(await ran(home, ['dispose', '--by', 'admin'])).to.equal('1 disposed of\n');
    expect(readdirSync(join(home, 'evidence'))).to.deep.equal([]);
    expect(await ran(home, ['dispose', '--by', 'admin', '--json'])).to.equal(
      '{"disposed":0,"refused":[]}\n',
    );
    expect(await ran(home, ['verify'])).to.match(/every one holds/);
  });
});
