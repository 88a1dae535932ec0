import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { made, rulebook, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

/** A society whose years begin on 1 September, and ask for two entries besides the points. */
describe('a cycle by the year in which it begins', function () {
  this.timeout(120_000);
  let society: TestSociety;
  let home: string;
  let scheme: string;
  before(async () => {
    home = tempDir();
    society = await startSociety(home);
    const rules = {
      ...rulebook,
      title: 'Guild Learning Scheme',
      cycle: { months: 12, starts: 'fixed', from: '2000-09-01' },
      requirements: [{ name: 'two-entries', of: {}, per: 'cycle', entries: 2 }],
    };
    const { admin } = society.clients;
    const body = { version: 1, effectiveFrom: '2020-01-01', rulebook: rules };
    scheme = (await made(admin.post('/v1/schemes', body))).ids.scheme;
    for (const name of ['member', 'other'] as const) {
      const joining = { scheme, on: '2024-10-01' };
      await made(admin.post(`/v1/members/${society.people[name]}/schemes`, joining));
    }
  });
  after(() => society.close());

  const count = async (): Promise<number> => (await society.ledger.store.head()).count;
  const there = 'cycles are 2024-09-01, 2025-09-01, 2026-09-01';

  it('is meant by statement, standing and letters', async () => {
    const asked = ['--cycle', '2025', '--scheme', scheme];
    const statement = await ran(home, ['statement', 'CANARY-member', ...asked]);
    expect(statement).to.match(/^cycle +2025-09-01: 2025-09-01 to 2026-08-31/m);
    const standing = await ran(home, ['standing', ...asked, '--csv']);
    expect(standing.match(/,2025-09-01,/g)).to.have.length(2);
    const letters = await ran(home, ['letters', ...asked, '--by', 'admin']);
    expect(letters.match(/,2025-09-01,/g)).to.have.length(2);
    // Its first day means the same, and a calendar year goes by its first day, too.
    const byDay = ['statement', 'CANARY-member', '--scheme', scheme, '--cycle', '2025-09-01'];
    expect(await ran(home, byDay)).to.equal(statement);
    const year = ['statement', 'CANARY-member', '--scheme', society.scheme, '--cycle'];
    expect(await ran(home, [...year, '2025-01-01'])).to.equal(await ran(home, [...year, '2025']));
  });

  it('is brought in, extended and adjusted under the name that statements have', async () => {
    const { admin } = society.clients;
    const of = `/v1/members/${society.people.member}`;
    const deadline = { scheme, cycle: '2025', until: '2027-01-01' };
    await made(admin.post(`${of}/deadlines`, deadline));
    const path = join(home, 'balances.csv');
    writeFileSync(
      path,
      `number,as,scheme,cycle,points-category,points\nCANARY-member,balance,${scheme},2025,training,21\n`,
    );
    await ran(home, ['import', 'claims', path, '--by', 'admin']);
    const { facts } = (await admin.get(`${of}/history`)).body;
    const cyclesOf = (wanted: string) =>
      facts
        .filter(({ type }: { type: string }) => type === wanted)
        .map(({ data }: { data: { cycle: string } }) => data.cycle);
    expect(cyclesOf('PointsBroughtIn')).to.deep.equal(['2025-09-01']);
    expect(cyclesOf('DeadlineExtended')).to.deep.equal(['2025-09-01']);
    const statement = `${of}/statement?scheme=${scheme}&cycle=2025`;
    expect((await admin.get(statement)).body.statement.counted).to.equal(2_100);
  });

  it('says of who has the points which requirement is not met: standing, letters and their pages', async () => {
    const asked = ['--cycle', '2025', '--scheme', scheme];
    const wanting = 'two-entries, 2025-09-01 to 2026-08-31: 0 of 2 entries: not met';
    const table = await ran(home, ['standing', ...asked]);
    expect(table).to.match(
      new RegExp(`^${society.people.member} .* 0\\.00  short .*${wanting}$`, 'm'),
    );
    expect(await ran(home, ['standing', ...asked, '--csv'])).to.contain(`,"${wanting}"`);
    const folder = join(home, 'letters');
    const letters = await ran(home, ['letters', ...asked, '--by', 'admin', '--folder', folder]);
    expect(letters).to.match(/^name,.*,requirements not met,scheme$/m);
    expect(letters).to.contain(`,"${wanting}",Guild Learning Scheme\n`);
    const page = readFileSync(join(folder, `${society.people.member}.html`), 'utf8');
    expect(page).to.contain(`<td>${wanting}</td>`);
    expect(page).to.contain('Guild Learning Scheme: <strong>');
    // Of a scheme without requirements nothing is said, and without a title none is made up.
    const plain = ['--cycle', '2025', '--scheme', society.scheme, '--by', 'admin'];
    const others = await ran(home, ['letters', ...plain]);
    expect(others)
      .to.match(/,2025-12-31,,,$/m)
      .and.not.to.contain('entries');
  });

  it('leaves a row in the log of each member whose name was opened, with the reason', async () => {
    const { admin, other } = society.clients;
    const of = (person: string) => `/v1/members/${person}/openings`;
    const before = (await other.get(of(society.people.other))).body.items.length;
    const outside = (await admin.get(of(society.people.assessor))).body.items;
    const asked = ['--cycle', '2025', '--scheme', scheme, '--by', 'admin'];
    await ran(home, ['letters', ...asked, '--outcome', 'met']);
    expect((await other.get(of(society.people.other))).body.items).to.have.length(before);
    await ran(home, ['letters', ...asked]);
    const path = `/v1/schemes/${scheme}/letters?cycle=2025`;
    expect((await admin.get(path, { 'Access-Reason': 'letter' })).status).to.equal(200);
    const { items } = (await other.get(of(society.people.other))).body;
    const common = { actor: society.people.admin, reason: 'letter' };
    expect(
      items.slice(0, items.length - before).map(({ at: _at, ...row }: { at: string }) => row),
    ).to.deep.equal([
      { ...common, operation: 'export-letters' },
      { ...common, operation: 'letters' },
    ]);
    // Who takes no part in it was not opened.
    expect((await admin.get(of(society.people.assessor))).body.items).to.deep.equal(outside);
  });

  it('is closed under its name, once, whichever way it is meant; so is its certificate', async () => {
    const close = ['close', '--scheme', scheme, '--by', 'admin', '--cycle'];
    expect(await ran(home, [...close, '2025'])).to.equal('cycle 2025: determined for 2 members\n');
    expect(await ran(home, [...close, '2025-09-01'])).to.match(/determined for 0 members/);
    const { admin } = society.clients;
    const of = `/v1/members/${society.people.other}`;
    const { facts } = (await admin.get(`${of}/history`)).body;
    expect(facts.at(-1).data.cycle).to.equal('2025-09-01');
    const certificate = await admin.get(`${of}/certificate?scheme=${scheme}&cycle=2025`, {
      'Access-Reason': 'letter',
    });
    expect(certificate.status).to.equal(200);
    expect(certificate.body).to.contain('2025-09-01 to 2026-08-31').and.contain('0 of 2 entries');
    const again = { scheme, cycle: '2025' };
    const { status, body } = await admin.post(`${of}/determinations`, again);
    expect([status, body.code]).to.deep.equal([409, 'cycle-determined']);
    expect(await ran(home, ['verify'])).to.match(/every one holds/);
  });

  it('is refused where nobody has it, with the cycles that there are, before anything is made', async () => {
    const before = await count();
    const file = join(home, 'standing.csv');
    const folder = join(home, 'none');
    const asked: [string[], string][] = [
      [['close', '--dry-run'], '2031-03-01'],
      [['close', '--by', 'admin'], '1887-01-01'],
      [['standing'], 'banana'],
      [['standing', '--csv'], '1999'],
      [['standing', '--out', file], '1999'],
      [['letters', '--by', 'admin', '--folder', folder], '1999'],
      [['statement', 'CANARY-member'], '1999'],
      [['statement', 'CANARY-member'], 'banana'],
    ];
    for (const [args, cycle] of asked) {
      const { code, out, err } = await run(home, [...args, '--cycle', cycle, '--scheme', scheme]);
      expect([code, out, err]).to.deep.equal([
        1,
        '',
        `skills-ledger: there is no cycle "${cycle}"; ${there}\n`,
      ]);
    }
    expect([existsSync(file), existsSync(folder), await count()]).to.deep.equal([
      false,
      false,
      before,
    ]);
  });

  it('is refused over HTTP in the same words', async () => {
    const { admin } = society.clients;
    const reason = { 'Access-Reason': 'letter' };
    const answers = [
      await admin.get(`/v1/schemes/${scheme}/outcomes?cycle=1999`),
      await admin.get(`/v1/schemes/${scheme}/letters?cycle=1999`, reason),
      await admin.get(`/v1/reports/standing?scheme=${scheme}&cycle=1999`),
      await admin.get(`/v1/reports/standing-sums?scheme=${scheme}&cycle=1999`),
      await admin.get(`/v1/reports/standing.csv?scheme=${scheme}&cycle=1999`),
      await admin.get(`/v1/members/${society.people.member}/statement?scheme=${scheme}&cycle=1999`),
      await admin.post(`/v1/schemes/${scheme}/closings`, { cycle: '1999' }),
      await admin.post(`/v1/members/${society.people.member}/determinations`, {
        scheme,
        cycle: '1999',
      }),
    ];
    for (const { status, body } of answers) {
      expect([status, body.code, body.detail]).to.deep.equal([
        404,
        'not-found',
        `there is no cycle "1999"; ${there}`,
      ]);
    }
    // What is yet to come is a cycle, and a scheme in which nobody takes part has nobody to show.
    const next = await admin.get(`/v1/reports/standing?scheme=${scheme}&cycle=2027`);
    expect([next.status, next.body.items.length]).to.deep.equal([200, 2]);
    const rules = { version: 1, effectiveFrom: '2020-01-01', rulebook };
    const empty = (await made(admin.post('/v1/schemes', rules))).ids.scheme;
    const none = await admin.get(`/v1/reports/standing?scheme=${empty}&cycle=2025`);
    expect([none.status, none.body.items]).to.deep.equal([200, []]);
  });
});
