import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const [DATA, LAW] = [v4(), v4()];
const profile = {
  version: 1,
  name: 'Public tables',
  minimumMembers: 2,
  minimumCell: 2,
  roundingBase: 2,
  smallBase: 4,
};

interface Figure {
  key: string[];
  how: string;
  least: number;
  most: number;
}

describe('a table of capability that is given out', () => {
  let society: TestSociety;
  let framework: { id: string; version: number };
  let release: string;
  let grade: string;
  const members: string[] = [];
  const path = '/v1/reports/capability/released';

  before(async () => {
    society = await startSociety(tempDir());
    const { admin } = society.clients;
    const { ids } = await made(
      admin.post('/v1/frameworks', {
        version: 1,
        name: 'Invented skills',
        levels: ['aware', 'expert'].map((code) => ({ code, name: code.toUpperCase() })),
        skills: [
          { skill: DATA, name: '=Data' },
          { skill: LAW, name: 'Law' },
        ],
      }),
    );
    framework = { id: ids.framework, version: 1 };
    release = (await made(admin.post('/v1/releases', profile))).ids.release;
    grade = 'full';
    for (let n = 0; n < 9; n += 1) members.push(await registered(n));
    for (const member of members.slice(0, 7)) await credited(member, DATA, 'aware');
    await credited(members[7] ?? '', DATA, 'expert');
    await credited(members[0] ?? '', LAW, 'aware');
  });
  after(() => society.close());

  async function registered(n: number): Promise<string> {
    const body = { name: `Canary Name ${n}`, number: `R-${n}`, grade, on: '2024-01-01' };
    const { ids } = await made(society.clients.admin.post('/v1/members', body));
    const post = { organisation: society.council, from: '2024-01-01' };
    await made(society.clients.admin.post(`/v1/members/${ids.member}/employments`, post));
    return ids.member;
  }

  async function credited(member: string, skill: string, level: string): Promise<void> {
    const body = { framework, skill, level, source: 'peer', observedOn: '2026-01-05' };
    await made(society.clients.admin.post(`/v1/members/${member}/skills`, body));
  }

  /** Gives out a table of what there is by now. */
  async function give(more: object = {}, key = v4()) {
    const { admin } = society.clients;
    const body = {
      report: 'capability',
      framework: framework.id,
      standing: 'provisional',
      ...more,
    };
    return admin.post(`/v1/releases/${release}/tables`, body, { 'Idempotency-Key': key });
  }

  async function seen(query: string, who: keyof TestSociety['clients'] = 'analyst') {
    const { status, body } = await society.clients[who].get(`${path}?${query}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  }

  it('is not there before it was given out', async () => {
    const { status } = await society.clients.analyst.get(path);
    expect(status).to.equal(404);
  });

  it('shows what is large enough, and of the rest neither how few nor whether any', async () => {
    const key = v4();
    const { status, body } = await give({}, key);
    expect(status, JSON.stringify(body)).to.equal(201);
    const again = await give({}, key);
    expect([again.status, again.body.repeated, again.body.ids]).to.deep.equal([
      200,
      true,
      body.ids,
    ]);
    const { cells, on, standing, changes } = await seen(`by=level&skill=${DATA}&state=current`);
    expect(standing).to.equal('provisional');
    expect(changes).to.deep.include({ anew: [DATA, LAW], stood: [], why: [] });
    expect(on).to.match(/^\d{4}-/);
    expect(
      cells.map(({ key: [, level], least, most }: Figure) => [level, least, most]),
    ).to.deep.equal([
      ['held', 0, 4],
      ['aware', 6, 9],
      ['expert', 0, 4],
    ]);
    const places = await seen(`by=region,type&skill=${LAW}&state=current&level=aware`);
    expect(
      places.cells.map(({ key, how, least, most }: Figure) => [key, how, least, most]),
    ).to.deep.equal([
      [[LAW, 'none', 'district'], 'few', 0, 2],
      [[LAW, 'none', 'none'], 'few', 0, 2],
    ]);
  });

  it('goes on to stand while fewer moved than may be spoken of, and is anew when more did', async () => {
    const first = await seen('by=level');
    await credited(members[8] ?? '', DATA, 'expert');
    const held = await give();
    expect([held.status, held.body.code]).to.deep.equal([409, 'already-released']);
    const final = await give({ standing: 'final' });
    expect(final.status, JSON.stringify(final.body)).to.equal(201);
    const { changes } = await seen('by=level');
    expect(changes).to.deep.equal({ anew: [], stood: [DATA, LAW], figures: [], why: [] });
    expect((await seen('by=level')).cells).to.deep.equal(first.cells);
    for (const member of members.slice(1, 6)) await credited(member, LAW, 'expert');
    await made(give());
    const { cells, stood, changes: later } = await seen(`by=level&state=current&skill=${LAW}`);
    expect(cells.map(({ key: [, level], least }: Figure) => [level, least])).to.deep.equal([
      ['held', 0],
      ['aware', 0],
      ['expert', 4],
    ]);
    expect(stood).to.deep.equal([]);
    expect(later).to.deep.include({ anew: [LAW], stood: [DATA], why: ['corrected'] });
    expect(later.figures).to.deep.include({
      key: [LAW, 'current', 'expert', 'none', 'district'],
      now: { least: 4, most: 5 },
    });
    expect((await seen('by=level')).stood).to.have.length(1);
  });

  it('is cut by its own dimensions alone, for whoever is signed in, as CSV, too', async () => {
    const { analyst } = society.clients;
    const { status, body } = await analyst.get(`${path}?by=council`);
    expect([status, body.code]).to.deep.equal([400, 'input-wrong']);
    expect((await seen('by=type', 'member')).dimensions).to.deep.equal(['skill', 'type']);
    const csv = String((await analyst.get(`${path}.csv?by=level&state=current`)).body);
    const [heading, , ...lines] = csv.trimEnd().split('\n');
    expect(heading).to.match(/^skill,skill name,level,said,least,most,percent least/);
    expect(lines[0]).to.match(new RegExp(`^${DATA},'=Data,aware,sum,6,9,`));
  });

  it('is given out by one disclosure profile alone, and by none before it is published', async () => {
    const other = (await made(society.clients.admin.post('/v1/releases', profile))).ids.release;
    const body = { report: 'capability', framework: framework.id, standing: 'final' };
    const answer = await society.clients.admin.post(`/v1/releases/${other}/tables`, body);
    expect([answer.status, answer.body.code]).to.deep.equal([409, 'release-wrong']);
    const none = await society.clients.admin.post(`/v1/releases/${v4()}/tables`, body);
    expect([none.status, none.body.code]).to.deep.equal([409, 'release-wrong']);
  });
});
