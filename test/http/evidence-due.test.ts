import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { plainKind, plainRulebook } from '../support/plain-rulebook.ts';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const list = '/v1/reports/evidence-due';
const disposals = '/v1/evidence-disposals';
const rulebook = plainRulebook(
  [
    {
      ...plainKind('course', { category: 'training', points: 100 }),
      evidence: { needed: false, keepMonths: 12 },
    },
    plainKind('reading', { category: 'self-study', points: 50 }),
  ],
  [{ grade: 'full', points: 2_000 }],
);
const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n');

describe('evidence that need not be kept any more', () => {
  const home = tempDir();
  let society: TestSociety;
  let of: string;
  let claim: string;
  let file: string;
  let link: string;
  before(async () => {
    society = await startSociety(home);
    const { admin, member } = society.clients;
    const version = { version: 2, effectiveFrom: '2020-01-01', rulebook };
    await made(admin.post(`/v1/schemes/${society.scheme}/rulebooks`, version));
    of = `/v1/members/${society.people.member}`;
    claim = await claimed('course', '2024-05-10');
    const answer = await member.send(`${claim}/files`, {
      method: 'POST',
      body: new Uint8Array(pdf),
      headers: { 'Idempotency-Key': v4(), 'File-Name': 'certificate.pdf' },
    });
    file = answer.body.ids.evidence;
    link = await linked(claim);
    await linked(await claimed('reading', '2024-05-11'));
    await linked(await claimed('course', '2026-02-01'));
  });
  after(() => society.close());

  async function claimed(kind: string, on: string): Promise<string> {
    const body = {
      lines: [{ kind, title: 'Any', from: on, quantity: { amount: 180, unit: 'minute' } }],
    };
    return `${of}/claims/${(await made(society.clients.member.post(`${of}/claims`, body))).ids.claim}`;
  }
  async function linked(at: string): Promise<string> {
    const body = { link: 'https://example.org/proof' };
    return (await made(society.clients.member.post(`${at}/evidence`, body))).ids.evidence;
  }
  async function approve(at: string): Promise<void> {
    const { assessor, member } = society.clients;
    const { lineId } = (await member.get(at)).body.lines[0].line;
    await made(assessor.post(`${at}/approvals`, { lines: [{ lineId }] }));
  }
  /** Once the read models hold all that there is. */
  async function due(query = '', by = society.clients.admin) {
    const { position = '' } = await society.ledger.store.head();
    return (await by.get(`${list}${query}`, { 'Ledger-At-Least': position })).body;
  }
  const ids = (page: { items: { evidence: string }[] }) =>
    page.items.map(({ evidence }) => evidence);
  const statement = async () => {
    const { body } = await society.clients.admin.get(
      `${of}/statement?scheme=${society.scheme}&cycle=2024`,
    );
    return body.statement;
  };

  it('is not listed while its claim waits, then from the day that the rule says', async () => {
    expect(ids(await due())).to.deep.equal([]);
    await approve(claim);
    expect(ids(await due('?on=2025-12-31'))).to.deep.equal([]);
    const { items } = await due('?on=2026-01-01', society.clients.auditor);
    expect(ids({ items })).to.deep.equal([file, link].sort());
    const { eventId } = (await statement()).rulebook;
    expect(items.find((one: { file: boolean }) => one.file)).to.deep.equal({
      member: society.people.member,
      claim: claim.split('/').at(-1),
      evidence: file,
      file: true,
      until: '2026-01-01',
      scheme: society.scheme,
      rulebook: { version: 2, eventId },
      kind: 'course',
      keepMonths: 12,
      cycle: '2024',
    });
  });

  it('comes in pages, each thing once', async () => {
    const first = await due('?limit=1');
    const second = await due(`?limit=1&cursor=${first.next}`);
    expect([...ids(first), ...ids(second)]).to.deep.equal([file, link].sort());
    expect(second.next).to.equal(undefined);
  });

  it('is left out, and not disposed of, while a hold or a review is open', async () => {
    const { admin, assessor } = society.clients;
    const hold = (await made(admin.post(`${of}/holds`, {}))).ids.hold;
    expect(ids(await due())).to.deep.equal([]);
    expect((await made(admin.post(disposals, {}))).disposed).to.equal(0);
    await made(admin.post(`${of}/holds/${hold}/endings`, {}));
    expect(ids(await due())).to.have.length(2);

    const { approval } = (await admin.get(claim)).body.lines[0];
    const review = (
      await made(assessor.post(`${claim}/reviews`, { approval, reason: 'A sample.' }))
    ).events[0].id;
    expect(ids(await due())).to.deep.equal([]);
    await made(
      assessor.post(`${claim}/reviews/${review}/outcomes`, {
        outcome: 'upheld',
        reason: 'In order.',
      }),
    );
    expect(ids(await due())).to.have.length(2);
  });

  it('is disposed of by an admin: keys and file are gone, the statement stays as it was', async () => {
    const { admin, auditor, member } = society.clients;
    expect((await auditor.post(disposals, {})).status).to.equal(403);
    const [stated, blobs] = [await statement(), () => readdirSync(join(home, 'evidence'))];
    expect(blobs()).to.have.length(1);
    await due();
    const first = await made(admin.post(disposals, { limit: 1 }));
    expect(first).to.include({ disposed: 1 }).and.to.have.property('next');
    const second = await made(admin.post(disposals, { limit: 1, cursor: first.next }));
    expect(second).to.deep.include({ disposed: 1, refused: [] }).and.not.to.have.property('next');
    for (const evidence of [file, link]) {
      const gone = await member.get(`${claim}/evidence/${evidence}`);
      expect([gone.status, gone.body.code]).to.deep.equal([410, 'erased']);
    }
    expect(blobs()).to.deep.equal([]);
    expect(await statement()).to.deep.equal(stated);
    expect(ids(await due())).to.deep.equal([]);
    expect((await made(admin.post(disposals, {}))).disposed).to.equal(0);
  });

  it('is disposed of where its attachment was retracted: its key and bytes are there all the same', async () => {
    const { admin, second, member } = society.clients;
    const at = await claimed('course', '2024-06-10');
    const body = { link: 'https://example.org/mistaken' };
    const { ids: attached, events } = await made(member.post(`${at}/evidence`, body));
    await approve(at);
    expect(ids(await due())).to.deep.equal([attached.evidence]);
    const { asOf } = await due();
    const item = { person: society.people.member, eventId: events[0].id };
    const reasons = ['administrative-error'];
    const proposed = { item, change: { kind: 'retract' }, reasons, asOf };
    const correction = `/v1/corrections/${(await made(admin.post('/v1/corrections', proposed))).ids.correction}`;
    const { digest } = (await admin.get(correction)).body;
    await made(second.post(`${correction}/approvals`, { digest }));
    const { facts } = (await admin.get(`${of}/history`)).body;
    expect(facts.map(({ type }: { type: string }) => type)).to.include('FactRetracted');
    expect(ids(await due())).to.deep.equal([attached.evidence]);
    expect((await made(admin.post(disposals, {}))).disposed).to.equal(1);
    expect(ids(await due())).to.deep.equal([]);
  });
});
