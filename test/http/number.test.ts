import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('a membership number that was entered wrong', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());

  const found = async (number: string): Promise<string[]> => {
    const { admin } = society.clients;
    const { body } = await admin.post(
      '/v1/members/search',
      { number },
      { 'Access-Reason': 'correction' },
    );
    return body.items.map(({ person }: { person: string }) => person);
  };
  const numbers = (person: string) => `/v1/members/${person}/numbers`;

  it('is made right: who looks for the right one finds the member, and the wrong one is free', async () => {
    const { people, clients } = society;
    await made(clients.admin.post(numbers(people.member), { number: 'RIGHT-1' }));
    expect(await found('RIGHT-1')).to.deep.equal([people.member]);
    expect(await found('CANARY-member')).to.deep.equal([]);
    const { body } = await clients.member.get(`/v1/members/${people.member}/details`);
    expect(body.details.number).to.equal('RIGHT-1');
    await made(clients.admin.post(numbers(people.other), { number: 'CANARY-member' }));
    expect(await found('CANARY-member')).to.deep.equal([people.other]);
  });

  it('is not given where another member has it, and stays as it was', async () => {
    const { people, clients } = society;
    const before = await society.ledger.store.head();
    const { status, body } = await clients.admin.post(numbers(people.other), { number: 'RIGHT-1' });
    expect([status, body.code]).to.deep.equal([409, 'number-taken']);
    expect(await society.ledger.store.head()).to.deep.equal(before);
    expect(await found('CANARY-member')).to.deep.equal([people.other]);
  });

  it('is corrected twice, and the first correction sent again lets go of nothing', async () => {
    const { people, clients } = society;
    const first = { 'Idempotency-Key': v4() };
    const sent = () => clients.admin.post(numbers(people.assessor), { number: 'FIRST' }, first);
    await made(sent());
    await made(clients.admin.post(numbers(people.assessor), { number: 'SECOND' }));
    await made(clients.admin.post(numbers(people.other), { number: 'FIRST' }));
    expect((await made(sent())).repeated).to.equal(true);
    expect(await found('SECOND')).to.deep.equal([people.assessor]);
    expect(await found('FIRST')).to.deep.equal([people.other]);
  });

  it('is not kept for a request that was refused, because its key was another command’s', async () => {
    const { people, clients } = society;
    const used = { 'Idempotency-Key': v4() };
    const grade = { grade: 'associate', effectiveOn: '2025-01-01' };
    await made(clients.admin.post(`/v1/members/${people.member}/grades`, grade, used));
    const again = await clients.admin.post(numbers(people.member), { number: 'LEFT' }, used);
    expect([again.status, again.body.code]).to.deep.equal([422, 'key-reused']);
    await made(clients.admin.post(numbers(people.other), { number: 'LEFT' }));
  });

  it('is an admin’s to correct, not the member’s own', async () => {
    const { people, clients } = society;
    const { status } = await clients.member.post(numbers(people.member), { number: 'MINE-1' });
    expect(status).to.equal(403);
  });
});
