import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const onPaper = { 'Submitted-On': '2026-02-03', 'Submitted-By': 'paper' };
const said = { on: '2026-02-03', source: 'paper' };

describe('the day on which something was handed in', () => {
  let society: TestSociety;
  let claims: string;
  before(async () => {
    society = await startSociety(tempDir());
    claims = `/v1/members/${society.people.member}/claims`;
  });
  after(() => society.close());

  /** What the last fact of the member says of it. */
  const ofLastFact = async (): Promise<unknown> => {
    const stored = await society.ledger.store.readStream(`member-${society.people.member}`, 0n);
    return JSON.parse(stored.at(-1)?.metadata ?? '{}').submittedOn;
  };

  it('is what an admin says of the claim, amendment, evidence and withdrawal that they enter', async () => {
    const { admin } = society.clients;
    const { ids } = await made(admin.post(claims, course, onPaper));
    expect(await ofLastFact()).to.deep.equal(said);
    const claim = `${claims}/${ids.claim}`;
    const link = { link: 'https://example.org/certificate' };
    for (const [path, body] of [
      [`${claim}/amendments`, course],
      [`${claim}/evidence`, link],
      [`${claim}/withdrawals`, {}],
    ] as const) {
      await made(admin.post(path, body, { ...onPaper, 'Submitted-By': 'e-mail' }));
      expect(await ofLastFact()).to.deep.equal({ ...said, source: 'e-mail' });
    }
  });

  it('shows in the queue, and is the day of entering where nothing is said', async () => {
    const { admin, assessor } = society.clients;
    const entered = await made(admin.post(claims, course, onPaper));
    const silent = await admin.post(claims, course);
    expect(await ofLastFact()).to.equal(undefined);
    const position = silent.headers.get('ledger-position') ?? '';
    const { body } = await assessor.get('/v1/queue', { 'Ledger-At-Least': position });
    const days = new Map(
      body.items.map((item: { claim: string; submittedOn: string }) => [
        item.claim,
        item.submittedOn,
      ]),
    );
    expect(days.get(entered.ids.claim)).to.equal('2026-02-03');
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });
    expect(days.get(silent.body.ids.claim)).to.equal(today.format(new Date()));
  });

  it('may stand in a row of a bulk request', async () => {
    const [path, key] = [{ member: society.people.member }, v4()];
    const row = { operation: 'claim', path, body: course, key };
    const handed = { ...row, submittedOn: '2026-02-03', submittedBy: 'telephone' };
    const { body } = await society.clients.admin.post('/v1/bulk', { commands: [handed] });
    expect(body.results[0].status).to.equal(201);
    expect(await ofLastFact()).to.deep.equal({ ...said, source: 'telephone' });
  });

  it('is nobody else’s to say: not the member’s, nor an admin’s of their own claim', async () => {
    const { member, admin } = society.clients;
    const refused = await member.post(claims, course, onPaper);
    expect([refused.status, refused.body.code]).to.deep.equal([403, 'submission-forbidden']);
    const grants = `/v1/persons/${society.people.other}/grants`;
    await made(admin.post(grants, { role: 'admin' }));
    const own = `/v1/members/${society.people.other}/claims`;
    const { body } = await society.clients.other.post(own, course, onPaper);
    expect(body.code).to.equal('submission-forbidden');
  });

  it('is a day up to today, with the way by which it came', async () => {
    const revision = (await society.clients.admin.get(`/v1/members/${society.people.member}`))
      .headers;
    for (const wrong of [
      { 'Submitted-On': '2026-02-03' },
      { 'Submitted-By': 'paper' },
      { ...onPaper, 'Submitted-By': 'pigeon' },
      { ...onPaper, 'Submitted-On': '2026-02-30' },
      { ...onPaper, 'Submitted-On': '2999-01-01' },
    ]) {
      const { status, body } = await society.clients.admin.post(claims, course, wrong);
      expect([status, body.code]).to.deep.equal([400, 'header-wrong']);
    }
    const after = await society.clients.admin.get(`/v1/members/${society.people.member}`);
    expect(after.headers.get('etag')).to.equal(revision.get('etag'));
  });
});
