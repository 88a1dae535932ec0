import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { limits } from '../../src/limits.ts';
import type { Client } from '../support/server.ts';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

describe('evidence of a claim', () => {
  const home = tempDir();
  let society: TestSociety;
  let claim: string;
  before(async () => {
    society = await startSociety(home);
    const claims = `/v1/members/${society.people.member}/claims`;
    claim = `${claims}/${(await made(society.clients.member.post(claims, course))).ids.claim}`;
  });
  after(() => society.close());

  function attach(client: Client, bytes: Uint8Array, name: string, headers = {}) {
    return client.send(`${claim}/files`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'Idempotency-Key': v4(), 'File-Name': encodeURIComponent(name), ...headers },
    });
  }
  const files = (): string[] =>
    readdirSync(join(home, 'evidence'), { recursive: true }).map(String);
  const count = async (): Promise<number> => (await society.ledger.store.head()).count;

  for (const [media, { bytes, ending }] of Object.entries({
    'application/pdf': { bytes: pdf, ending: '.pdf' },
    'image/png': { bytes: png, ending: '.png' },
    'image/jpeg': { bytes: jpeg, ending: '.jpg' },
  })) {
    it(`of ${media} is told by its content, whatever it is called, and comes back byte for byte`, async () => {
      const { member, assessor } = society.clients;
      const name = 'Zeugnis – “Ärzte”/2026.txt';
      const { ids } = await made(attach(member, bytes, name, { 'Content-Type': 'text/plain' }));
      const path = `${claim}/evidence/${ids.evidence}`;
      const closed = await assessor.get(path);
      expect([closed.status, closed.body.code]).to.deep.equal([403, 'access-reason-missing']);
      const opened = await fetch(society.url + path, {
        headers: {
          Authorization: `Bearer ${await society.token('assessor')}`,
          'Access-Reason': 'decision',
        },
      });
      expect(opened.status).to.equal(200);
      expect(Buffer.from(await opened.arrayBuffer()).equals(bytes)).to.equal(true);
      expect(opened.headers.get('content-type')).to.equal(media);
      expect(opened.headers.get('content-disposition')).to.equal(
        `attachment; filename*=UTF-8''${encodeURIComponent(`${name}${ending}`)}`,
      );
      expect(opened.headers.get('content-security-policy')).to.contain('sandbox');
      expect(opened.headers.get('cache-control')).to.equal('no-store');
    });
  }

  it('is saved as what it is, and not as what its name would make of it', async () => {
    const { member } = society.clients;
    const page = Buffer.concat([pdf, Buffer.from('<script>alert(1)</script>')]);
    const saved = async (bytes: Uint8Array, name: string): Promise<string> => {
      const { ids } = await made(attach(member, bytes, name));
      const { headers } = await member.get(`${claim}/evidence/${ids.evidence}`);
      const said = headers.get('content-disposition') ?? '';
      return decodeURIComponent(said.slice(said.indexOf("''") + 2));
    };
    expect(await saved(page, 'certificate.html')).to.equal('certificate.html.pdf');
    expect(await saved(page, 'certificate\u202efdp.exe')).to.equal('certificatefdp.exe.pdf');
    expect(await saved(jpeg, 'Certificate.JPEG')).to.equal('Certificate.JPEG');
  });

  it('that is a text by another name, a page, a drawing or nothing is refused, and nothing is kept', async () => {
    const [kept, before] = [files(), await count()];
    for (const content of [
      'Certificate of attendance',
      '<!doctype html><script>alert(1)</script>',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'PK\u0003\u0004',
      '%PD',
      '',
    ]) {
      const answer = await attach(society.clients.member, Buffer.from(content), 'certificate.pdf', {
        'Content-Type': 'application/pdf',
      });
      expect([answer.status, answer.body.code], content).to.deep.equal([422, 'file-wrong']);
    }
    expect(files()).to.deep.equal(kept);
    expect(await count()).to.equal(before);
  });

  it('may have 10 MiB and not a byte more', async () => {
    const largest = Buffer.concat([pdf], limits.evidenceBytes);
    expect((await attach(society.clients.member, largest, 'a.pdf')).status).to.equal(201);
    const [kept, before] = [files(), await count()];
    const larger = Buffer.concat([pdf], limits.evidenceBytes + 1);
    const answer = await attach(society.clients.member, larger, 'a.pdf');
    expect([answer.status, answer.body.code]).to.deep.equal([413, 'body-too-large']);
    expect(files()).to.deep.equal(kept);
    expect(await count()).to.equal(before);
  });

  it('is attached once for one key: its bytes and its name are part of the command', async () => {
    const { member } = society.clients;
    const key = { 'Idempotency-Key': v4() };
    const first = await attach(member, pdf, 'a.pdf', key);
    const kept = files();
    const again = await attach(member, pdf, 'a.pdf', key);
    expect(again.body).to.deep.equal({ ...first.body, repeated: true });
    for (const other of [
      await attach(member, png, 'a.pdf', key),
      await attach(member, pdf, 'b.pdf', key),
    ]) {
      expect([other.status, other.body.code]).to.deep.equal([422, 'key-reused']);
    }
    expect(files(), 'nothing is left of what was not attached').to.deep.equal(kept);
  });

  it('needs a name, a claim that is there, and a hand that may', async () => {
    const { member, other, assessor } = society.clients;
    const nameless = await attach(member, pdf, '');
    expect([nameless.status, nameless.body.code]).to.deep.equal([400, 'header-wrong']);
    const broken = await attach(member, pdf, 'a', { 'File-Name': '%E0%A4%A' });
    expect([broken.status, broken.body.code]).to.deep.equal([400, 'header-wrong']);
    expect((await attach(other, pdf, 'a.pdf')).status).to.equal(403);
    expect((await attach(assessor, pdf, 'a.pdf')).status).to.equal(403);
    const nowhere = claim.replace(/[^/]+$/, v4());
    const { status, body } = await member.post(`${nowhere}/evidence`, {
      link: 'https://a.example',
    });
    expect([status, body.code]).to.deep.equal([404, 'claim-unknown']);
  });

  it('may be a link, which comes back as an address and is followed by nobody', async () => {
    const { member } = society.clients;
    const link = 'https://training.example/certificates/7?for=jane';
    const { ids } = await made(member.post(`${claim}/evidence`, { link }));
    expect((await member.get(`${claim}/evidence/${ids.evidence}`)).body).to.deep.equal({ link });
    for (const wrong of ['javascript:alert(1)', 'file:///etc/passwd', 'certificate']) {
      const { status, body } = await member.post(`${claim}/evidence`, { link: wrong });
      expect([status, body.code], wrong).to.deep.equal([422, 'input-wrong']);
    }
  });

  it('is gone once it was erased; the claim says still that there was some', async () => {
    const { member, admin } = society.clients;
    const { ids } = await made(attach(member, png, 'a.png'));
    const kept = files();
    const of = { scope: 'text', of: ids.evidence };
    await made(admin.post(`/v1/members/${society.people.member}/erasures`, of));
    const { status, body } = await member.get(`${claim}/evidence/${ids.evidence}`);
    expect([status, body.code]).to.deep.equal([410, 'erased']);
    expect(files()).to.have.length.below(kept.length);
    const shown = (await member.get(claim)).body.evidence;
    expect(shown).to.deep.include({ evidence: ids.evidence, file: true });
  });
});
