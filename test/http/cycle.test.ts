import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { canonical } from '../../src/proofs/jcs.ts';
import { coreOf } from '../../src/scheme/statement-core.ts';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('closing a cycle over HTTP', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());

  const today = new Date().toISOString().slice(0, 10);
  const position = async () => (await society.ledger.store.head()).position ?? '';
  const count = async (): Promise<number> => (await society.ledger.store.head()).count;
  const of = (member: string): string => `/v1/members/${member}`;

  /** States of the outcomes of a cycle by member. */
  async function outcomes(cycle: string, more = '') {
    const path = `/v1/schemes/${society.scheme}/outcomes?cycle=${cycle}${more}`;
    const least = { 'Ledger-At-Least': await position() };
    const { status, body } = await society.clients.admin.get(path, least);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.items as {
      member: string;
      state: string;
      outcome: string;
      digest: string;
      determined?: { digest: string; index: number; on: string };
    }[];
  }
  async function close(cycle: string, more: object = {}) {
    await outcomes(cycle);
    const path = `/v1/schemes/${society.scheme}/closings`;
    const { status, body } = await society.clients.admin.post(path, { cycle, ...more });
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  }
  /** Claims a course of that year and has it approved. */
  async function learned(member: 'member' | 'other', year: string): Promise<void> {
    const claims = `${of(society.people[member])}/claims`;
    const line = { ...course.lines[0], from: `${year}-01-12`, until: `${year}-01-13` };
    const { ids } = await made(society.clients[member].post(claims, { lines: [line] }));
    const claim = `${claims}/${ids.claim}`;
    const { lineId } = (await society.clients[member].get(claim)).body.lines[0].line;
    await made(
      society.clients.assessor.post(`${claim}/approvals`, { lines: [{ lineId: lineId }] }),
    );
  }

  it('weighs no year that is far ahead: a question about one would keep all others waiting', async () => {
    const { clients, people, scheme } = society;
    const statement = `${of(people.member)}/statement`;
    for (const asked of ['cycle=9999', 'cycle=2200-01-01', 'on=9999-12-31']) {
      for (const path of [
        `${statement}?${asked}`,
        `/v1/reports/standing?scheme=${scheme}&${asked}`,
      ]) {
        const { status, body } = await clients.admin.get(path);
        expect([status, body.code], path).to.deep.equal([400, 'input-wrong']);
      }
    }
    expect((await clients.admin.get(`${statement}?on=2199-12-31`)).status).to.equal(200);
  });

  it('shows before what each member came to, and leaves a running cycle alone', async () => {
    const found = await outcomes('2024');
    expect(found.map(({ state, outcome }) => [state, outcome])).to.deep.equal(
      Array.from({ length: 3 }, () => ['open', 'short']),
    );
    const year = today.slice(0, 4);
    expect(new Set((await outcomes(year)).map(({ state }) => state))).to.deep.equal(
      new Set(['running']),
    );
    const before = await count();
    expect(await close(year)).to.include({ determined: 0, already: 0 });
    expect(await count()).to.equal(before);
  });

  it('records a fact for each, some at a time, and a second time nothing', async () => {
    const first = await close('2024', { limit: 2 });
    expect([first.determined, typeof first.next]).to.deep.equal([2, 'string']);
    const second = await close('2024', { limit: 2, cursor: first.next });
    expect([second.determined, second.next]).to.deep.equal([1, undefined]);
    const before = await count();
    expect(await close('2024')).to.include({ determined: 0, already: 0 });
    // As if the process had been stopped: the same page is asked for again.
    expect(await close('2024', { limit: 2, cursor: first.next })).to.include({ determined: 0 });
    expect(await count()).to.equal(before);
    for (const { state, determined } of await outcomes('2024')) {
      expect([state, determined?.on]).to.deep.equal(['stands', today]);
      expect(determined?.index).to.be.lessThan(before);
    }
  });

  it('holds the digest of the statement of that day, as of the index that it names', async () => {
    const { member } = society.people;
    const [mine] = (await outcomes('2024')).filter((outcome) => outcome.member === member);
    const history = (await society.clients.admin.get(`${of(member)}/history`)).body.facts;
    const { data } = history.find(({ type }: { type: string }) => type === 'CycleDetermined');
    expect(data).to.deep.equal({
      scheme: society.scheme,
      cycle: '2024',
      outcome: 'short',
      digest: mine?.determined?.digest,
      index: mine?.determined?.index,
    });
    const query = `scheme=${society.scheme}&cycle=2024&on=${today}&asOf=${data.index}`;
    const { statement } = (await society.clients.admin.get(`${of(member)}/statement?${query}`))
      .body;
    expect(
      createHash('sha256')
        .update(canonical(coreOf(statement)))
        .digest('hex'),
    ).to.equal(data.digest);
  });

  it('lists what was changed since: noted where the rulebook says no more', async () => {
    await learned('member', '2024');
    const changed = await outcomes('2024', '&state=noted');
    expect(changed.map(({ member }) => member)).to.deep.equal([society.people.member]);
    const before = await count();
    expect(await close('2024')).to.include({ determined: 0 });
    expect(await count()).to.equal(before);
  });

  it('takes one member alone, once: again there is nothing to determine', async () => {
    const path = `${of(society.people.other)}/determinations`;
    const body = { scheme: society.scheme, cycle: '2025' };
    await made(society.clients.admin.post(path, body));
    const again = await society.clients.admin.post(path, body);
    expect([again.status, again.body.code]).to.deep.equal([409, 'cycle-determined']);
    const running = await society.clients.admin.post(path, { ...body, cycle: today.slice(0, 4) });
    expect([running.status, running.body.code]).to.deep.equal([409, 'cycle-running']);
    const never = await society.clients.admin.post(path, { ...body, cycle: '1999' });
    expect(never.status).to.equal(404);
  });

  it('gives a merge file with names opened, for which a reason is asked and kept', async () => {
    const path = `/v1/schemes/${society.scheme}/letters?cycle=2024&outcome=short`;
    const without = await society.clients.admin.get(path);
    expect([without.status, without.body.code]).to.deep.equal([403, 'access-reason-missing']);
    const { status, body } = await society.clients.admin.get(path, { 'Access-Reason': 'support' });
    expect(status).to.equal(200);
    const lines = body.trimEnd().split('\n');
    expect(lines[0]).to.match(/^name,number,grade,organisation,cycle,target,counted,outcome,/);
    expect(lines).to.have.length(4);
    expect(lines).to.include(
      'Canary Name member,CANARY-member,full,,2024,20.00,3.00,short,17.00,2024-12-31,,,',
    );
  });

  it('gives a page for each member whose cycle was determined: as it was then, and of no other', async () => {
    const { member } = society.people;
    const path = `${of(member)}/certificate?scheme=${society.scheme}`;
    const page = await society.clients.member.get(`${path}&cycle=2024`);
    expect([page.status, page.headers.get('content-type')]).to.deep.equal([
      200,
      'text/html; charset=utf-8',
    ]);
    for (const part of ['Canary Name member', 'CANARY-member', 'not met', '20.00', '<td>0.00</td>'])
      expect(page.body).to.contain(part);
    expect(page.headers.get('content-security-policy')).to.match(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(page.headers.get('cache-control')).to.equal('no-store');
    const none = await society.clients.member.get(`${path}&cycle=2025`);
    expect(none.status).to.equal(404);
  });

  it('reopens what a correction changed where the rulebook says so, and determines it anew', async () => {
    const rulebooks = `/v1/schemes/${society.scheme}/rulebooks`;
    const [first] = (await society.clients.admin.get(rulebooks)).body.items;
    const rulebook = { ...first.rulebook, afterClosing: 'reopens' };
    const scheme = (
      await made(
        society.clients.admin.post('/v1/schemes', {
          version: 1,
          effectiveFrom: '2020-01-01',
          rulebook,
        }),
      )
    ).ids.scheme;
    society.scheme = scheme;
    const { assessor, other } = society.people;
    const appointed = { person: assessor, from: '2020-01-01' };
    await made(society.clients.admin.post(`/v1/schemes/${scheme}/appointments`, appointed));
    const joined = { scheme, on: '2024-01-01' };
    await made(society.clients.admin.post(`${of(other)}/schemes`, joined));
    expect((await close('2025')).determined).to.equal(1);
    await learned('other', '2025');
    expect((await outcomes('2025')).map(({ state }) => state)).to.deep.equal(['reopened']);
    expect((await close('2025')).determined).to.equal(1);
    expect((await outcomes('2025')).map(({ state }) => state)).to.deep.equal(['stands']);
  });
});
