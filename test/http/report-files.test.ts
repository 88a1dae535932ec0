import { expect } from 'chai';
import { readOds } from 'hucre/ods';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const ODS = 'application/vnd.oasis.opendocument.spreadsheet';
const ABOUT = 'application/vnd.skills-ledger.about+json';
const LAW = v4();

describe('reports as files over HTTP', () => {
  let society: TestSociety;
  let profile: string;
  let framework: string;
  let release: string;
  before(async () => {
    society = await startSociety(tempDir());
    const { admin } = society.clients;
    const levels = [{ code: 'aware', name: 'Aware' }];
    const skills = [{ skill: LAW, name: 'Law' }];
    const published = { version: 1, name: 'Invented skills', levels, skills };
    framework = (await made(admin.post('/v1/frameworks', published))).ids.framework;
    const inVersion = { id: framework, version: 1 };
    const way = { framework: inVersion, skill: LAW, level: 'aware', people: 1 };
    const needs = [{ need: 'law', name: 'Knows the law', anyOf: [way] }];
    profile = (await made(admin.post('/v1/profiles', { version: 1, name: 'Lawful', needs }))).ids
      .profile;
    const { member } = society.people;
    const post = { organisation: society.council, from: '2024-01-01' };
    await made(admin.post(`/v1/members/${member}/employments`, post));
    const seen = { framework: inVersion, skill: LAW, level: 'aware', source: 'peer' };
    await made(admin.post(`/v1/members/${member}/skills`, { ...seen, observedOn: '2026-01-05' }));
    const figures = { minimumMembers: 2, minimumCell: 2, roundingBase: 2, smallBase: 0 };
    const named = { ...figures, version: 1, name: 'Public tables' };
    release = (await made(admin.post('/v1/releases', named))).ids.release;
    const asked = { on: '2026-02-01', standing: 'final' };
    const tables = `/v1/releases/${release}/tables`;
    await made(admin.post(tables, { report: 'capability', framework, ...asked }));
    await made(admin.post(tables, { report: 'coverage', profile, ...asked }));
  });
  after(() => society.close());

  /** What somebody is told a report is. */
  async function about(path: string, who: 'admin' | 'analyst' = 'admin') {
    return JSON.parse(await (await sent(path, ABOUT, who)).text());
  }

  /** What somebody is sent who asks for a media type. */
  async function sent(path: string, accept: string, who: 'admin' | 'analyst' = 'admin') {
    const headers = { Authorization: `Bearer ${await society.token(who)}`, Accept: accept };
    const answer = await fetch(society.url + path, { headers });
    expect(answer.status, path).to.equal(200);
    return answer;
  }

  async function sheetsOf(path: string, who: 'admin' | 'analyst' = 'admin') {
    const answer = await sent(path, ODS, who);
    expect(answer.headers.get('content-type')).to.equal(ODS);
    return (await readOds(new Uint8Array(await answer.arrayBuffer()))).sheets;
  }

  const exact = () => [
    '/v1/reports/capability?by=skill,council&on=2026-02-01',
    `/v1/reports/coverage?profile=${profile}&on=2026-02-01`,
    `/v1/reports/standing?scheme=${society.scheme}&on=2026-02-01`,
  ];
  const given = [
    '/v1/reports/capability/released?by=level,region',
    '/v1/reports/coverage/released?by=region',
  ];

  it('are JSON unless asked for, and say on what the answer depends', async () => {
    for (const path of [...exact(), ...given]) {
      for (const accept of ['*/*', 'application/json', 'text/html']) {
        const answer = await sent(path, accept);
        expect(answer.headers.get('content-type'), accept).to.match(/^application\/json/);
        expect(answer.headers.get('vary')).to.match(/\bAccept\b(?!-)/);
      }
    }
  });

  it('are spreadsheets where that is asked for: figures, base, and what they are', async () => {
    const [capability = '', coverage = '', standing = ''] = exact();
    const sheets = await sheetsOf(capability);
    const names = ['capability', 'capability-base', 'about'];
    expect(sheets.map(({ name }) => name)).to.deep.equal(names);
    expect(sheets[0]?.rows[1]?.slice(1, 5)).to.deep.equal([
      'Law',
      society.council,
      'Netherby Council',
      1,
    ]);
    expect((await sheetsOf(coverage)).map(({ name }) => name)).to.deep.equal([
      'coverage',
      'coverage-base',
      'about',
    ]);
    const [members, grades] = await sheetsOf(standing);
    expect([members?.name, members?.rows.length]).to.deep.equal(['standing', 4]);
    expect(grades?.rows[1]).to.deep.equal(['all', 3, 0, 0, 60]);
  });

  it('are the same figures as CSV, which leads to what they are', async () => {
    const [path = ''] = exact();
    const answer = await sent(path, 'text/csv');
    expect(answer.headers.get('content-disposition')).to.match(/''capability\.csv$/);
    const text = await answer.text();
    expect(text.split('\n')[1]).to.match(new RegExp(`^${LAW},Law,${society.council},Netherby`));
    const named = await sent(path.replace('?', '.csv?'), '*/*');
    expect(await named.text()).to.equal(text);
    for (const of of [answer, named]) {
      const link = `<${path}>; rel="describedby"; type="${ABOUT}"`;
      expect(of.headers.get('link')).to.equal(link);
    }
  });

  it('say of figures as counted that they are not to be given out', async () => {
    for (const path of exact()) {
      const said = await about(path);
      expect(said).to.include({ forPublication: false, standing: 'provisional' });
      expect(said.disclosure).to.match(/^none: .* not to be given out$/);
    }
  });

  it('say of what was given out by which profile it passed, to whoever is signed in', async () => {
    for (const path of given) {
      const whole = await about(path, 'analyst');
      expect(whole).to.include({ forPublication: true, standing: 'final', on: '2026-02-01' });
      expect(whole.disclosure).to.deep.include({
        release,
        profile: { version: 1, name: 'Public tables' },
      });
      const json = (await society.clients.analyst.get(path)).body;
      expect(whole.disclosure.table).to.equal(json.table);
      const [figures, said] = await sheetsOf(path, 'analyst');
      expect(said?.rows).to.deep.include(['forPublication', 'true']);
      const csv = await (await sent(path, 'text/csv', 'analyst')).text();
      expect(csv.trimEnd().split('\n')).to.have.length(figures?.rows.length ?? 0);
    }
  });

  it('hold of what was given out no figure that was withheld', async () => {
    const [first = '', second = ''] = given;
    const capability = await (await sent(first, 'text/csv', 'analyst')).text();
    const rows = capability.trimEnd().split('\n').slice(1);
    // One person has it: nothing of theirs has a figure of its own.
    const said = rows.map((row) => row.split(',').slice(4, 6).join());
    expect(said).to.deep.equal(rows.map(() => 'sum,0'));
    const coverage = await (await sent(second, 'text/csv', 'analyst')).text();
    expect(coverage).to.match(/^\uFEFF?region,councils,met,partly,not met,not known,within,/);
    expect(coverage).to.match(/^all,1,0,0,0,0,\d+,/m);
  });

  it('do not leave by another form for who may not see them', async () => {
    for (const path of exact()) {
      for (const Accept of [ODS, 'text/csv', ABOUT]) {
        expect((await society.clients.analyst.get(path, { Accept })).status).to.equal(403);
      }
    }
  });
});
