import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { startServer, type TestServer } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';

const LIMIT = 5;

describe('too many requests in a minute', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer(tempDir(), { rates: { read: LIMIT, write: LIMIT, heavy: LIMIT } });
  });
  after(() => server.close());

  it('are refused to one subject, with when to try again, and not to another', async () => {
    const [jane, joe] = [await server.as('jane'), await server.as('joe')];
    for (let n = 0; n < LIMIT; n++) expect((await jane.get('/v1/me')).status).to.equal(200);
    const { status, body, headers } = await jane.get('/v1/me');
    expect([status, body.code]).to.deep.equal([429, 'rate-exceeded']);
    expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
    expect(headers.get('ratelimit')).to.be.a('string');
    expect((await joe.get('/v1/me')).status).to.equal(200);
    const anew = await server.as('jane');
    expect((await anew.get('/v1/me')).status, 'a new token is the same subject').to.equal(429);
  });

  it('draw on an allowance for each kind: reads spent leave writes', async () => {
    const kim = await server.as('kim');
    for (let n = 0; n <= LIMIT; n++) await kim.get('/v1/me');
    expect((await kim.get('/v1/me')).status).to.equal(429);
    expect((await kim.post('/v1/persons')).status).to.equal(403);
    expect((await kim.post('/v1/bulk', { commands: [] })).status).to.equal(422);
  });

  it('are refused before their body is read', async () => {
    const lee = await server.as('lee');
    for (let n = 0; n < LIMIT; n++) await lee.post('/v1/persons');
    const huge = { text: 'x'.repeat(3_000_000) };
    const { status, body } = await lee.post('/v1/persons', huge);
    expect([status, body.code]).to.deep.equal([429, 'rate-exceeded']);
  });

  it('with tokens that are none slow down whoever guesses', async () => {
    const guess = () => server.nobody.get('/v1/me', { Authorization: 'Bearer not.a.token' });
    let status = 401;
    let guesses = 0;
    for (; status === 401 && guesses < 1_000; guesses++) ({ status } = await guess());
    expect(status).to.equal(429);
    expect(guesses).to.be.above(100);
  });
});
