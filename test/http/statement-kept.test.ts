import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { claimActivity } from '../../src/commands/claim.ts';
import { todayOf } from '../../src/http/services.ts';
import { openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { memberStatement } from '../../src/projections/statement.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { run } from '../support/ledger.ts';
import { course, made, rulebook, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('a statement that was asked for before', () => {
  let home: string;
  let society: TestSociety;
  let path: string;
  before(async () => {
    home = tempDir();
    society = await startSociety(home);
    path = `/v1/members/${society.people.member}`;
  });
  after(() => society.close());

  /** The statement as sent, checked against one that somebody makes who has kept nothing. */
  async function shown(cycle = '2026') {
    const { status, body } = await society.clients.member.get(`${path}/statement?cycle=${cycle}`);
    expect(status).to.equal(200);
    const store = await openSqliteStore({ path: readSettings({ LEDGER_HOME: home }).ledgerFile });
    const query = { scheme: society.scheme, cycle, on: todayOf(society.services as never) };
    const anew = await memberStatement(store, society.people.member, query);
    await store.close();
    expect(body).to.deep.equal(JSON.parse(JSON.stringify(anew)));
    return body.statement;
  }

  /** Claims and has approved. */
  async function approved() {
    const { member, assessor } = society.clients;
    const { ids } = await made(member.post(`${path}/claims`, course));
    expect((await shown()).lines.at(-1).standing).to.equal('submitted');
    const claim = `${path}/claims/${ids.claim}`;
    const { lineId } = (await member.get(claim)).body.lines[0].line;
    const { events } = await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
    return { claim, approval: events[0].id as string };
  }

  it('shows each claim, approval and revocation as soon as it is answered', async () => {
    expect((await shown()).awarded).to.equal(0);
    const { claim, approval } = await approved();
    expect((await shown()).awarded).to.equal(300);
    const revoking = { approval, effect: { kind: 'void' }, reason: 'a mistake' };
    await made(society.clients.assessor.post(`${claim}/revocations`, revoking));
    expect((await shown()).awarded).to.equal(0);
    await approved();
    expect((await shown()).awarded).to.equal(300);
  });

  it('is made by other rules as soon as these are published', async () => {
    expect((await shown()).rulebook.version).to.equal(1);
    const version2 = { version: 2, effectiveFrom: '2026-01-01', rulebook };
    await made(society.clients.admin.post(`/v1/schemes/${society.scheme}/rulebooks`, version2));
    expect((await shown()).rulebook.version).to.equal(2);
    expect((await shown('2025')).rulebook.version).to.equal(1);
  });

  it('shows what another process has written', async () => {
    const before = await shown();
    const settings = readSettings({ LEDGER_HOME: home });
    const options = { name: 'Test Society', demo: false };
    const other = await openLedger(settings, () => new Date().toISOString(), options);
    const { member } = society.people;
    const actor = { id: member, role: 'member' as const };
    await run(other, claimActivity, member, course, { actor, own: new Set([member]) });
    expect((await shown()).lines).to.have.length(before.lines.length + 1);
    await other.close();
  });

  it('has the history of a duplicate from the moment that it is absorbed', async () => {
    const { admin, other } = society.clients;
    await made(other.post(`/v1/members/${society.people.other}/claims`, course));
    const before = await shown();
    const duplicate = society.people.other;
    await made(admin.post(`${path}/duplicates`, { duplicate }));
    expect((await shown()).lines).to.have.length(before.lines.length + 1);
  });

  it('asks of which scheme it is to be as soon as there are two', async () => {
    const { admin, member } = society.clients;
    await shown();
    const version1 = { version: 1, effectiveFrom: '2020-01-01', rulebook };
    const { scheme } = (await made(admin.post('/v1/schemes', version1))).ids;
    await made(admin.post(`${path}/schemes`, { scheme, on: '2026-01-01' }));
    const { status, body } = await member.get(`${path}/statement?cycle=2026`);
    expect([status, body.code]).to.deep.equal([400, 'input-wrong']);
    const named = await member.get(`${path}/statement?cycle=2026&scheme=${scheme}`);
    expect(named.body.statement.scheme).to.equal(scheme);
  });

  it('is answered after an erasure from what is left, and holds no text', async () => {
    const { admin } = society.clients;
    const asked = `${path}/statement?cycle=2026&scheme=${society.scheme}`;
    const before = (await society.clients.member.get(asked)).body.statement;
    expect(JSON.stringify(before)).not.to.contain(course.lines[0]?.title);
    await made(admin.post(`${path}/erasures`, { scope: 'person' }));
    const { auditor } = society.clients;
    const erased = await auditor.get(asked);
    expect(erased.body.statement).to.deep.equal(before);
    const { count } = await society.ledger.store.head();
    expect(erased.body.asOf).to.equal(count);
  });
});
