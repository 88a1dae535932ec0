import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { stringify } from 'yaml';
import { authoredForm } from '../../src/scheme/rulebook-authored.ts';
import { openDatabase } from '../../src/store/driver.ts';
import { made, rulebook, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

const sly = '=HYPERLINK("http://evil.example","<b>win</b>")';
const dryRun = ['close', '--cycle', '2025', '--dry-run'];
const close = ['close', '--cycle', '2025', '--by', 'admin'];

describe('closing a year at the command line', function () {
  this.timeout(60_000);
  let society: TestSociety;
  let home: string;
  let member: string;
  before(async () => {
    home = tempDir();
    society = await startSociety(home);
    const { admin } = society.clients;
    const body = { name: sly, number: 'S-1', grade: 'full', on: '2024-01-01' };
    member = (await made(admin.post('/v1/members', body))).ids.member;
    const joining = { scheme: society.scheme, on: '2024-01-01' };
    await made(admin.post(`/v1/members/${member}/schemes`, joining));
  });
  let closed = false;
  after(() => (closed ? undefined : society.close()));

  /** Publishes the rules of 2025 anew, with this besides. */
  async function publish(more: object): Promise<void> {
    const path = join(home, 'rules.yaml');
    writeFileSync(path, stringify(authoredForm({ ...rulebook, ...more })));
    const about = ['--scheme', society.scheme, '--from', '2025-01-01', '--by', 'admin'];
    const publishing = ['rulebook', 'publish', path, ...about];
    const { code, out, err } = await run(home, publishing);
    expect([code, out]).to.deep.equal([1, '']);
    expect(err).to.match(
      /: it would judge anew what was closed: 2025, of 4 members; .*--over-closed/,
    );
    await ran(home, [...publishing, '--over-closed']);
    // Said once more it is the version that is there, and asks nobody.
    expect(await ran(home, publishing)).to.match(/was published before; nothing was written/);
  }
  const statesOf = async (): Promise<string[]> => {
    const lines = (await ran(home, [...dryRun, '--json'])).trimEnd().split('\n');
    return [...new Set(lines.map((line) => JSON.parse(line).state))];
  };
  const bringIn = (points: number) =>
    made(
      society.clients.admin.post(`/v1/members/${member}/opening-balances`, {
        scheme: society.scheme,
        cycle: '2025',
        category: 'training',
        points,
      }),
    );

  it('notes what was corrected since, and determines it no more', async () => {
    await ran(home, close);
    expect(await statesOf()).to.deep.equal(['stands']);
    await bringIn(2_500);
    expect(await ran(home, dryRun)).to.match(
      new RegExp(`^${member} {2}noted: was short on \\S+, is met$`, 'm'),
    );
    expect(await ran(home, close)).to.equal('cycle 2025: determined for 0 members\n');
  });

  it('reopens it where the rulebook says so, until it is determined anew', async () => {
    await publish({ afterClosing: 'reopens' });
    expect(await ran(home, dryRun)).to.match(
      new RegExp(
        `^${member} {2}reopened: was short on \\S+ by version 1, is met by version 2$`,
        'm',
      ),
    );
    await ran(home, close);
    expect(await statesOf()).to.deep.equal(['stands']);
  });

  it('determines anew what was in grace, once that time is over', async () => {
    await publish({ cycle: { ...rulebook.cycle, graceMonths: 1_000 }, afterClosing: 'reopens' });
    await ran(home, close);
    await publish({ afterClosing: 'notes' });
    expect(await ran(home, dryRun)).to.match(
      new RegExp(
        `^${society.people.member} {2}provisional: was in-grace on \\S+ by version 3, is short by version 4$`,
        'm',
      ),
    );
    expect(await ran(home, close)).to.match(/determined for \d members/);
    expect(await statesOf()).not.to.include('provisional');
  });

  it('may be published anew from a later day, unasked, and over HTTP with a warning', async () => {
    const { admin } = society.clients;
    const versions = `/v1/schemes/${society.scheme}/rulebooks`;
    const path = join(home, 'later.yaml');
    writeFileSync(path, stringify(authoredForm(rulebook)));
    const about = ['--scheme', society.scheme, '--by', 'admin', '--from'];
    await ran(home, ['rulebook', 'publish', path, ...about, '2026-01-01']);
    await ran(home, ['rulebook', 'publish', path, ...about, '2999-01-01']);
    const warned = async (body: object) => {
      const { status, body: answer } = await admin.post(versions, { rulebook, ...body });
      expect(status, JSON.stringify(answer)).to.equal(201);
      return answer.warnings;
    };
    expect(await warned({ version: 7, effectiveFrom: '2026-01-02' })).to.deep.equal([]);
    expect(await warned({ version: 8, effectiveFrom: '2025-01-01' })).to.deep.equal([
      {
        pointer: '/effectiveFrom',
        says: 'it judges anew what was closed: 2025, of 4 members',
      },
    ]);
    await ran(home, close);
  });

  const letters = ['letters', '--cycle', '2025', '--by', 'admin'];

  it('gives a merge file in which no name is a formula', async () => {
    const text = await ran(home, letters);
    expect(text).to.contain(`"'${sly.replaceAll('"', '""')}",S-1,full`);
  });

  it('writes a page for each member into a folder that nobody else may read, with names escaped', async () => {
    const folder = join(home, 'letters');
    await ran(home, [...letters, '--folder', folder]);
    const pages = readdirSync(folder);
    expect(pages).to.have.length(4).and.to.include(`${member}.html`);
    expect(statSync(folder).mode & 0o077).to.equal(0);
    const page = readFileSync(join(folder, `${member}.html`), 'utf8');
    expect(page)
      .to.contain('<h1>Certificate</h1>')
      .and.to.match(/SHA-256 of the statement [0-9a-f]{64}/);
    expect(page).to.contain('=HYPERLINK(').and.not.to.contain('<b>win');
    // A year that nobody determined: how they stand, by when they may do what is needed, and no proof.
    await ran(home, ['letters', '--cycle', '2026', '--by', 'admin', '--folder', folder]);
    const standing = readFileSync(join(folder, `${member}.html`), 'utf8');
    expect(standing).to.contain('As it stands on').and.to.contain('20.00, by 2026-12-31');
    expect(standing).not.to.contain('SHA-256');
  });

  it('says in one line where the folder cannot be', async () => {
    const path = join(home, 'ledger.db', 'letters');
    const { code, err } = await run(home, [...letters, '--folder', path]);
    expect([code, err]).to.deep.equal([
      1,
      `skills-ledger: ${path} cannot be made a folder: ENOTDIR\n`,
    ]);
  });

  it('is found out by verify where a digest or an outcome was changed in the file', async () => {
    expect(await ran(home, ['verify'])).to.match(/every one holds/);
    await society.close();
    closed = true;
    const path = join(home, 'ledger.db');
    const database = openDatabase(path);
    const [first] = database
      .prepare("SELECT position, data FROM events WHERE type = 'CycleDetermined' ORDER BY position")
      .all() as { position: number; data: string }[];
    if (first === undefined) throw new Error('nothing was determined');
    const change = database.prepare('UPDATE events SET data = ? WHERE position = ?');
    const verified = async (data: string) => {
      change.run(data, first.position);
      const { code, err } = await run(home, ['verify']);
      return [code, /CycleDetermined \S+ \(index \d+, .*?\): (.*)/.exec(err)?.[1] ?? err];
    };
    const { digest } = JSON.parse(first.data) as { digest: string };
    const other = digest.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const [code, says] = await verified(first.data.replace(digest, other));
    expect(code).to.equal(1);
    expect(says).to.match(new RegExp(`^its digest is ${other}, but that .* is ${digest}$`));
    const [, outcome] = await verified(first.data.replace('"short"', '"met"'));
    expect(outcome).to.match(/^its outcome is met, but the statement as of index .* says short$/);
    const [, index] = await verified(first.data.replace(/"index":\d+/, '"index":99999'));
    expect(index).to.equal('it is of index 99999, which came after it');
    const [, cycle] = await verified(first.data.replace('"2025"', '"1999"'));
    expect(cycle).to.match(/the member had no cycle 1999$/);
    expect(await verified(first.data)).to.deep.equal([0, '']);
    database.close();
  });
});
