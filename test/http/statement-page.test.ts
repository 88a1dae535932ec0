import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { made, rulebook, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const says = 'reading counts up to <b>two</b> points & "no more"';
const limited = {
  ...rulebook,
  governs: 'running',
  limits: [
    { name: 'reading-two', says, of: { kinds: ['reading'] }, per: 'cycle', most: { points: 200 } },
  ],
  requirements: [
    { name: 'taught-ten', of: { kinds: ['course'] }, per: 'cycle', least: { points: 1_000 } },
  ],
};

describe('the statement as a page', () => {
  let society: TestSociety;
  let path: string;
  let approval: string;
  let revokedAt: number;
  before(async () => {
    society = await startSociety(tempDir());
    const { admin, member, assessor } = society.clients;
    path = `/v1/members/${society.people.member}`;
    await made(
      admin.post(`/v1/schemes/${society.scheme}/rulebooks`, {
        version: 2,
        effectiveFrom: '2026-01-01',
        rulebook: limited,
      }),
    );
    const line = { kind: 'course', from: '2026-01-12', title: 'Canary <i>title</i>' };
    const reading = { ...line, kind: 'reading', quantity: { amount: 390, unit: 'minute' } };
    await made(member.post(`${path}/claims`, { lines: [reading] }));
    const course = { ...line, quantity: { amount: 150, unit: 'minute' } };
    const { ids } = await made(member.post(`${path}/claims`, { lines: [course] }));
    const claim = `${path}/claims/${ids.claim}`;
    const { lineId } = (await member.get(claim)).body.lines[0].line;
    const accepted = { amount: 120, unit: 'minute' };
    const lines = [{ lineId, accepted, reason: 'Canary reason' }];
    approval = (await made(assessor.post(`${claim}/approvals`, { lines }))).events[0].id;
    const revoking = { approval, effect: { kind: 'void' }, reason: 'Canary mistake' };
    await made(assessor.post(`${claim}/revocations`, revoking));
    const { facts } = (await member.get(`${path}/history`)).body;
    revokedAt = facts.at(-1).index;
  });
  after(() => society.close());

  const asked = (query: string) =>
    society.clients.member.get(`${path}/statement.html?on=2026-06-30&${query}`);
  /** The page with tags taken out and entities read, as somebody would read it. */
  const read = async (query = ''): Promise<string> => {
    const { status, body } = await asked(query);
    expect(status, JSON.stringify(body)).to.equal(200);
    const text = (body as string).replace(/<style>[\s\S]*<\/style>/, '').replace(/<[^>]+>/g, ' ');
    return text
      .replace(/&#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code)))
      .replace(/\s+/g, ' ');
  };

  it('says what the statement says: figures, rules with number and version, and each claim', async () => {
    const page = await read(`asOf=${revokedAt}`);
    const of = `${path}/statement?on=2026-06-30&asOf=${revokedAt}`;
    const { statement } = (await society.clients.member.get(of)).body;
    for (const said of [
      'Test Society',
      `at index ${revokedAt}`,
      '2026: 2026-01-01 to 2026-12-31, on 2026-06-30',
      `version 2, published by fact ${statement.rulebook.eventId}`,
      'Target 20.00 20.00 by grade full',
      'Awarded 5.25 Counted 4.00 Not counted 1.25',
      'Needed 16.00, to be done by 2026-12-31',
      'Outcome not yet due',
      'taught-ten, 2026-01-01 to 2026-12-31: 2.00 of 10.00 points: not yet met',
      'reading-two: 2.00 of 2.00 points used',
      '2026-01-12 reading approved 6 h 30 min 6 h 30 min 3.25 2.00',
      'awarded 3.25: kind reading, rule 1, version 2: 0.5 points per hour',
      `1.25 not counted: reading-two, rule 1, version 2: ${says}`,
      '2026-01-12 course approved 2 h 30 min 2 h 2.00 2.00',
      'accepted 2 h of 2 h 30 min',
      'awarded 2.00: kind course, rule 1, version 2: 1 point per hour',
    ]) {
      expect(page).to.contain(said);
    }
    for (const { claim, events } of statement.lines) {
      for (const id of [claim, ...events]) expect(page).to.contain(id);
    }
  });

  it('is of an earlier index what it was then, and of now what a revocation left', async () => {
    const now = await read();
    expect(now).to.contain('Awarded 3.25 Counted 2.00').and.contain('course revoked');
    expect(now).not.to.contain('kind course');
    expect(await read(`asOf=${revokedAt}`)).to.contain('Awarded 5.25');
  });

  it('opens nothing that is sealed, and takes what a rule says for text', async () => {
    const { body } = await asked('');
    expect(body).not.to.match(/canary/i);
    expect(body).not.to.match(/<b>|<i>/);
    expect(body).to.contain('&#60;b&#62;two&#60;/b&#62; points &#38; &#34;no more&#34;');
  });

  it('is a page in English with headings and headed columns, whose policy allows its own style alone', async () => {
    const { body, headers } = await asked('');
    expect(headers.get('content-type')).to.match(/^text\/html; charset=utf-8/);
    expect(headers.get('content-disposition')).to.equal(null);
    expect(headers.get('cache-control')).to.equal('private, no-cache');
    expect(body).to.contain('<html lang="en">').and.contain('<h1>');
    for (const [, attributes] of (body as string).matchAll(/<th\b([^>]*)>/g)) {
      expect(attributes).to.match(/scope="(row|col)"/);
    }
    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? '';
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    const policy = headers.get('content-security-policy');
    expect(policy).to.contain(`'sha256-${Buffer.from(bytes).toString('base64')}'`);
    expect(policy).to.match(/^default-src 'none'/);
    expect(body).not.to.match(/ style=|<script|src=|href=/);
  });

  it('is shown to whom the statement is shown, and of what there is', async () => {
    const of = `${path}/statement.html`;
    for (const who of ['other', 'analyst', 'contact'] as const) {
      const { status, body } = await society.clients[who].get(of);
      expect([status, body.code], who).to.deep.equal([403, 'forbidden']);
    }
    expect((await society.nobody.get(of)).status).to.equal(401);
    expect((await society.clients.auditor.get(of)).status).to.equal(200);
    for (const [query, status, code] of [
      ['cycle=2019', 404, 'not-found'],
      ['cycle=next', 400, 'input-wrong'],
      ['asOf=0', 404, 'not-found'],
      ['asOf=never', 400, 'input-wrong'],
    ] as const) {
      const answer = await asked(query);
      expect([answer.status, answer.body.code], query).to.deep.equal([status, code]);
      expect(answer.headers.get('content-type')).to.match(/problem\+json/);
    }
  });
});
