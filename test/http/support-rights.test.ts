import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { helpingSociety, ON } from '../support/helping.ts';
import { made } from '../support/society.ts';

describe('who is named and told what in the report of support', () => {
  let helping: Awaited<ReturnType<typeof helpingSociety>>;
  before(async () => {
    helping = await helpingSociety();
  });
  after(() => helping.society.close());

  it('names whoever shares their contact with the body, until they withdraw it, as of whatever index', async () => {
    const { bodies, working, asked, data, people, named, signedIn } = helping;
    const member = await working('Canary Helpful', 'beside');
    const client = await signedIn(member);
    expect(named(await data())).to.deep.equal([]);
    const sharings = `/v1/members/${member}/sharings`;
    const share = async (what: string, id: string | undefined) =>
      (await made(client.post(sharings, { to: { kind: 'organisation', id }, what }))).ids.sharing;
    await share('skills', bodies['home']);
    await share('contact', bodies['far']);
    expect(named(await data())).to.deep.equal([]);
    const sharing = await share('contact', bodies['home']);
    const need = await data();
    expect(named(need)).to.deep.equal(['Canary Helpful']);
    const [found] = need.ways[0].helpers[1]?.persons ?? [];
    expect(found).to.deep.include({ person: member });
    expect(found?.at.map(({ council }) => council)).to.deep.equal([bodies['beside']]);
    const then = (await asked()).asOf;
    await made(client.post(`${sharings}/${sharing}/endings`, {}));
    expect(named(await data())).to.deep.equal([]);
    expect(named(await data(`&asOf=${then}`))).to.deep.equal([]);
    expect(people(await data())).to.deep.equal(people(need));
  });

  it('names to one who asks who shares with them, and to an analyst nobody who shares with the body', async () => {
    const { society, bodies, working, data, named, signedIn } = helping;
    const member = await working('Canary Trusting', 'beside');
    const client = await signedIn(member);
    const share = async (kind: string, id: string | undefined) =>
      made(client.post(`/v1/members/${member}/sharings`, { to: { kind, id }, what: 'contact' }));
    await share('organisation', bodies['home']);
    expect(named(await data())).to.deep.equal(['Canary Trusting']);
    expect(named(await data('', 'analyst'))).to.deep.equal([]);
    await share('person', society.people.analyst);
    expect(named(await data('', 'analyst'))).to.deep.equal(['Canary Trusting']);
  });

  it('tells who speaks for the body how it stands, and no exact figure of others; whoever speaks for another, nothing', async () => {
    const { working, society, bodies, profile, asked, data } = helping;
    await working('At Home', 'home', { level: 'aware' });
    const { admin, contact } = society.clients;
    const scope = { role: 'organisation-contact', organisation: bodies['home'] };
    const path = `/v1/reports/support?council=${bodies['home']}&profile=${profile}`;
    const headers = { 'Access-Reason': 'support' };
    expect((await contact.get(path, headers)).status).to.equal(403);
    await made(admin.post(`/v1/persons/${society.people.contact}/grants`, scope));
    const ofContact = await data('', 'contact');
    expect(ofContact.state).to.equal('not-met');
    const ofAnalyst = await asked('', 'analyst');
    expect(ofAnalyst.needs.map(({ need, state }) => [need, state])).to.deep.equal([
      ['data', undefined],
      ['law', undefined],
    ]);
    for (const { ways, partners } of [ofContact, ...ofAnalyst.needs]) {
      expect(partners).to.deep.equal([]);
      expect(ways[0].helpers.every((one) => one.people === undefined)).to.equal(true);
    }
    expect(ofAnalyst.needs[0]?.ways[0].enough).to.equal(undefined);
    expect((await society.clients.member.get(path, headers)).status).to.equal(403);
  });

  it('tells them what was given out of the regions, once it was', async () => {
    const { society, framework, data } = helping;
    const { admin } = society.clients;
    expect((await data('', 'analyst')).ways[0].helpers[0]?.about).to.equal(undefined);
    const figures = { minimumMembers: 5, minimumCell: 5, roundingBase: 5, smallBase: 20 };
    const named = { version: 1, name: 'Tables', level: 'region', ...figures };
    const release = (await made(admin.post('/v1/releases', named))).ids.release;
    const table = {
      report: 'capability',
      framework: framework.id,
      standing: 'provisional',
      on: ON,
    };
    await made(admin.post(`/v1/releases/${release}/tables`, table));
    const [home] = (await data('', 'analyst')).ways[0].helpers;
    expect(home?.about).to.deep.equal({ least: 0, most: 5 });
    expect(home?.people).to.equal(undefined);
  });

  it('asks why names are opened, and knows no body or profile that there is not', async () => {
    const { society, bodies, profile } = helping;
    const { admin } = society.clients;
    const path = (council: string, of: string) =>
      `/v1/reports/support?council=${council}&profile=${of}`;
    const without = await admin.get(path(bodies['home'] ?? '', profile));
    expect(without.body.code).to.equal('access-reason-missing');
    for (const wrong of [path(v4(), profile), path(bodies['home'] ?? '', v4())]) {
      const { status, body } = await admin.get(wrong, { 'Access-Reason': 'support' });
      expect([status, body.code]).to.deep.equal([404, 'not-found']);
    }
  });
});
