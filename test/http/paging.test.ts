import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Client } from '../support/server.ts';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('pages by cursor', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());

  /** Every item, page by page; something may happen between two pages. */
  async function everyPage<Item>(
    client: Client,
    path: string,
    limit: number,
    between: () => Promise<unknown> = async () => undefined,
  ): Promise<Item[]> {
    const items: Item[] = [];
    const join = path.includes('?') ? '&' : '?';
    for (let cursor = ''; ; ) {
      const { status, body } = await client.get(`${path}${join}limit=${limit}${cursor}`);
      expect(status).to.equal(200);
      expect(body.items.length).to.be.at.most(limit);
      items.push(...body.items);
      if (body.next === undefined) return items;
      expect(body.items, 'no page but the last is short').to.have.length(limit);
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
      await between();
    }
  }

  async function settled(): Promise<void> {
    const { position } = await society.ledger.store.head();
    const at = { 'Ledger-At-Least': String(position) };
    expect((await society.clients.auditor.get('/v1/balances', at)).status).to.equal(200);
  }

  const enter = async (n: number): Promise<void> => {
    const body = { name: `Body ${n}`, type: 'district', from: '2000-04-01' };
    await made(society.clients.admin.post('/v1/organisations', body));
    await settled();
  };

  it('hold together all items of a register once, also those entered while it is read', async () => {
    const { auditor } = society.clients;
    for (let n = 0; n < 7; n++) await enter(n);
    let more = 100;
    const items = await everyPage<{ id: string }>(auditor, '/v1/organisations', 3, async () => {
      if (more < 103) await enter(more++);
    });
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids)
      .to.have.length(1 + 7 + (more - 100))
      .and.length.above(8);
    const whole = (await auditor.get('/v1/organisations?limit=500')).body.items;
    expect(whole).to.deep.equal(items);
  });

  it('hold the queue together while claims come and go', async () => {
    const { clients, people } = society;
    const claims = `/v1/members/${people.member}/claims`;
    const ids: string[] = [];
    for (let n = 0; n < 9; n++)
      ids.push((await made(clients.member.post(claims, course))).ids.claim);
    await settled();
    const withdrawn: string[] = [];
    const seen = await everyPage<{ claim: string }>(clients.auditor, '/v1/queue', 2, async () => {
      const last = ids.at(-1 - withdrawn.length) ?? '';
      withdrawn.push(last);
      await made(clients.member.post(`${claims}/${last}/withdrawals`));
      await made(clients.member.post(claims, course));
      await settled();
    });
    const claimsSeen = seen.map(({ claim }) => claim);
    expect(new Set(claimsSeen).size, 'nothing twice').to.equal(claimsSeen.length);
    const stayed = ids.filter((id) => !withdrawn.includes(id));
    expect(claimsSeen, 'nothing left out that was there all the time').to.include.members(stayed);
  });

  it('give decisions the newest first, and balances in the order of members', async () => {
    const { clients, people } = society;
    for (const who of ['member', 'other'] as const) {
      const claims = `/v1/members/${people[who]}/claims`;
      for (let n = 0; n < 4; n++) {
        const { ids } = await made(clients[who].post(claims, course));
        const { lines } = (await clients[who].get(`${claims}/${ids.claim}`)).body;
        const decided = { lines: [{ lineId: lines[0].line.lineId }] };
        await made(clients.assessor.post(`${claims}/${ids.claim}/approvals`, decided));
      }
    }
    await settled();
    const path = `/v1/persons/${people.assessor}/decisions`;
    const decisions = await everyPage<{ index: number }>(clients.auditor, path, 3);
    const indexes = decisions.map(({ index }) => index);
    expect(indexes).to.have.length(8);
    expect(indexes).to.deep.equal([...indexes].sort((a, b) => b - a));
    const balances = await everyPage<{ member: string }>(clients.auditor, '/v1/balances', 1);
    expect(balances.map(({ member }) => member)).to.have.members([people.member, people.other]);
  });

  it('give the whole ledger, every fact once and in order, while facts are added', async () => {
    const { auditor } = society.clients;
    const indexes: number[] = [];
    let entered = 0;
    for (let since = 0; ; ) {
      const { items, next, count } = (await auditor.get(`/v1/facts?since=${since}&limit=20`)).body;
      indexes.push(...items.map(({ index }: { index: number }) => index));
      if (next === undefined) {
        expect(indexes).to.have.length(count);
        break;
      }
      since = next;
      if (entered < 2) await enter(200 + entered++);
    }
    expect(indexes).to.deep.equal([...indexes.keys()]);
    const beyond = (await auditor.get('/v1/facts?since=100000')).body;
    expect(beyond.items).to.deep.equal([]);
    expect(beyond.next).to.equal(undefined);
  });

  it('are of one to 500 items, and a cursor is good for its own list alone', async () => {
    const { auditor } = society.clients;
    for (const wrong of ['limit=0', 'limit=501', 'limit=two', 'limit=1.5', 'cursor=']) {
      const { status, body } = await auditor.get(`/v1/organisations?${wrong}`);
      expect([status, body.code], wrong).to.deep.equal([400, 'input-wrong']);
    }
    const { next } = (await auditor.get('/v1/organisations?limit=1')).body;
    for (const cursor of [`${next}x`, 'e30', 'bnVsbA', encodeURIComponent('{"a":1}')]) {
      const { status, body } = await auditor.get(`/v1/balances?cursor=${cursor}`);
      expect([status, body.code], cursor).to.deep.equal([400, 'cursor-wrong']);
    }
  });
});
