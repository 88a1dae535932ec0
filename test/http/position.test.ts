import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { z } from 'zod';
import type { Operation } from '../../src/http/operation.ts';
import { operations } from '../../src/http/table.ts';
import { course, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('the position of a write', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());

  it('lets a read of every report see the write, each time', async () => {
    const { clients, people, scheme } = society;
    const { member: person, assessor: decider } = people;
    const claims = `/v1/members/${person}/claims`;
    for (let round = 1; round <= 10; round++) {
      const claimed = await clients.member.post(claims, course);
      const { claim } = claimed.body.ids;
      const at = { 'Ledger-At-Least': claimed.headers.get('ledger-position') ?? '' };
      const queue = await clients.assessor.get(`/v1/queue?member=${person}`, at);
      expect(queue.body.items.map((item: { claim: string }) => item.claim)).to.deep.equal([claim]);
      const { lines } = (await clients.member.get(`${claims}/${claim}`, at)).body;
      const approved = await clients.assessor.post(`${claims}/${claim}/approvals`, {
        lines: [{ lineId: lines[0].line.lineId }],
      });
      const then = { 'Ledger-At-Least': approved.headers.get('ledger-position') ?? '' };
      const empty = await clients.assessor.get(`/v1/queue?member=${person}`, then);
      expect(empty.body.items).to.deep.equal([]);
      const balances = await clients.auditor.get(`/v1/balances?member=${person}`, then);
      expect(balances.body.items[0]).to.include({ scheme, awarded: 300 * round });
      const decided = await clients.auditor.get(`/v1/persons/${decider}/decisions?limit=1`, then);
      expect(decided.body.items[0].event).to.equal(approved.body.events[0].id);
    }
  });

  it('lets the registers show what was entered a moment ago', async () => {
    const { admin } = society.clients;
    const body = { name: 'Netherby District', type: 'district', from: '2000-04-01' };
    const entered = await admin.post('/v1/organisations', body);
    const at = { 'Ledger-At-Least': entered.headers.get('ledger-position') ?? '' };
    const shown = await admin.get(`/v1/organisations/${entered.body.ids.organisation}`, at);
    expect(shown.body.data.name).to.equal('Netherby District');
  });

  it('that is far ahead is not waited for longer than 2 seconds: 503, with how far it has come', async () => {
    const { auditor, admin } = society.clients;
    const body = { name: 'Netherby Borough', type: 'district', from: '2000-04-01' };
    const last = (await admin.post('/v1/organisations', body)).headers.get('ledger-position');
    const {
      status,
      body: said,
      headers,
    } = await auditor.get('/v1/balances', {
      'Ledger-At-Least': String(Number(last) + 1_000_000),
    });
    expect([status, said.code]).to.deep.equal([503, 'projection-behind']);
    expect(said.position).to.equal(last);
    expect(said.index).to.equal((await society.ledger.store.head()).count);
    expect(headers.get('retry-after')).to.equal('1');
  });

  it('that is no position is told, at every read that takes one', async () => {
    const { people, scheme, clients } = society;
    const reads = operations.filter(
      ({ method, may }) => method === 'get' && !may.includes('anyone'),
    );
    for (const row of reads) {
      const path = row.path
        .replace('{member}', people.member)
        .replace('{scheme}', scheme)
        .replace(/\{\w+\}/g, people.member);
      const query = new URLSearchParams(neededBy(row, scheme));
      for (const wrong of ['abc', '-1', '1.5', '9'.repeat(40)]) {
        const who = (['assessor', 'auditor', 'admin'] as const).find((role) =>
          row.may.includes(role),
        );
        const { status, body } = await clients[who ?? 'member'].get(`${path}?${query}`, {
          'Ledger-At-Least': wrong,
        });
        expect([status, body.code], `${row.id} ${wrong}`).to.deep.equal([400, 'header-wrong']);
      }
    }
  });
});

/** What a read cannot do without in its query. */
function neededBy({ query }: Operation, scheme: string): [string, string][] {
  const id = scheme;
  const known = {
    scheme,
    profile: id,
    council: id,
    cycle: '2026',
    from: '1',
    to: '1',
    by: 'grade',
    need: 'any',
  };
  return Object.entries(query.shape)
    .filter(([, field]) => !(field as z.ZodType).safeParse(undefined).success)
    .map(([name]) => [name, known[name as keyof typeof known] ?? '']);
}
