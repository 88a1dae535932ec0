import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const SKILL = v4();

describe('what a society says of capability', () => {
  let society: TestSociety;
  let framework: { id: string; version: number };
  before(async () => {
    society = await startSociety(tempDir());
    const { ids } = await made(
      society.clients.admin.post('/v1/frameworks', {
        version: 1,
        name: 'Invented skills',
        levels: [{ code: 'expert', name: 'Expert' }],
        staleAfterMonths: 24,
        skills: [{ skill: SKILL, name: 'Data' }],
      }),
    );
    framework = { id: ids.framework, version: 1 };
  });
  after(() => society.close());

  /** What a register shows of a thing as of its last fact. */
  async function shown(path: string, answer: { position?: string; headers?: Headers }) {
    const at = answer.headers?.get('ledger-position') ?? '';
    const { body } = await society.clients.member.get(path, { 'Ledger-At-Least': at });
    return body.data;
  }

  it('shows profiles and frameworks as last published: what is said no longer is gone', async () => {
    const { admin } = society.clients;
    const way = { framework, skill: SKILL, level: 'expert', people: 2 };
    const needs = [{ need: 'data', name: 'Doubts figures', anyOf: [way] }];
    const first = { version: 1, name: 'Figures', needs, types: ['district'] };
    const { ids } = await made(admin.post('/v1/profiles', first));
    const path = `/v1/profiles/${ids.profile}`;
    const { types: _, ...everywhere } = { ...first, version: 2 };
    expect(await shown(path, await admin.post(`${path}/versions`, everywhere))).to.deep.equal(
      everywhere,
    );
    const at = `/v1/frameworks/${framework.id}`;
    const skills = [{ skill: SKILL, name: 'Data, renamed' }];
    const next = { version: 2, name: 'Invented skills', levels: [], skills };
    const answer = await admin.post(`${at}/versions`, {
      ...next,
      mapped: { skills: [], levels: [{ level: 'expert', to: 'held' }] },
    });
    expect(await shown(at, answer)).to.deep.equal({ ...next, parts: 1 });
    // A list of frameworks does not name hundreds of skills.
    const { skills: _skills, ...brief } = next;
    const [listed] = (await society.clients.member.get('/v1/frameworks')).body.items;
    expect(listed.data).to.deep.equal({ ...brief, parts: 1, skillCount: 1 });
  });

  it('lets a contact declare for their council, take it back, and see what was declared', async () => {
    const { contact } = society.clients;
    const path = `/v1/organisations/${society.council}/capabilities`;
    const body = { framework, skill: SKILL, level: 'expert', headcount: 2, of: 40 };
    const said = { ...body, asOf: '2026-01-31' };
    const { ids } = await made(contact.post(path, said));
    const { declaration } = ids;
    const by = society.people.contact;
    const declared = { declaration, ...said, by };
    expect((await contact.get(path)).body).to.deep.equal({ items: [declared] });
    await made(contact.post(`${path}/${declaration}/withdrawals`, { until: '2026-02-01' }));
    const { items } = (await society.clients.auditor.get(path)).body;
    expect(items).to.deep.equal([{ ...declared, until: '2026-02-01' }]);
  });

  it('refuses what the framework does not have with 422, and says what it has', async () => {
    const { member } = society.clients;
    const at = `/v1/members/${society.people.member}`;
    const seen = { framework, skill: SKILL, source: 'self', observedOn: '2026-01-31' };
    const wrong = await member.post(`${at}/skills`, { ...seen, level: 'wizard' });
    expect([wrong.status, wrong.body.code]).to.deep.equal([422, 'level-wrong']);
    expect(wrong.body.detail).to.equal('the levels of “Data” are expert, not wizard');
    const { ids } = await made(member.post(`${at}/skills`, { ...seen, level: 'expert' }));
    const { skills } = (await member.get(at)).body;
    expect(skills).to.deep.equal([{ credit: ids.credit, ...seen, level: 'expert' }]);
  });

  it('refuses a framework that no append holds, and says how large it is', async () => {
    const levels = Array.from({ length: 8 }, (_, n) => ({ code: `l${n}`, name: `L${n}` }));
    const described = levels.map(({ code }) => ({ level: code, text: 'x'.repeat(4_000) }));
    const skills = Array.from({ length: 40 }, (_, n) => ({ name: `S${n}`, levels: described }));
    const body = { version: 1, name: 'Long', levels, skills };
    const { status, body: problem } = await society.clients.admin.post('/v1/frameworks', body);
    expect([status, problem.code]).to.deep.equal([413, 'body-too-large']);
    expect(problem.detail).to.match(/^\d+ bytes in one append, at most 1000000$/);
  });
});
