import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

interface Fact {
  index: number;
  recordedAt: string;
  awarded: { points: number }[];
  type: string;
}

describe('statement and history as of an earlier moment', () => {
  let society: TestSociety;
  let path: string;
  let facts: Fact[];
  before(async () => {
    society = await startSociety(tempDir());
    path = `/v1/members/${society.people.member}`;
    const { member, assessor } = society.clients;
    for (const kind of ['course', 'reading', 'course']) {
      const lines = [{ ...course.lines[0], kind }];
      const { ids } = await made(member.post(`${path}/claims`, { lines }));
      const claim = `${path}/claims/${ids.claim}`;
      const shown = (await member.get(claim)).body.lines[0];
      const { lineId } = shown.line;
      if (kind === 'course') {
        await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
      }
      const { approval } = (await member.get(claim)).body.lines[0];
      const effect = { kind: 'void' };
      await made(assessor.post(`${claim}/revocations`, { approval, effect, reason: 'a mistake' }));
    }
    facts = (await member.get(`${path}/history`)).body.facts;
  });
  after(() => society.close());

  const sum = ({ awarded }: Fact): number => awarded.reduce((all, { points }) => all + points, 0);
  const awardedAsOf = async (asOf: number | string): Promise<number> => {
    const answer = await society.clients.member.get(`${path}/statement?cycle=2026&asOf=${asOf}`);
    expect(answer.status).to.equal(200);
    return answer.body.statement.awarded;
  };

  it('give before and after each approval and each revocation what was the case then', async () => {
    expect(facts.map(sum)).to.include.members([0, 150, 300]);
    for (const fact of facts.filter(({ type }) => type !== 'Registered')) {
      expect(await awardedAsOf(fact.index + 1), `${fact.type} ${fact.index}`).to.equal(sum(fact));
      const history = await society.clients.member.get(`${path}/history?asOf=${fact.index + 1}`);
      expect(history.body.asOf).to.equal(fact.index + 1);
      expect(history.body.facts).to.deep.equal(facts.filter(({ index }) => index <= fact.index));
    }
  });

  it('take a time for the index that the ledger had reached by then', async () => {
    // Before they joined the scheme there is no statement in it.
    const joined = facts.findIndex(({ type }) => type === 'SchemeJoined');
    for (const { recordedAt } of facts.slice(joined)) {
      const then = facts.filter((fact) => fact.recordedAt <= recordedAt).at(-1) as Fact;
      expect(await awardedAsOf(recordedAt), recordedAt).to.equal(sum(then));
      const history = await society.clients.member.get(`${path}/history?asOf=${recordedAt}`);
      expect(history.body.facts.at(-1).index).to.equal(then.index);
    }
  });

  it('stay what they were when more is recorded later', async () => {
    const { count } = await society.ledger.store.head();
    const asked = `${path}/statement?cycle=2026&asOf=${count}&on=2026-06-30`;
    const before = (await society.clients.member.get(asked)).body;
    await made(society.clients.member.post(`${path}/claims`, course));
    expect((await society.clients.member.get(asked)).body).to.deep.equal(before);
  });

  it('know of no member before they were registered, and of no index that is none', async () => {
    const { member } = society.clients;
    const early = await member.get(`${path}/statement?cycle=2026&asOf=0`);
    expect([early.status, early.body.code]).to.deep.equal([404, 'not-found']);
    expect((await member.get(`${path}/history?asOf=0`)).body.facts).to.deep.equal([]);
    for (const wrong of ['-1', 'yesterday', '2026-01-31', '1.5', '2026-02-31T25:00:00Z']) {
      for (const what of ['statement', 'history']) {
        const { status, body } = await member.get(`${path}/${what}?asOf=${wrong}`);
        expect([status, body.code], `${what} ${wrong}`).to.deep.equal([400, 'input-wrong']);
      }
    }
  });

  it('are of one cycle and one scheme: of a year without claims nothing was awarded', async () => {
    const { member } = society.clients;
    const { statement } = (await member.get(`${path}/statement?cycle=2025`)).body;
    expect(statement).to.include({ awarded: 0, target: 2_000 });
    expect(statement.lines).to.deep.equal([]);
    const { status, body } = await member.get(`${path}/statement?cycle=next`);
    expect([status, body.code]).to.deep.equal([400, 'input-wrong']);
  });
});
