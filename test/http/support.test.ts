import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { DATA, helpingSociety, LAW } from '../support/helping.ts';
import { made } from '../support/society.ts';

describe('the report of support over HTTP', () => {
  let helping: Awaited<ReturnType<typeof helpingSociety>>;
  before(async () => {
    helping = await helpingSociety();
  });
  after(() => helping.society.close());

  it('looks in the region of the body, then in those that border on it, and in no other', async () => {
    const { working, asked, data, people } = helping;
    expect((await asked()).regions).to.deep.equal([
      { region: 'north', near: 'same' },
      { region: 'south', near: 'neighbouring' },
    ]);
    const before = (await asked()).asOf;
    expect(people(await data())).to.deep.equal([0, 0]);
    await working('Near', 'next');
    await working('Beside', 'beside');
    await working('Far', 'far');
    expect(people(await data())).to.deep.equal([1, 1]);
    expect(people(await data(`&asOf=${before}`))).to.deep.equal([0, 0]);
    const { needs, regions } = await asked('', 'admin', 'far');
    expect(regions).to.deep.equal([{ region: 'west', near: 'same' }]);
    expect(needs.map(({ need }) => need)).to.deep.equal(['law']);
  });

  it('counts nobody whose skill is too low, went stale or is not yet there, and nobody of the body itself', async () => {
    const { working, data, people } = helping;
    const before = people(await data());
    await working('Aware', 'next', { level: 'aware' });
    await working('Long Ago', 'next', { observedOn: '2025-01-31' });
    await working('Run Out', 'next', { validUntil: '2026-01-31' });
    await working('Later', 'next', { observedOn: '2026-02-02' });
    await working('At Home', 'home', { level: 'aware' });
    expect(people(await data())).to.deep.equal(before);
    await working('In Time', 'next', { observedOn: '2025-02-02' });
    expect(people(await data())).to.deep.equal([(before[0] ?? 0) + 1, before[1]]);
  });

  it('says gaps alone: what is met is none, and what is not known is one that says so', async () => {
    const { asked } = helping;
    const { needs } = await asked();
    expect(needs.map(({ need, state }) => [need, state])).to.deep.equal([['data', 'not-met']]);
    const beside = await asked('', 'admin', 'beside');
    expect(beside.needs.map(({ need, state }) => [need, state])).to.deep.equal([
      ['law', 'not-known'],
    ]);
  });

  it('names bodies nearby that meet the need', async () => {
    const { bodies, asked, data } = helping;
    const { partners } = await data();
    expect(partners.map(({ council }) => council)).to.deep.equal([
      bodies['next'],
      bodies['beside'],
    ]);
    const [law] = (await asked('', 'admin', 'beside')).needs;
    expect(law?.partners.map(({ council }) => council)).to.deep.equal([bodies['home']]);
  });

  it('takes who is at the body as well as elsewhere for no help from elsewhere', async () => {
    const { society, bodies, framework, working } = helping;
    const { admin } = society.clients;
    const way = { framework, skill: LAW, level: 'expert', people: 3 };
    const needs = [{ need: 'law', name: 'Knows the law', anyOf: [way] }];
    const { ids } = await made(admin.post('/v1/profiles', { version: 1, name: 'Law', needs }));
    const both = await working('At Both', 'home', { skill: LAW });
    const lawyers = async () => {
      const { position } = await society.ledger.store.head();
      const path = `/v1/reports/support?council=${bodies['home']}&profile=${ids.profile}&on=2026-02-01`;
      const headers = { 'Ledger-At-Least': position ?? '', 'Access-Reason': 'support' };
      const [way] = (await society.clients.admin.get(path, headers)).body.needs[0].ways;
      return [way.enough, way.helpers[0].people];
    };
    expect(await lawyers()).to.deep.equal([2, 0]);
    await working('Near', 'next', { skill: LAW });
    const post = { organisation: bodies['next'], from: '2024-01-01' };
    await made(admin.post(`/v1/members/${both}/employments`, post));
    expect(await lawyers()).to.deep.equal([2, 1]);
    // The link leads to all in the region who have it, each once: two are at the body itself.
    const path = `/v1/reports/support?council=${bodies['home']}&profile=${ids.profile}&on=2026-02-01`;
    const [found] = (await admin.get(path, { 'Access-Reason': 'support' })).body.needs[0].ways;
    const near = (await admin.get(found.helpers[0].href)).body.items;
    expect(near.map(({ stands }: { stands: string }) => stands)).to.deep.equal(
      Array(3).fill('enough'),
    );
    expect((await admin.get(found.href)).body.items).to.have.length(2);
  });

  it('names what is on offer and builds it, with the runs that come and what it earns, until it is off the list', async () => {
    const { society, framework, asked, data } = helping;
    const { admin } = society.clients;
    const list = async (skill: string, level: string) => {
      const skills = [{ framework, skill, level }];
      const entry = { title: 'A course', kind: 'course', minutes: 90, skills };
      return (await made(admin.post('/v1/catalogue', entry))).ids.catalogue;
    };
    const entry = await list(DATA, 'expert');
    await list(DATA, 'aware');
    await list(LAW, 'expert');
    const run = async (from: string) =>
      (await made(admin.post('/v1/sessions', { entry, from }))).ids.session;
    await run('2026-01-31');
    const off = await run('2026-04-01');
    const coming = await run('2026-05-01');
    await made(admin.post(`/v1/sessions/${off}/cancellations`, {}));
    const { entries } = (await data()).ways[0];
    expect(entries.map((one) => one.entry)).to.deep.equal([entry]);
    expect(entries[0]?.sessions.map(({ session }) => session)).to.deep.equal([coming]);
    expect(entries[0]?.earns.map(({ category, points }) => [category, points])).to.deep.equal([
      ['training', 150],
    ]);
    const { asOf } = await asked();
    await made(admin.post(`/v1/catalogue/${entry}/delistings`, {}));
    expect((await data()).ways[0].entries).to.deep.equal([]);
    expect((await data(`&asOf=${asOf}`)).ways[0].entries).to.have.length(1);
  });
});
