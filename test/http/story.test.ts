import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('a claim over HTTP, from claiming to its end', () => {
  let society: TestSociety;
  let claims: string;
  let statement: string;
  before(async () => {
    society = await startSociety(tempDir());
    const member = `/v1/members/${society.people.member}`;
    claims = `${member}/claims`;
    statement = `${member}/statement?cycle=2026`;
  });
  after(() => society.close());

  async function awarded(): Promise<number> {
    return (await society.clients.member.get(statement)).body.statement.awarded;
  }

  it('is claimed, evidenced, approved, revoked and approved again; the statement follows each', async () => {
    const { member, assessor } = society.clients;
    const claimed = await member.post(claims, course);
    expect(claimed.status).to.equal(201);
    expect(claimed.body.events.map(({ type }: { type: string }) => type)).to.deep.equal([
      'Claimed',
    ]);
    const claim = `${claims}/${claimed.body.ids.claim}`;
    expect(await awarded()).to.equal(0);

    const linked = await member.post(`${claim}/evidence`, {
      link: 'https://example.org/certificate',
    });
    expect(linked.status).to.equal(201);
    const lines = (await member.get(claim)).body.lines;
    const lineId = lines[0].line.lineId;

    const approved = await assessor.post(`${claim}/approvals`, { lines: [{ lineId }] });
    expect(approved.status).to.equal(201);
    expect(await awarded()).to.equal(300);

    const revoked = await assessor.post(`${claim}/revocations`, {
      approval: approved.body.events[0].id,
      effect: { kind: 'void' },
      reason: 'The certificate names somebody else.',
    });
    expect(revoked.status).to.equal(201);
    expect(await awarded()).to.equal(0);

    await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
    expect(await awarded()).to.equal(300);

    const history = (await member.get(`/v1/members/${society.people.member}/history`)).body;
    const sums = history.facts.map(
      ({ type, awarded: at }: { type: string; awarded: { points: number }[] }) => [
        type,
        at.reduce((sum, { points }) => sum + points, 0),
      ],
    );
    expect(sums).to.deep.equal([
      ['Registered', 0],
      ['SchemeJoined', 0],
      ['Claimed', 0],
      ['EvidenceAttached', 0],
      ['ClaimApproved', 300],
      ['ApprovalRevoked', 0],
      ['ClaimApproved', 300],
    ]);
    const earlier = history.facts[5].index;
    const then = await member.get(`${statement}&asOf=${earlier}`);
    expect(then.body.statement.awarded).to.equal(300);
  });

  it('is approved by the rule in the same append where its kind counts on recording', async () => {
    const [line] = course.lines;
    const reading = { lines: [{ ...line, kind: 'reading' }] };
    const { body } = await society.clients.other.post(
      `/v1/members/${society.people.other}/claims`,
      reading,
    );
    expect(body.events.map(({ type }: { type: string }) => type)).to.deep.equal([
      'Claimed',
      'ClaimApproved',
    ]);
  });

  it('is not decided by its claimant, nor by one without an appointment', async () => {
    const own = `/v1/members/${society.people.assessor}/claims`;
    const { ids } = await made(society.clients.assessor.post(own, course));
    const lineId = (await society.clients.assessor.get(`${own}/${ids.claim}`)).body.lines[0].line
      .lineId;
    const decide = { lines: [{ lineId }] };
    const alone = await society.clients.assessor.post(`${own}/${ids.claim}/approvals`, decide);
    expect([alone.status, alone.body.code]).to.deep.equal([403, 'own-claim']);
    const admin = await society.clients.admin.post(`${own}/${ids.claim}/approvals`, decide);
    expect([admin.status, admin.body.code]).to.deep.equal([403, 'forbidden']);
  });

  it('is written once for one key, and refused where the key comes with another body', async () => {
    const key = { 'Idempotency-Key': v4() };
    const first = await society.clients.member.post(claims, course, key);
    const again = await society.clients.member.post(claims, course, key);
    expect([first.status, again.status]).to.deep.equal([201, 200]);
    expect(again.body).to.deep.equal({ ...first.body, repeated: true });
    expect(again.headers.get('ledger-position')).to.equal(first.headers.get('ledger-position'));
    const other = { lines: [{ ...course.lines[0], title: 'Something else' }] };
    const reused = await society.clients.member.post(claims, other, key);
    expect([reused.status, reused.body.code]).to.deep.equal([422, 'key-reused']);
  });

  it('is refused where If-Match names another revision than the member’s', async () => {
    const shown = await society.clients.member.get(`/v1/members/${society.people.member}`);
    const etag = shown.headers.get('etag') ?? '';
    await made(society.clients.member.post(claims, course, { 'If-Match': etag }));
    const late = await society.clients.member.post(claims, course, { 'If-Match': etag });
    expect([late.status, late.body.code]).to.deep.equal([412, 'precondition-failed']);
  });

  it('shows in the queue and the balances as soon as a read asks for at least its position', async () => {
    const claimed = await society.clients.member.post(claims, course);
    const least = { 'Ledger-At-Least': claimed.headers.get('ledger-position') ?? '' };
    const queue = await society.clients.assessor.get(
      `/v1/queue?member=${society.people.member}&limit=500`,
      least,
    );
    const waiting = queue.body.items.map(({ claim }: { claim: string }) => claim);
    expect(waiting).to.include(claimed.body.ids.claim);
    const balances = await society.clients.auditor.get(
      `/v1/balances?member=${society.people.member}`,
      least,
    );
    expect(balances.body.items).to.deep.equal([
      {
        member: society.people.member,
        scheme: society.scheme,
        cycle: '2026',
        category: 'training',
        awarded: 300,
      },
    ]);
  });
});
