import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Rulebook } from '../../src/scheme/rulebook.ts';
import { course, made, rulebook, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const day = '2026-11-01';
const harder: Rulebook = {
  ...rulebook,
  governs: 'running',
  targets: [{ grade: 'full', points: 300 }],
};
/** The same, with so much for an hour that everybody who did something gains. */
const softer: Rulebook = { ...harder, targets: [{ grade: 'full', points: 100 }] };

describe('rulebooks over HTTP', () => {
  let society: TestSociety;
  let at: string;
  before(async () => {
    society = await startSociety(tempDir());
    at = `/v1/schemes/${society.scheme}`;
    const { member, assessor } = society.clients;
    const claims = `/v1/members/${society.people.member}/claims`;
    const { ids } = await made(member.post(claims, course));
    const claim = `${claims}/${ids.claim}`;
    const { lineId } = (await member.get(claim)).body.lines[0].line;
    await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
  });
  after(() => society.close());

  const preview = async (book: Rulebook, effectiveFrom = '2026-06-01', query = '') => {
    const body = { effectiveFrom, rulebook: book, on: day };
    // The facts of this test are in the rows that a preview reads.
    const { position } = await society.ledger.store.head();
    const headers = { 'Ledger-At-Least': position as string };
    return society.clients.admin.post(`${at}/rulebook-previews${query}`, body, headers);
  };
  const statement = async (person: string) => {
    const path = `/v1/members/${person}/statement?scheme=${society.scheme}&cycle=2026&on=${day}`;
    return (await society.clients.admin.get(path)).body.statement;
  };

  it('a preview says who gains and who does not, and writes nothing', async () => {
    const head = await society.ledger.store.head();
    const { status, body } = await preview(harder);
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body.sums).to.include({ members: 3, cycles: 3, gaining: 3, losing: 0, newlyMet: 1 });
    expect(body.asOf).to.equal(head.count);
    const mine = body.rows.find(
      ({ member }: { member: string }) => member === society.people.member,
    );
    expect([mine.before.needed, mine.after.needed, mine.before.met, mine.after.met]).to.deep.equal([
      1_700,
      0,
      false,
      true,
    ]);
    expect(await society.ledger.store.head()).to.deep.equal(head);
  });

  it('gives as many rows as are asked for, and says how many are left', async () => {
    const { body } = await preview(softer, '2026-06-01', '?limit=1');
    expect([body.rows.length, body.left, body.sums.gaining]).to.deep.equal([1, 2, 3]);
  });

  it('shows nothing where the version would govern what does not concern it', async () => {
    const { governs: _running, ...next } = harder;
    const { body } = await preview(next, '2026-06-01');
    expect(body.rows.map((row: { after: { cycle: string } }) => row.after.cycle)).to.deep.equal([
      '2027',
      '2027',
      '2027',
    ]);
  });

  it('a faulty rulebook is previewed and published by nobody', async () => {
    const limit = { name: 'talks', of: { kinds: ['talk'] }, per: 'cycle' as const, entries: 1 };
    const faulty = { ...rulebook, limits: [limit] };
    const version = { version: 2, effectiveFrom: '2026-06-01', rulebook: faulty };
    for (const answer of [
      await preview(faulty),
      await society.clients.admin.post(`${at}/rulebooks`, version),
      await society.clients.admin.post('/v1/schemes', { ...version, version: 1 }),
    ]) {
      expect([answer.status, answer.body.code]).to.deep.equal([422, 'rulebook-faulty']);
      expect(answer.body.detail).to.equal(
        'limits.0.of.kinds: there is no kind talk; there are: course, reading',
      );
    }
  });

  it('only an admin previews, and of a scheme that there is', async () => {
    const body = { effectiveFrom: '2026-06-01', rulebook };
    const path = `${at}/rulebook-previews`;
    expect((await society.clients.member.post(path, body)).status).to.equal(403);
    expect((await society.nobody.post(path, body)).status).to.equal(401);
    const none = `/v1/schemes/${society.people.member}/rulebook-previews`;
    expect((await society.clients.admin.post(none, body)).status).to.equal(404);
  });

  it('what was previewed is what publishing gives', async () => {
    const { rows, version } = (await preview(harder)).body;
    await made(
      society.clients.admin.post(`${at}/rulebooks`, {
        version,
        effectiveFrom: '2026-06-01',
        rulebook: harder,
      }),
    );
    expect(rows).to.have.length(3);
    for (const { member, after: foretold } of rows) {
      const told = await statement(member);
      expect({
        cycle: told.cycle.cycle,
        version: told.rulebook.version,
        target: told.target,
        counted: told.counted,
        needed: told.needed,
        outcome: told.outcome,
      }).to.deep.equal({
        cycle: foretold.cycle,
        version: foretold.version,
        target: foretold.target,
        counted: foretold.counted,
        needed: foretold.needed,
        outcome: foretold.outcome,
      });
    }
  });

  it('who met the rules and would not any more falls short, and stands first', async () => {
    const back = { ...rulebook, governs: 'running' as const };
    const { body } = await preview(back, '2026-07-01');
    expect(body.sums).to.include({ losing: 3, fallingShort: 1 });
    expect(body.rows[0].member).to.equal(society.people.member);
  });

  it('a publication answers warnings, the same ones when it is sent again', async () => {
    const odd: Rulebook = { ...rulebook, cycle: { ...rulebook.cycle, periodMonths: 5 } };
    const body = { version: 3, effectiveFrom: '2030-01-01', rulebook: odd };
    const key = { 'Idempotency-Key': '6f1c9d1e-0000-4000-8000-000000000001' };
    const first = await society.clients.admin.post(`${at}/rulebooks`, body, key);
    expect(first.body.warnings).to.deep.equal([
      {
        pointer: '/cycle/periodMonths',
        says: 'periods do not divide the cycle: the last one is shorter',
      },
    ]);
    const again = await society.clients.admin.post(`${at}/rulebooks`, body, key);
    expect(again.body).to.deep.equal({ ...first.body, repeated: true });
  });

  it('tells what differs between two versions, and not where there is none', async () => {
    const path = `${at}/rulebooks/differences`;
    const { body } = await society.clients.member.get(`${path}?from=1&to=2`);
    expect(body.differences).to.deep.equal([
      'target of associate is no more',
      'target of full, points: 20 becomes 3',
      'governs: nothing becomes running',
    ]);
    expect((await society.clients.member.get(`${path}?from=1&to=1`)).body.differences).to.be.empty;
    expect((await society.clients.member.get(`${path}?from=1&to=9`)).status).to.equal(404);
    expect((await society.clients.member.get(`${path}?from=0&to=1`)).status).to.equal(400);
  });

  it('the schema for editors is there for anyone', async () => {
    const { status, body } = await society.nobody.get('/rulebook.schema.json');
    expect([status, body.title, body.properties.kinds.type]).to.deep.equal([
      200,
      'Rulebook',
      'array',
    ]);
  });
});
