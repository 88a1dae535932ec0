import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { made, rulebook, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('a year that a later version cuts in two', () => {
  let society: TestSociety;
  let scheme: string;
  before(async () => {
    society = await startSociety(tempDir());
    const { admin } = society.clients;
    const first = { version: 1, effectiveFrom: '2020-01-01', rulebook };
    scheme = (await made(admin.post('/v1/schemes', first))).ids.scheme;
    const cycle = { months: 12, starts: 'fixed', from: '2000-07-01', joining: 'by-month' };
    const next = { ...rulebook, cycle, governs: 'running' };
    const second = { version: 2, effectiveFrom: '2025-09-01', rulebook: next };
    await made(admin.post(`/v1/schemes/${scheme}/rulebooks`, second));
    for (const [name, on] of [
      ['member', '2024-01-01'],
      ['other', '2025-08-01'],
    ] as const) {
      await made(admin.post(`/v1/members/${society.people[name]}/schemes`, { scheme, on }));
    }
  });
  after(() => society.close());

  it('is not meant by its number in a report or a closing: who has both would be left out', async () => {
    const { admin } = society.clients;
    const { position = '' } = await society.ledger.store.head();
    const settled = { 'Ledger-At-Least': position };
    for (const path of [
      `/v1/reports/standing?scheme=${scheme}&cycle=2025`,
      `/v1/reports/standing-sums?scheme=${scheme}&cycle=2025`,
      `/v1/schemes/${scheme}/outcomes?cycle=2025`,
    ]) {
      const { status, body } = await admin.get(path, settled);
      expect([status, body.detail]).to.deep.equal([
        404,
        'several cycles begin in 2025; cycles are 2025-01-01, 2025-07-01',
      ]);
    }
    const first = await admin.get(`/v1/reports/standing?scheme=${scheme}&cycle=2025-01-01`);
    expect(first.body.items.map(({ member }: { member: string }) => member)).to.deep.equal([
      society.people.member,
    ]);
    const second = await admin.get(`/v1/reports/standing?scheme=${scheme}&cycle=2025-07-01`);
    expect(second.body.items).to.have.length(2);
  });

  it('has a short first cycle, by whose name points are brought in and it is determined', async () => {
    const { admin } = society.clients;
    const of = `/v1/members/${society.people.member}`;
    const balance = { scheme, cycle: '2025-01-01', category: 'training', points: 1_000 };
    await made(admin.post(`${of}/opening-balances`, balance));
    const path = `${of}/statement?scheme=${scheme}&cycle=2025-01-01`;
    const { statement } = (await admin.get(path)).body;
    expect([statement.cycle.until, statement.target, statement.counted]).to.deep.equal([
      '2025-07-01',
      1_000,
      1_000,
    ]);
    await made(admin.post(`${of}/determinations`, { scheme, cycle: '2025-01-01' }));
    const refused = await admin.post(`${of}/opening-balances`, { ...balance, cycle: '2025' });
    expect([refused.status, refused.body.code]).to.deep.equal([422, 'cycle-wrong']);
  });
});
