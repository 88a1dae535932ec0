import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { course, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

interface Result {
  status: number;
  position?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails on anything else
  body: any;
}

describe('many commands in one request', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());

  const claim = (body: unknown = course) => ({
    operation: 'claim',
    path: { member: society.people.member },
    body,
    key: v4(),
  });
  it('leave a line in the log where one fails as nobody foresaw, without what was typed', async () => {
    const { clients, ledger, logged } = society;
    const { takeKey } = ledger.vault;
    ledger.vault.takeKey = async () => {
      throw new Error('Cloud procurement');
    };
    const { body } = await clients.member.post('/v1/bulk', { commands: [claim()] });
    ledger.vault.takeKey = takeKey;
    const [result] = body.results as Result[];
    expect(result?.status).to.equal(500);
    const lines = logged.filter(({ message }) => message === 'failed');
    expect(lines.map(({ operation }) => operation)).to.deep.equal(['claim']);
    expect(`urn:uuid:${lines[0]?.requestId}`).to.equal(result?.body.instance);
    expect(JSON.stringify(lines)).to.not.contain('Cloud');
  });

  const results = ({ body }: { body: { results: Result[] } }): Result[] => body.results;

  it('are a thousand at most, each answered by itself in the order sent', async () => {
    const { member } = society.clients;
    // Of last year: a member has so many claims in a year at most.
    const titled = (title: string) =>
      claim({ lines: [{ ...course.lines[0], title, from: '2025-01-12', until: '2025-01-13' }] });
    const commands = Array.from({ length: 1_000 }, (_, n) => titled(`Course ${n}`));
    const before = (await society.ledger.store.head()).count;
    const answer = await member.post('/v1/bulk', { commands });
    expect(answer.status).to.equal(200);
    expect(results(answer).map(({ status }) => status)).to.deep.equal(Array(1_000).fill(201));
    // Commands on one thing are carried out in the order sent, too.
    const revisions = results(answer).map(({ body }) => Number(body.revision));
    expect(revisions).to.deep.equal(revisions.map((_, n) => (revisions[0] as number) + n));
    expect((await society.ledger.store.head()).count).to.equal(before + 1_000);

    const again = await member.post('/v1/bulk', { commands });
    expect(results(again).map(({ body }) => body.events[0].id)).to.deep.equal(
      results(answer).map(({ body }) => body.events[0].id),
    );
    expect((await society.ledger.store.head()).count).to.equal(before + 1_000);
    const over = await member.post('/v1/bulk', { commands: [...commands, titled('One more')] });
    expect([over.status, over.body.code]).to.deep.equal([422, 'input-wrong']);
    const none = await member.post('/v1/bulk', { commands: [] });
    expect([none.status, none.body.code]).to.deep.equal([422, 'input-wrong']);
    expect((await society.ledger.store.head()).count).to.equal(before + 1_000);
  }).timeout(60_000);

  it('fail one by one: a wrong one, a forbidden one, an unknown one leave the others alone', async () => {
    const { people, clients } = society;
    const right = [claim(), claim()];
    const commands = [
      right[0],
      claim({ lines: [] }),
      { ...claim(), path: { member: people.other } },
      { ...claim(), operation: 'no-such' },
      { ...claim(), operation: 'list-claims' },
      { ...claim(), operation: 'attach-file' },
      { ...claim(), path: {} },
      { ...claim(), path: { member: 'nobody' } },
      { ...claim(), ifMatch: '"0"' },
      right[0],
      { ...right[0], body: { lines: [{ ...course.lines[0], title: 'Another' }] } },
      right[1],
    ];
    const answer = await clients.member.post('/v1/bulk', { commands });
    const told = results(answer).map(({ status, body }) => `${status} ${body.code ?? ''}`.trim());
    expect(told).to.deep.equal([
      '201',
      '422 input-wrong',
      '403 forbidden',
      '422 input-wrong',
      '422 input-wrong',
      '422 input-wrong',
      '422 input-wrong',
      '404 not-found',
      '412 precondition-failed',
      '200',
      '422 key-reused',
      '201',
    ]);
  });

  it('answer with a position that covers them all', async () => {
    const { member, auditor } = society.clients;
    const commands = Array.from({ length: 40 }, () => claim());
    const answer = await member.post('/v1/bulk', { commands });
    const at = { 'Ledger-At-Least': answer.headers.get('ledger-position') ?? '' };
    const wanted = results(answer).map(({ body }) => body.ids.claim);
    const waiting: string[] = [];
    for (let cursor = ''; ; ) {
      const path = `/v1/queue?member=${society.people.member}&limit=500${cursor}`;
      const { items, next } = (await auditor.get(path, at)).body;
      waiting.push(...items.map((item: { claim: string }) => item.claim));
      if (next === undefined) break;
      cursor = `&cursor=${next}`;
    }
    expect(waiting).to.include.members(wanted);
  });

  it('need a sign-in, and a key each', async () => {
    const { key: _key, ...keyless } = claim();
    const { member } = society.clients;
    const answer = await member.post('/v1/bulk', { commands: [keyless] });
    expect([answer.status, answer.body.code]).to.deep.equal([422, 'input-wrong']);
    expect((await society.nobody.post('/v1/bulk', { commands: [claim()] })).status).to.equal(401);
  });
});
