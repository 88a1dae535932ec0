import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { systemActors } from '../../src/events/shapes.ts';
import { type May, nameOfRule } from '../../src/http/access.ts';
import type { Operation } from '../../src/http/operation.ts';
import { operations } from '../../src/http/table.ts';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

type Who = keyof TestSociety['clients'] | 'nobody';

const everyone: readonly Who[] = [
  'nobody',
  'stranger',
  'member',
  'other',
  'assessor',
  'reviewer',
  'auditor',
  'analyst',
  'contact',
  'admin',
];

/** Which of the society's people each rule lets in, where the path names `member` as the member. */
function letsIn(rule: May): readonly Who[] {
  if (typeof rule === 'object') return ['contact'];
  switch (rule) {
    case 'anyone':
      return everyone;
    case 'signed-in':
      return everyone.filter((who) => who !== 'nobody');
    case 'own':
      return ['member'];
    case 'assessor':
    case 'reviewer':
    case 'auditor':
    case 'analyst':
    case 'admin':
      return [rule];
    case 'organisation-contact':
      return ['contact'];
    case 'line-manager':
      return [];
  }
}

/** Whom and what the path names. */
interface At {
  member: string;
  organisation?: string;
}

describe('who may do what', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
    const sharings = `/v1/members/${society.people.member}/sharings`;
    for (const what of ['standing', 'statement', 'skills', 'contact']) {
      const to = { kind: 'organisation', id: society.council };
      await made(society.clients.member.post(sharings, { to, what }));
    }
  });
  after(() => society.close());

  /** Whether the operation let somebody in: whatever it then said of a body that is no body. */
  async function letIn(row: Operation, who: Who, at: At): Promise<boolean> {
    const { member, organisation = society.council } = at;
    const client = who === 'nobody' ? society.nobody : society.clients[who];
    const path = row.path
      .replace('{member}', member)
      .replace('{scheme}', society.scheme)
      .replace('{organisation}', organisation)
      .replace(/\{\w+\}/g, () => v4());
    const { status, body } =
      row.method === 'get'
        ? await client.get(path)
        : await client.post(path, { unheard: 'of' }, { 'File-Name': 'a.pdf' });
    expect(status, `${row.id} as ${who}`).to.be.lessThan(501).and.not.equal(500);
    return !['signed-out', 'forbidden', 'not-linked'].includes(body?.code);
  }

  for (const row of operations) {
    it(`${row.id}: ${row.may.map(nameOfRule).join(', ')}`, async () => {
      const expected = new Set(row.may.flatMap(letsIn));
      const found: Who[] = [];
      for (const who of everyone) {
        if (await letIn(row, who, { member: society.people.member })) found.push(who);
      }
      expect(found).to.have.members([...expected]);
    });
  }

  it('shows a person, or an exact count of them, in no report to who may not see people', () => {
    const open: ReadonlySet<May> = new Set(['anyone', 'signed-in', 'analyst']);
    const reports = operations.filter(({ tag }) => ['reports', 'releases', 'facts'].includes(tag));
    const told = reports.filter(({ may, writes }) => !writes && may.some((rule) => open.has(rule)));
    expect(told.map(({ id }) => id).sort()).to.deep.equal([
      'export-released-capability',
      'list-release',
      'released-capability',
      'released-coverage',
      'report-support',
      'show-release',
    ]);
  });

  it('lets nobody into another’s record for being a member themselves, nor a contact where nothing is shared', async () => {
    const ofOther = operations.filter(({ path }) => path.includes('{member}'));
    const member = society.people.other;
    for (const row of ofOther) {
      expect(await letIn(row, 'member', { member }), row.id).to.equal(false);
      expect(await letIn(row, 'contact', { member }), row.id).to.equal(false);
    }
  });

  it('lets a contact speak for no other organisation than their own', async () => {
    const spoken = operations.filter(({ may }) =>
      may.some((rule) => typeof rule === 'object' && 'contactOf' in rule),
    );
    const at = { member: society.people.member, organisation: v4() };
    expect(spoken).not.to.be.empty;
    for (const row of spoken) expect(await letIn(row, 'contact', at), row.id).to.equal(false);
  });

  it('shows the standing to whom it is shared with, and no more of the record', async () => {
    const path = `/v1/members/${society.people.member}`;
    const { body } = await society.clients.contact.get(path);
    expect(body).to.have.all.keys('member', 'standing', 'since', 'grade', 'schemes');
    expect((await society.clients.member.get(path)).body.sharings).to.have.length(4);
  });

  it('makes no person of an id that acts for the ledger itself', async () => {
    const { admin } = society.clients;
    for (const id of [...Object.values(systemActors), '00000000-0000-8000-8000-000000000000']) {
      const signIn = { issuer: 'local', subject: `as ${id}` };
      const answers = [
        await admin.post(`/v1/persons/${id}/sign-ins`, signIn),
        await admin.post(`/v1/persons/${id}/grants`, { role: 'admin' }),
        await admin.post('/v1/members', { person: id, name: 'It', number: 'X-1', grade: 'full' }),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 422]);
    }
  });

  it('links no sign-in to a person who was erased', async () => {
    const { clients, people } = society;
    await made(clients.admin.post(`/v1/members/${people.other}/erasures`, { scope: 'person' }));
    const signIn = { issuer: 'local', subject: 'other again' };
    const { status, body } = await clients.admin.post(
      `/v1/persons/${people.other}/sign-ins`,
      signIn,
    );
    expect([status, body.code]).to.deep.equal([410, 'erased']);
  });

  it('asks for a reason before another’s sealed text is opened, and keeps a row of it', async () => {
    const details = `/v1/members/${society.people.member}/details`;
    const without = await society.clients.auditor.get(details);
    expect([without.status, without.body.code]).to.deep.equal([403, 'access-reason-missing']);
    const opened = await society.clients.auditor.get(details, { 'Access-Reason': 'audit' });
    expect(opened.body.details.name).to.equal('Canary Name member');
    const own = await society.clients.member.get(details);
    expect(own.status).to.equal(200);
    const { items } = (
      await society.clients.member.get(`/v1/members/${society.people.member}/openings`)
    ).body;
    expect(items).to.have.length(1);
    expect(items[0]).to.include({
      actor: society.people.auditor,
      reason: 'audit',
      operation: 'open-details',
    });
  });
});
