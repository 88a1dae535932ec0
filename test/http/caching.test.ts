import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { sendRaw } from '../support/raw.ts';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('headers of an answer', () => {
  let society: TestSociety;
  let member: string;
  before(async () => {
    society = await startSociety(tempDir());
    member = `/v1/members/${society.people.member}`;
  });
  after(() => society.close());

  it('name the revision of a member; it is not sent again while it is the same', async () => {
    const { clients } = society;
    const first = await clients.member.get(member);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).to.match(/^"\d+"$/);
    expect(first.headers.get('cache-control')).to.equal('private, no-cache');
    expect(first.headers.get('vary')).to.contain('Authorization');
    // Without a word of its own, fetch adds `no-cache`: an answer made anew whatever it was.
    const seen = { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' };
    const unchanged = await clients.member.get(member, seen);
    expect([unchanged.status, unchanged.body]).to.deep.equal([304, '']);
    expect(unchanged.headers.get('etag')).to.equal(etag);

    await made(clients.member.post(`${member}/claims`, course));
    const changed = await clients.member.get(member, seen);
    expect(changed.status).to.equal(200);
    expect(changed.headers.get('etag')).to.equal(`"${Number(etag.slice(1, -1)) + 1}"`);
  });

  it('let what is another’s be kept nowhere, and nobody be told by a 304 what they may not see', async () => {
    const { clients, nobody } = society;
    const etag = (await clients.member.get(member)).headers.get('etag') ?? '';
    expect((await nobody.get(member, { 'If-None-Match': etag })).status).to.equal(401);
    expect((await clients.other.get(member, { 'If-None-Match': etag })).status).to.equal(403);
    const details = await clients.member.get(`${member}/details`);
    expect(details.headers.get('cache-control')).to.equal('no-store');
    const claimed = await clients.member.post(`${member}/claims`, course);
    expect(claimed.headers.get('cache-control')).to.equal('no-store');
  });

  it('guard a change: If-Match with the revision seen lets it through, with an older one not', async () => {
    const { admin } = society.clients;
    const etag = (await admin.get(member)).headers.get('etag') ?? '';
    const on = { effectiveOn: '2026-01-01' };
    const grades = `${member}/grades`;
    const done = await admin.post(grades, { grade: 'associate', ...on }, { 'If-Match': etag });
    expect(done.status).to.equal(201);
    const late = await admin.post(grades, { grade: 'full', ...on }, { 'If-Match': etag });
    expect([late.status, late.body.code]).to.deep.equal([412, 'precondition-failed']);
    expect((await admin.get(member)).body.grade).to.equal('associate');
    const newer = { 'If-Match': done.headers.get('etag') ?? '' };
    expect((await admin.post(grades, { grade: 'full', ...on }, newer)).status).to.equal(201);
    for (const wrong of ['*', 'W/"3"', '"3", "4"', '"x"']) {
      const { status, body } = await admin.post(
        grades,
        { grade: 'full', ...on },
        { 'If-Match': wrong },
      );
      expect([status, body.code], wrong).to.deep.equal([400, 'header-wrong']);
    }
  });

  it('say how a long answer is compressed, and leave a short one as it is', async () => {
    const get = async (path: string): Promise<{ head: string; bytes: Buffer }> => {
      const request = [`GET ${path} HTTP/1.1`, 'Host: x', 'Accept-Encoding: gzip'];
      const text = await sendRaw(
        society.url,
        `${request.join('\r\n')}\r\nConnection: close\r\n\r\n`,
        'latin1',
      );
      const at = text.indexOf('\r\n\r\n');
      return { head: text.slice(0, at), bytes: Buffer.from(text.slice(at + 4), 'latin1') };
    };
    const long = await get('/openapi.json');
    expect(long.head)
      .to.match(/^content-encoding: gzip/im)
      .and.match(/^vary: .*accept-encoding/im);
    const plain = (await society.nobody.get('/openapi.json')).body;
    expect(JSON.parse(gunzipSync(dechunked(long.bytes)).toString())).to.deep.equal(plain);
    expect((await get('/health/live')).head).not.to.match(/content-encoding/i);
  });

  it('promise no https where http is spoken, and keep what others serve out of our pages', async () => {
    for (const path of ['/', '/docs/', '/health/live', '/v1/me']) {
      const { headers } = await society.nobody.get(path);
      expect(headers.get('strict-transport-security'), path).to.equal(null);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).to.contain(`default-src '${path === '/' ? 'none' : 'self'}'`);
      expect(policy, path).not.to.contain('upgrade-insecure-requests');
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      expect(headers.get('x-powered-by')).to.equal(null);
      expect(headers.get('request-id')).to.match(/^[0-9a-f-]{36}$/);
    }
  });
});

/** The body of a message sent in chunks (RFC 9112, 7.1). */
function dechunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}
