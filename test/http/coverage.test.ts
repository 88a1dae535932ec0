import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const DATA = v4();

describe('the report of coverage over HTTP', () => {
  let society: TestSociety;
  let profile: string;
  let silent: string;
  let report: string;
  before(async () => {
    society = await startSociety(tempDir());
    const { admin, contact } = society.clients;
    const named = { name: '+Silent Council', type: 'district', from: '2000-01-01' };
    silent = (await made(admin.post('/v1/organisations', named))).ids.organisation;
    await made(admin.post('/v1/organisations', { ...named, name: 'A Partner', type: 'partner' }));
    const { ids } = await made(
      admin.post('/v1/frameworks', {
        version: 1,
        name: 'Invented skills',
        levels: ['aware', 'expert'].map((code) => ({ code, name: code })),
        skills: [{ skill: DATA, name: 'Data' }],
      }),
    );
    const framework = { id: ids.framework, version: 1 };
    const way = { framework, skill: DATA, level: 'expert', people: 1, currentMonths: 12 };
    const needs = [{ need: 'data', name: 'Doubts figures', anyOf: [way] }];
    const published = { version: 1, name: 'Figures', needs, types: ['district'] };
    profile = (await made(admin.post('/v1/profiles', published))).ids.profile;
    report = `/v1/reports/coverage?profile=${profile}`;
    const at = `/v1/members/${society.people.member}`;
    await made(
      admin.post(`${at}/employments`, { organisation: society.council, from: '2024-01-01' }),
    );
    const seen = { framework, skill: DATA, level: 'aware', source: 'peer' };
    await made(admin.post(`${at}/skills`, { ...seen, observedOn: '2025-12-01' }));
    const declared = { framework, skill: DATA, level: 'expert', headcount: 3, of: 40 };
    await made(
      contact.post(`/v1/organisations/${society.council}/capabilities`, {
        ...declared,
        asOf: '2026-01-01',
      }),
    );
  });
  after(() => society.close());

  async function asked(path: string) {
    const { position } = await society.ledger.store.head();
    const answer = await society.clients.admin.get(path, { 'Ledger-At-Least': position ?? '' });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return answer.body;
  }

  it('says who lacks what, and of whom nothing is known, with the share over the known', async () => {
    const body = await asked(`${report}&on=2026-02-01&by=type`);
    expect(body.all).to.deep.equal({
      councils: 2,
      met: 0,
      partly: 0,
      notMet: 1,
      notKnown: 1,
      known: 1,
      lacking: 1,
      share: 1,
    });
    expect(body.types).to.deep.equal(['district']);
    const { href, ...districts } = body.sums[0];
    expect(districts).to.deep.equal({ key: ['district'], ...body.all });
    expect((await asked(href)).items).to.deep.equal(body.items);
    const states = body.items.map(({ council, state, members }: Record<string, unknown>) => [
      council,
      state,
      members,
    ]);
    expect(states).to.deep.equal([
      [silent, 'not-known', 0],
      [society.council, 'not-met', 1],
    ]);
  });

  it('shows apart what a body declares, which counts for nothing, and who is behind each figure', async () => {
    const { items } = await asked(`${report}&on=2026-02-01&council=${society.council}`);
    const [need] = items[0].needs;
    expect(need.declared).to.have.length(1);
    expect(need.declared[0]).to.include({ headcount: 3, of: 40, level: 'expert' });
    expect(need.ways[0]).to.include({ wanted: 1, enough: 0, missing: 1, known: 1 });
    const { items: members, way, ...behind } = await asked(need.ways[0].href);
    expect(behind.need).to.deep.equal({ need: 'data', name: 'Doubts figures' });
    expect(way).to.include({ skill: DATA, level: 'expert', wanted: 1 });
    expect(members[0]).to.include({ member: society.people.member, stands: 'known' });
    expect(members[0].placed[0]).to.include({ name: 'Netherby Council', people: 1 });
    expect(members[0].skills[0].credits[0]).to.include({ verdict: 'counts', level: 'aware' });
    expect((await society.clients.analyst.get(`${report}&on=2026-02-01`)).status).to.equal(403);
  });

  it('knows nothing any more of what was observed too long ago, and not yet of what came later', async () => {
    const stateOn = async (on: string, more = '') =>
      (await asked(`${report}&on=${on}&council=${society.council}${more}`)).items[0].state;
    expect(await stateOn('2026-11-30')).to.equal('not-met');
    expect(await stateOn('2026-12-01')).to.equal('not-known');
    expect(await stateOn('2025-11-30')).to.equal('not-known');
    expect(await stateOn('2026-02-01', '&source=self')).to.equal('not-known');
  });

  it('asks other types of body where they are named, comes in pages and whole as CSV', async () => {
    const { items } = await asked(`${report}&on=2026-02-01&type=partner`);
    expect(items.map(({ type }: { type: string }) => type)).to.deep.equal(['partner']);
    const first = await asked(`${report}&on=2026-02-01&limit=1`);
    const second = await asked(`${report}&on=2026-02-01&limit=1&cursor=${first.next}`);
    expect([first.items[0].council, second.items[0].council, second.next]).to.deep.equal([
      silent,
      society.council,
      undefined,
    ]);
    const csv = `/v1/reports/coverage.csv?profile=${profile}&on=2026-02-01`;
    const lines = String((await society.clients.admin.get(csv)).body)
      .trimEnd()
      .split('\n');
    expect(lines).to.have.length(3);
    expect(lines[1]).to.match(new RegExp(`^${silent},'\\+Silent Council,district,`));
  });

  it('is not found for a profile, a need or a way that there is not', async () => {
    const { admin } = society.clients;
    const cell = `/v1/reports/coverage/cell?profile=${profile}`;
    for (const path of [`${cell}&need=law`, `${cell}&need=data&way=1`]) {
      const { status, body } = await admin.get(path);
      expect([status, body.code]).to.deep.equal([404, 'profile-unknown']);
    }
    for (const query of [`profile=${v4()}`, `profile=${profile}&version=2`]) {
      const { status, body } = await admin.get(`/v1/reports/coverage?${query}`);
      expect([status, body.code]).to.deep.equal([404, 'profile-unknown']);
    }
  });

  it('is given out rounded, by places and never by body, for whoever is signed in', async () => {
    const { admin, analyst } = society.clients;
    const disclosure = { minimumMembers: 2, minimumCell: 2, roundingBase: 1, smallBase: 0 };
    const named = { ...disclosure, version: 1, name: 'Public tables' };
    const { release } = (await made(admin.post('/v1/releases', named))).ids;
    const path = '/v1/reports/coverage/released';
    expect((await analyst.get(path)).status).to.equal(404);
    const districts = ['Q', 'R', 'S', 'T', 'U', 'V'].map((name) => ({
      name,
      type: 'district',
      from: '2000-01-01',
    }));
    for (const body of districts) await made(admin.post('/v1/organisations', body));
    const body = { report: 'coverage', profile, on: '2026-02-01', standing: 'final' };
    const { ids } = await made(admin.post(`/v1/releases/${release}/tables`, body));
    const { body: seen } = await analyst.get(`${path}?by=type`);
    // Eight: seven of which nothing is known, and one that lacks something.
    const figures = { councils: 8, met: 0, partly: 0, notMet: 0, notKnown: 5, within: 4 };
    expect(seen).to.deep.include({ table: ids.table, profile, standing: 'final', all: figures });
    expect(seen.sums).to.deep.equal([{ key: ['others'], ...figures }]);
    expect((await analyst.get(`${path}?by=nation`)).status).to.equal(400);
    const again = await admin.post(`/v1/releases/${release}/tables`, body);
    expect([again.status, again.body.code]).to.deep.equal([409, 'already-released']);
    const unknown = { ...body, profile: v4() };
    expect((await admin.post(`/v1/releases/${release}/tables`, unknown)).status).to.equal(404);
  });
});
