import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { ran } from '../cli/run.ts';
import { blocksOf } from '../support/blocks.ts';
import { answers } from '../support/duckdb.ts';
import { course, made, startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { printed, stepsOf } from './tour.ts';

describe('the examples for analysts', function () {
  this.timeout(120_000);
  let ledger: { home: string; member: string; facts: number };
  before(async () => {
    ledger = await manySided();
  });

  /** A folder with the ledger's facts as Parquet, made by the commands of the document. */
  async function exportedBy(document: string): Promise<string> {
    const folder = tempDir();
    const steps = stepsOf(document).map(({ commands, prints }) => ({
      commands: `${commands.replace('--out ', `--out ${folder}/`)}`,
      prints,
    }));
    const [said] = await printed(steps.slice(0, 1), { url: '', home: ledger.home });
    expect(said).to.match(/facts in .*; the next export begins with --since \d+\n$/);
    return folder;
  }

  it('in DuckDB run from their text, and give the balances that the ledger gives', async () => {
    const document = 'docs/how-to/duckdb.md';
    const folder = await exportedBy(document);
    const blocks = blocksOf(document, 'sql');
    expect(blocks.length).to.be.greaterThan(6);
    const told = await answers([`SET file_search_path = '${folder}'`, ...blocks]);
    const [awarded = []] = told.filter((rows) => rows[0]?.['awarded'] !== undefined);
    const csv = await ran(ledger.home, ['export', 'balances']);
    const balances = csv
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    expect(
      awarded.map((row) => [row['member'], row['scheme'], row['category'], row['awarded']]),
    ).to.deep.equal(
      balances.map(([member, scheme, , category, points]) => [
        member,
        scheme,
        category,
        Number(points),
      ]),
    );
    const [kinds = []] = told.filter((rows) => rows[0]?.['first'] !== undefined);
    const facts = kinds.reduce((sum, row) => sum + Number(row['facts']), 0);
    expect(facts).to.equal(ledger.facts);
    expect(told.some((rows) => rows[0]?.['days'] !== undefined)).to.equal(true);
  });

  it('in DuckDB give the same over an export in two parts', async () => {
    const folder = tempDir();
    const part = (name: string, ...more: string[]) =>
      ran(ledger.home, [
        'export',
        'facts',
        '--format',
        'parquet',
        '--out',
        join(folder, name),
        ...more,
      ]);
    await part('facts-0.parquet', '--as-of', '7');
    await part('facts-1.parquet', '--since', '7');
    const counted = await answers([
      `SET file_search_path = '${folder}'`,
      ...blocksOf('docs/how-to/duckdb.md', 'sql').slice(0, 1),
      'SELECT count(*) AS n, count(DISTINCT "index") AS of FROM facts',
    ]);
    const whole = String(ledger.facts);
    expect(counted.at(-1)).to.deep.equal([{ n: whole, of: whole }]);
  });

  it('in Python with pandas run from their text', async function () {
    const at = spawnSync('python3', ['-c', 'import pandas, pyarrow']);
    if (at.status !== 0) {
      console.log('      skipped: python3 with pandas and pyarrow is not at hand');
      return this.skip();
    }
    const document = 'docs/how-to/pandas.md';
    const folder = await exportedBy(document);
    const script = join(folder, 'example.py');
    writeFileSync(script, blocksOf(document, 'python').join('\n'));
    const done = spawnSync('python3', [script], { cwd: folder, encoding: 'utf8' });
    expect(done.stderr).to.equal('');
    expect(done.stdout).to.match(new RegExp(`${ledger.member}.*training.*6\\.0`));
  });
});

/**
 * A ledger in which each thing happened that takes points back or moves them: of three approvals of a member one was
 * revoked and one overturned, and another id with an approval was the same human. No server has it open.
 */
async function manySided() {
  const home = tempDir();
  const society = await startSociety(home);
  const { people, clients } = society;
  const approved = async (of: 'member' | 'other') => {
    const claims = `/v1/members/${people[of]}/claims`;
    const { ids } = await made(clients[of].post(claims, course));
    const claim = `${claims}/${ids.claim}`;
    const { lineId } = (await clients[of].get(claim)).body.lines[0].line;
    const { events } = await made(
      clients.assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }),
    );
    return { claim, approval: events[0].id };
  };
  await approved('member');
  const reason = 'The certificate names somebody else.';
  const { claim, approval } = await approved('member');
  await made(
    clients.assessor.post(`${claim}/revocations`, { approval, effect: { kind: 'void' }, reason }),
  );
  const reviewed = await approved('member');
  await made(
    clients.assessor.post(`${reviewed.claim}/reviews`, { approval: reviewed.approval, reason }),
  );
  const { reviews } = (await clients.member.get(reviewed.claim)).body;
  await made(
    clients.assessor.post(`${reviewed.claim}/reviews/${reviews[0].review}/outcomes`, {
      outcome: 'overturned',
      reason,
    }),
  );
  await approved('other');
  const duplicates = `/v1/members/${people.member}/duplicates`;
  await made(clients.admin.post(duplicates, { duplicate: people.other }));
  const { facts } = (await clients.admin.get('/health/ready')).body;
  await society.close();
  return { home, member: people.member, facts };
}
