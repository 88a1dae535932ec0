import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('an Idempotency-Key', () => {
  let society: TestSociety;
  const claimsOf = (who: 'member' | 'other'): string => `/v1/members/${society.people[who]}/claims`;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());
  const count = async (): Promise<number> => (await society.ledger.store.head()).count;

  it('is another command for another person, and for another member', async () => {
    const key = { 'Idempotency-Key': v4() };
    const { member, other, admin } = society.clients;
    const answers = [
      await member.post(claimsOf('member'), course, key),
      await other.post(claimsOf('other'), course, key),
      await admin.post(claimsOf('member'), course, key),
      await admin.post(claimsOf('other'), course, key),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.commandId)).size).to.equal(4);
  });

  it('gives the first answer also where the state has gone on, and whatever If-Match says', async () => {
    const key = { 'Idempotency-Key': v4() };
    const { member, assessor } = society.clients;
    const first = await member.post(claimsOf('member'), course, key);
    const claim = `${claimsOf('member')}/${first.body.ids.claim}`;
    const { lines } = (await member.get(claim)).body;
    await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId: lines[0].line.lineId }] }));
    const before = await count();
    const again = await member.post(claimsOf('member'), course, { ...key, 'If-Match': '"0"' });
    expect(again.status).to.equal(200);
    expect(again.body).to.deep.equal({ ...first.body, repeated: true });
    expect(again.headers.get('etag')).to.equal(first.headers.get('etag'));
    expect(await count()).to.equal(before);
  });

  it('is forgotten with a refusal: the same request is judged anew', async () => {
    const { admin } = society.clients;
    const key = { 'Idempotency-Key': v4() };
    const grades = `/v1/members/${society.people.other}/grades`;
    const to = (grade: string) => ({ grade, effectiveOn: '2025-01-01' });
    const refused = await admin.post(grades, to('full'), key);
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'grade-same']);
    await made(admin.post(grades, to('associate')));
    expect((await admin.post(grades, to('full'), key)).status).to.equal(201);
  });

  it('makes one of two that come at the same moment, and refuses the second of two that differ', async () => {
    const { member } = society.clients;
    const key = { 'Idempotency-Key': v4() };
    const before = await count();
    const same = await Promise.all(
      Array.from({ length: 8 }, () => member.post(claimsOf('member'), course, key)),
    );
    expect(new Set(same.map(({ body }) => body.events[0].id)).size).to.equal(1);
    expect(same.filter(({ status }) => status === 201)).to.have.length.within(1, 8);
    expect(await count()).to.equal(before + 1);

    const another = { 'Idempotency-Key': v4() };
    const differing = { lines: [{ ...course.lines[0], title: 'Something else' }] };
    const two = await Promise.all([
      member.post(claimsOf('member'), course, another),
      member.post(claimsOf('member'), differing, another),
    ]);
    expect(two.map(({ status }) => status).sort()).to.deep.equal([201, 422]);
    expect(await count()).to.equal(before + 2);
  });

  it('registers a member once, and enters a person once', async () => {
    const { admin } = society.clients;
    const key = { 'Idempotency-Key': v4() };
    const body = { name: 'Invented Person', number: 'R-1', grade: 'full', on: '2024-01-01' };
    const first = await admin.post('/v1/members', body, key);
    const again = await admin.post('/v1/members', body, key);
    expect(again.body).to.deep.equal({ ...first.body, repeated: true });
    const otherNumber = await admin.post('/v1/members', { ...body, number: 'R-2' }, key);
    expect([otherNumber.status, otherNumber.body.code]).to.deep.equal([422, 'command-reused']);
    const otherName = await admin.post('/v1/members', { ...body, name: 'Another' }, key);
    expect([otherName.status, otherName.body.code]).to.deep.equal([422, 'key-reused']);

    const person = { 'Idempotency-Key': v4() };
    const entered = [
      await admin.post('/v1/persons', {}, person),
      await admin.post('/v1/persons', {}, person),
    ];
    expect(entered[0]?.body.person).to.equal(entered[1]?.body.person);
  });

  it('begins a scheme and a body once, with the ids of the first time', async () => {
    const { admin } = society.clients;
    const key = { 'Idempotency-Key': v4() };
    const body = { name: 'Netherby District', type: 'district', from: '2000-04-01' };
    const first = await admin.post('/v1/organisations', body, key);
    const again = await admin.post('/v1/organisations', body, key);
    expect(again.body).to.deep.equal({ ...first.body, repeated: true });
    expect(again.status).to.equal(200);
  });
});
