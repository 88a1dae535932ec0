import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { sendRaw } from '../support/raw.ts';
import type { Answered } from '../support/server.ts';
import { course, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('what cannot be answered', () => {
  let society: TestSociety;
  let claims: string;
  before(async () => {
    society = await startSociety(tempDir());
    claims = `/v1/members/${society.people.member}/claims`;
  });
  after(() => society.close());

  /** A problem as RFC 9457 has it, with the code that a program decides on. */
  function isProblem({ status, body, headers }: Answered, code: string): void {
    expect(body).to.include({ status, code, type: `urn:skills-ledger:problem:${code}` });
    expect(body.title).to.be.a('string').and.not.equal('');
    expect(body.detail).to.be.a('string').and.not.equal('');
    expect(body.instance).to.equal(`urn:uuid:${headers.get('request-id')}`);
    expect(headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('etag')).to.equal(null);
  }
  const json = { 'Content-Type': 'application/json' };

  it('is a problem with a code of its own, whatever is wrong', async () => {
    const { member, admin, stranger, auditor } = society.clients;
    const { nobody } = society;
    const key = { 'Idempotency-Key': v4() };
    const send = (body: string, headers = {}) =>
      member.send(claims, { method: 'POST', body, headers: { ...json, ...key, ...headers } });
    const right = JSON.stringify(course);
    isProblem(await nobody.get(claims), 'signed-out');
    isProblem(await stranger.get(claims), 'not-linked');
    isProblem(await society.clients.other.get(claims), 'forbidden');
    isProblem(await member.get('/nowhere'), 'not-found');
    isProblem(await member.get(`/v1/members/${v4()}`), 'forbidden');
    isProblem(await admin.get(`/v1/members/${v4()}`), 'member-unknown');
    isProblem(await member.get(`${claims}/${v4()}`), 'claim-unknown');
    isProblem(await member.send(claims, { method: 'DELETE' }), 'method-wrong');
    isProblem(
      await send('a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }),
      'media-type-wrong',
    );
    isProblem(
      await send('{}', { 'Content-Type': 'application/json; charset=iso-8859-1' }),
      'media-type-wrong',
    );
    isProblem(await send('{}', { 'Content-Encoding': 'compress' }), 'media-type-wrong');
    isProblem(await send('{"lines":'), 'body-malformed');
    isProblem(await send('{}'), 'input-wrong');
    isProblem(await send(JSON.stringify({ x: 'x'.repeat(2 * 1024 * 1024) })), 'body-too-large');
    isProblem(await send(right, { 'Idempotency-Key': 'once' }), 'header-wrong');
    isProblem(await send(right, { 'If-Match': '7' }), 'header-wrong');
    isProblem(await member.get(`${claims}?page=2`), 'input-wrong');
    const balances = '/v1/balances?cursor=abc';
    isProblem(await auditor.get(balances), 'cursor-wrong');
    isProblem(await auditor.get('/v1/balances', { 'Ledger-At-Least': 'soon' }), 'header-wrong');
    const details = `/v1/members/${society.people.member}/details`;
    isProblem(
      await auditor.get(details, { 'Access-Reason': 'curiosity' }),
      'access-reason-missing',
    );
  });

  it('says where in a body the fault is', async () => {
    const lines = [
      { kind: 'course', quantity: { amount: -1, unit: 'minute' }, from: '2026-13-01' },
    ];
    const { status, body } = await society.clients.member.post(claims, { lines });
    expect(status).to.equal(422);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).to.include.members([
      '/lines/0/quantity/amount',
      '/lines/0/from',
      '/lines/0/title',
    ]);
  });

  it('says in plain words what stands there and what is expected, whatever the schema', async () => {
    const { admin, member } = society.clients;
    const saidOf = async (answer: ReturnType<typeof admin.post>) =>
      (await answer).body.errors.map(
        ({ pointer, detail }: { pointer: string; detail: string }) => `${pointer}: ${detail}`,
      );
    const number = 'x'.repeat(2_000);
    const wrong = { number, grade: 7, on: '2026-01-01', nmae: 'Ann' };
    const said = await saidOf(admin.post('/v1/members', wrong));
    expect(said).to.include.members([
      '/name: it is missing: text is expected',
      '/grade: text is expected',
      ': there is no field nmae here',
    ]);
    expect(said.join('\n')).to.match(/^\/number: at most 32 characters are expected$/m);
    const grants = `/v1/persons/${society.people.member}/grants`;
    const [role] = await saidOf(admin.post(grants, { role: 'king' }));
    expect(role).to.match(/^\/role: one of .*admin.* is expected$/);
    const [lines] = await saidOf(member.post(claims, { lines: [] }));
    expect(lines).to.equal('/lines: at least 1 item is expected');
    expect(await saidOf(admin.get('/v1/balances?limit=0'))).to.deep.equal([
      '/limit: at least 1 is expected',
    ]);
    // A schema that has words of its own keeps them.
    const [day] = await saidOf(
      admin.post('/v1/members', { name: 'Ann', number: '1', grade: 'full', on: 'monday' }),
    );
    expect(day)
      .to.match(/^\/on: .*day/)
      .and.not.match(/Invalid/);
  });

  it('is told where texts are each short enough, and too long together to be sealed under one key', async () => {
    const { member, assessor } = society.clients;
    const path = `/v1/members/${society.people.member}/claims`;
    const [line] = course.lines;
    const lines = (reflection?: string) =>
      Array.from({ length: 50 }, () => ({ ...line, reflection }));
    const fits = await member.post(path, { lines: lines('x'.repeat(1_000)) });
    expect(fits.status).to.equal(201);
    const long = await member.post(path, { lines: lines('x'.repeat(4_000)) });
    expect([long.status, long.body.code]).to.deep.equal([413, 'body-too-large']);
    expect(long.body.detail).to.match(/these texts have \d+ bytes .* at most 65536/);

    const claim = `${path}/${fits.body.ids.claim}`;
    const reason = 'x'.repeat(4_000);
    const decided = (await member.get(claim)).body.lines.map(
      (shown: { line: { lineId: string } }) => ({ lineId: shown.line.lineId, reason }),
    );
    const approved = await assessor.post(`${claim}/approvals`, { lines: decided });
    expect([approved.status, approved.body.code]).to.deep.equal([413, 'body-too-large']);
  });

  it('tells who is signed out how to sign in', async () => {
    for (const authorization of [undefined, 'Basic abc', 'Bearer', 'Bearer not.a.token']) {
      const headers: Record<string, string> = {};
      if (authorization !== undefined) headers['Authorization'] = authorization;
      const answer = await society.nobody.get('/v1/me', headers);
      isProblem(answer, 'signed-out');
      expect(answer.headers.get('www-authenticate')).to.contain('Bearer');
    }
  });

  it('is a problem where Node itself cannot read the request', async () => {
    const host = 'Host: localhost';
    for (const [bytes, status, code] of [
      ['this is no HTTP\r\n\r\n', 400, 'request-malformed'],
      [`GET /v1/me HTTP/1.1\r\n${host}\r\nno colon\r\n\r\n`, 400, 'request-malformed'],
      [`GET / HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'header-too-large'],
      [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n\r\n`, 431, 'header-too-large'],
    ] as const) {
      const [head = '', body = ''] = (await sendRaw(society.url, bytes)).split('\r\n\r\n');
      expect(head).to.match(new RegExp(`^HTTP/1.1 ${status} `));
      expect(head).to.contain('application/problem+json');
      expect(JSON.parse(body)).to.include({ status, code });
    }
  });

  it('says nothing of what was sent: neither of a body nor of an address', async () => {
    const canary = 'Canary-in-a-coal-mine';
    const answers = [
      await society.clients.member.get(`/v1/${canary}`),
      await society.clients.member.get(`${claims}/${canary}`),
      await society.clients.member.post(claims, { [canary]: canary }),
    ];
    for (const { status, headers } of answers) {
      expect(status).to.be.within(400, 499);
      expect(JSON.stringify([...headers])).not.to.contain(canary);
    }
    expect(JSON.stringify(society.logged)).not.to.contain(canary);
  });
});
