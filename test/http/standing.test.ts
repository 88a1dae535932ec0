import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('the report of standing over HTTP', () => {
  let society: TestSociety;
  let head: number;
  const report = '/v1/reports/standing';
  before(async () => {
    society = await startSociety(tempDir());
    const { admin, member, assessor } = society.clients;
    const of = `/v1/members/${society.people.member}`;
    const post = { organisation: society.council, from: '2024-01-01' };
    await made(admin.post(`${of}/employments`, post));
    head = (await society.ledger.store.head()).count;
    const { ids } = await made(member.post(`${of}/claims`, course));
    const claim = `${of}/claims/${ids.claim}`;
    const { lineId } = (await member.get(claim)).body.lines[0].line;
    await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
  });
  after(() => society.close());

  /** Asks as the admin, of everything that was written. */
  async function asked(path: string) {
    const { position } = await society.ledger.store.head();
    const answer = await society.clients.admin.get(path, { 'Ledger-At-Least': position ?? '' });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return answer;
  }
  const query = () => `scheme=${society.scheme}&cycle=2026&on=2026-06-30`;

  it('has for each member the figures of their statement', async () => {
    const { items } = (await asked(`${report}?${query()}`)).body;
    expect(items).to.have.length(3);
    for (const item of items) {
      const path = `/v1/members/${item.member}/statement?${query()}`;
      const { statement } = (await society.clients.admin.get(path)).body;
      expect(item).to.include({
        awarded: statement.awarded,
        counted: statement.counted,
        needed: statement.needed,
        outcome: 'not-yet-due',
        daysLeft: 184,
      });
    }
    const mine = items.find(({ member }: { member: string }) => member === society.people.member);
    expect(mine).to.include({ counted: 300, needed: 1_700, takesPart: true });
    expect(mine.organisations).to.deep.equal([society.council]);
  });

  it('is as it was as of an earlier index, and on a later day', async () => {
    const { items, asOf } = (await asked(`${report}?${query()}&asOf=${head}`)).body;
    expect(asOf).to.equal(head);
    expect(items.every(({ counted }: { counted: number }) => counted === 0)).to.equal(true);
    const later = `scheme=${society.scheme}&cycle=2026&on=2027-01-01`;
    const { items: then } = (await asked(`${report}?${later}`)).body;
    expect(then.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal([
      'short',
      'short',
      'short',
    ]);
  });

  it('keeps to who is asked for: grade, employer, outcome, time left', async () => {
    const count = async (filter: string): Promise<number> =>
      (await asked(`${report}?${query()}&${filter}`)).body.items.length;
    expect(await count('grade=full')).to.equal(3);
    expect(await count('grade=associate')).to.equal(0);
    expect(await count(`organisation=${society.council}`)).to.equal(1);
    expect(await count('outcome=not-yet-due')).to.equal(3);
    expect(await count('outcome=short')).to.equal(0);
    expect(await count('dueBy=2026-12-31')).to.equal(3);
    expect(await count('dueBy=2026-12-30')).to.equal(0);
    expect(await count('takesPart=true')).to.equal(3);
    expect(await count('takesPart=false')).to.equal(0);
  });

  it('comes in pages, whole as CSV, and in sums', async () => {
    const first = (await asked(`${report}?${query()}&limit=2`)).body;
    const second = (await asked(`${report}?${query()}&limit=2&cursor=${first.next}`)).body;
    expect([first.items.length, second.items.length, second.next]).to.deep.equal([2, 1, undefined]);
    const csv = await society.clients.admin.get(`${report}.csv?${query()}`);
    const lines: string[] = csv.body.trimEnd().split('\n');
    expect(lines).to.have.length(4);
    expect(lines[0]).to.match(/^member,grade,organisations,takes part,cycle,/);
    const mine = lines.find((line) => line.startsWith(society.people.member));
    expect(mine).to.contain(`full,${society.council},yes,2026,1,20.00,3.00,3.00,0.00,17.00`);
    const { all, sums } = (
      await asked(`/v1/reports/standing-sums?${query()}&by=organisation,outcome`)
    ).body;
    expect(all).to.deep.equal({ members: 3, awarded: 300, counted: 300, needed: 5_700 });
    expect(sums).to.deep.equal([
      { outcome: 'not-yet-due', members: 2, awarded: 0, counted: 0, needed: 4_000 },
      {
        organisation: society.council,
        outcome: 'not-yet-due',
        members: 1,
        awarded: 300,
        counted: 300,
        needed: 1_700,
      },
    ]);
  });

  it('says what is no cycle, no outcome, no cursor and nothing to sum by', async () => {
    for (const [wrong, code] of [
      ['cycle=now', 'input-wrong'],
      ['outcome=late', 'input-wrong'],
      ['cursor=abc', 'cursor-wrong'],
    ]) {
      const answer = await society.clients.admin.get(`${report}?scheme=${society.scheme}&${wrong}`);
      expect([answer.status, answer.body.code]).to.deep.equal([400, code]);
    }
    const by = await society.clients.admin.get(
      `/v1/reports/standing-sums?scheme=${society.scheme}&by=name`,
    );
    expect(by.status).to.equal(400);
  });
});
