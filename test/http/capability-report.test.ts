import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const [DATA, LAW] = [v4(), v4()];

describe('the report of capability over HTTP', () => {
  let society: TestSociety;
  let framework: { id: string; version: number };
  let credit: string;
  let before_: number;
  const report = '/v1/reports/capability';
  before(async () => {
    society = await startSociety(tempDir());
    const { admin, member } = society.clients;
    const { ids } = await made(
      admin.post('/v1/frameworks', {
        version: 1,
        name: 'Invented skills',
        levels: ['aware', 'expert'].map((code) => ({ code, name: code.toUpperCase() })),
        staleAfterMonths: 24,
        skills: [
          { skill: DATA, name: '=Data' },
          { skill: LAW, name: 'Law' },
        ],
      }),
    );
    framework = { id: ids.framework, version: 1 };
    const at = `/v1/members/${society.people.member}`;
    const post = { organisation: society.council, from: '2024-01-01' };
    await made(admin.post(`${at}/employments`, post));
    before_ = (await society.ledger.store.head()).count;
    const seen = { framework, skill: DATA, level: 'expert', source: 'self' };
    credit = (await made(member.post(`${at}/skills`, { ...seen, observedOn: '2024-02-01' }))).ids
      .credit;
    const law = { framework, skill: LAW, level: 'aware', source: 'peer', observedOn: '2026-01-05' };
    await made(admin.post(`${at}/skills`, law));
    const other = `/v1/members/${society.people.other}/skills`;
    await made(society.clients.admin.post(other, { ...law, skill: DATA, level: 'aware' }));
  });
  after(() => society.close());

  async function asked(path: string) {
    const { position } = await society.ledger.store.head();
    const answer = await society.clients.admin.get(path, { 'Ledger-At-Least': position ?? '' });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return answer.body;
  }

  it('counts people by skill, level and body, current and stale, with the names to draw them by', async () => {
    const body = await asked(`${report}?by=skill,level,council&on=2026-02-01`);
    expect(body.dimensions[0]).to.deep.equal({
      name: 'skill',
      values: [
        { key: DATA, name: '=Data' },
        { key: LAW, name: 'Law' },
      ],
    });
    expect(body.dimensions[2].values).to.deep.equal([
      { key: society.council, name: 'Netherby Council' },
      { key: 'none' },
    ]);
    const figures = body.cells.map(({ key, people, current, stale }: Record<string, unknown>) => ({
      key,
      people,
      current,
      stale,
    }));
    expect(figures).to.deep.equal([
      { key: [DATA, 'aware', 'none'], people: 1, current: 1, stale: 0 },
      { key: [DATA, 'expert', society.council], people: 1, current: 0, stale: 1 },
      { key: [LAW, 'aware', society.council], people: 1, current: 1, stale: 0 },
    ]);
    expect(body.totals[0]).to.include({ people: 2, current: 2, holdings: 3, councils: 1 });
    expect(body.bases[0]).to.deep.include({ members: 3, withSkill: 2, persons: 3 });
    expect(body.bases[0].byType).to.deep.equal([
      { type: 'district', members: 1, withSkill: 1, persons: 1 },
      { type: 'none', members: 2, withSkill: 1, persons: 2 },
    ]);
  });

  it('is as it was as of an earlier index, and on an earlier day', async () => {
    const then = await asked(`${report}?by=skill&on=2026-02-01&asOf=${before_}`);
    expect([then.asOf, then.cells]).to.deep.equal([before_, []]);
    const earlier = await asked(`${report}?by=skill&on=2025-12-31`);
    expect(earlier.cells.map(({ key, current }: never) => [key, current])).to.deep.equal([
      [[DATA], 1],
    ]);
  });

  it('shows a trend: each month for itself, and when it went stale', async () => {
    const path = `${report}?by=month&skill=${DATA}&since=2025-12-01&on=2026-02-01&council=${society.council}`;
    const { cells, constant } = await asked(path);
    const trend = [
      [['2025-12'], 1, 0],
      [['2026-01'], 1, 0],
      [['2026-02'], 0, 1],
    ];
    const shown = ({ key, current, stale }: never) => [key, current, stale];
    expect(cells.map(shown)).to.deep.equal(trend);
    expect(constant.persons).to.equal(1);
    expect(constant.cells.map(shown)).to.deep.equal(trend);
    const page = await asked(`${path}&limit=2`);
    expect(page.constant.cells.map(shown)).to.deep.equal(trend.slice(0, 2));
    const { status, body } = await society.clients.admin.get(
      `${report}?by=month&since=1990-01-01&on=2026-02-01`,
    );
    expect([status, body.code]).to.deep.equal([400, 'input-wrong']);
  });

  it('comes in pages that are of one moment, and whole as CSV that runs nothing', async () => {
    const whole = await asked(`${report}?by=skill,level&on=2026-02-01`);
    const first = await asked(`${report}?by=skill,level&on=2026-02-01&limit=2`);
    const second = await asked(
      `${report}?by=skill,level&on=2026-02-01&limit=2&cursor=${first.next}`,
    );
    expect([...first.cells, ...second.cells]).to.deep.equal(whole.cells);
    expect([second.next, second.asOf]).to.deep.equal([undefined, first.asOf]);
    const answer = await society.clients.admin.get(`${report}.csv?by=skill&on=2026-02-01`);
    const lines = String(answer.body).trimEnd().split('\n');
    expect(lines[0]).to.match(/^skill,skill name,people,current,stale,/);
    expect(lines[1]).to.match(new RegExp(`^${DATA},'=Data,2\\.00,1\\.00,1\\.00,`));
  });

  it('links each cell to who is behind it, with the very facts; an analyst sees neither', async () => {
    const { cells, totals } = await asked(`${report}?by=skill,council&on=2026-02-01`);
    const [cell] = cells;
    expect((await asked(totals[0].href)).items).to.have.length(totals[0].persons);
    const trend = await asked(`${report}?by=month,skill&since=2026-01-01&on=2026-02-01`);
    for (const { href, persons } of [...trend.cells, ...trend.totals]) {
      expect((await asked(href)).items, href).to.have.length(persons);
    }
    expect(cell.key).to.deep.equal([DATA, society.council]);
    const { items } = await asked(cell.href);
    expect(items).to.have.length(1);
    const [one] = items;
    expect(one).to.include({ member: society.people.member, counted: true });
    expect(one.placed).to.deep.equal([
      {
        council: society.council,
        name: 'Netherby Council',
        region: 'none',
        type: 'district',
        grade: 'full',
        people: 1,
      },
    ]);
    const [{ credits, level, current }] = one.skills;
    expect([level, current]).to.deep.equal(['expert', false]);
    expect(credits[0]).to.include({ verdict: 'counts-as-stale', observedOn: '2024-02-01' });
    const { items: facts } = await asked(`/v1/facts?since=${credits[0].fact.index}&limit=1`);
    const [fact] = facts;
    expect([fact.id, fact.data.creditId]).to.deep.equal([credits[0].fact.id, credit]);
    for (const path of [cell.href, `${report}?by=skill`, `${report}.csv?by=skill`]) {
      expect((await society.clients.analyst.get(path)).status, path).to.equal(403);
    }
  });
});
