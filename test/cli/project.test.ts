import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { canonical } from '../../src/proofs/jcs.ts';
import { openDatabase } from '../../src/store/driver.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { blocksOf } from '../support/blocks.ts';
import { course, made, startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { type Prepared, prepared } from './prepared.ts';
import { main, ran, run } from './run.ts';

const [byMonth = '', waiting = '', points = ''] = blocksOf(
  'docs/how-to/your-own-projection.md',
  'ts',
);

/** A file of the user's, in a folder that knows nothing of the ledger. */
function file(name: string, text: string): string {
  const path = join(tempDir(), name);
  writeFileSync(path, text);
  return path;
}

/** A file that is given every fact of a type and tells something of it. */
function telling(type: string, cell: string): string {
  return file(
    'telling.ts',
    `import { defineProjection } from 'skills-ledger';
     export const projection = defineProjection({
       name: 'telling', types: ['${type}'], columns: ['cell'],
       initial: () => [] as unknown[],
       apply(rows, fact) { rows.push(${cell}); },
       rows: (rows) => rows.map((cell) => ({ cell }) as never),
     });`,
  );
}

describe('a projection of the user’s own', () => {
  let ledger: Prepared;
  let month: string;
  before(async () => {
    ledger = await prepared();
    const facts = await ran(ledger.home, ['export', 'events']);
    month = JSON.parse(facts.trimEnd().split('\n').at(-1) ?? '').metadata.recordedAt.slice(0, 7);
  });
  const project = (...args: string[]) => run(ledger.home, ['project', ...args]);

  describe('of the documentation', () => {
    it('counts: to stdout, to a file, and as it was known', async () => {
      const path = file('by-month.ts', byMonth);
      expect(await ran(ledger.home, ['project', path])).to.equal(`month,approvals\n${month},2\n`);
      const out = join(tempDir(), 'by-month.csv');
      const index = ledger.revokedAt + 1;
      expect(await ran(ledger.home, ['project', path, '--out', out])).to.equal(
        `1 rows in ${out}, from 2 facts, as of index ${index}\n`,
      );
      expect(readFileSync(out, 'utf8')).to.equal(`month,approvals\n${month},2\n`);
      const early = await ran(ledger.home, ['project', path, '--as-of', '2']);
      expect(early).to.equal('month,approvals\n');
    });

    it('remembers: to a SQLite file of its own', async () => {
      const out = join(tempDir(), 'waiting.db');
      await ran(ledger.home, ['project', file('waiting.ts', waiting), '--out', out]);
      const database = openDatabase(out, { readOnly: true });
      const rows = database.prepare('SELECT member, days, first_decision FROM waiting').all();
      database.close();
      const row = { member: ledger.member, days: 0, first_decision: 'ClaimApproved' };
      expect(rows.map((one) => ({ ...(one as object) }))).to.deep.equal([row, row]);
    });

    it('takes back: to JSON, now and as of an index', async () => {
      const path = file('points.ts', points);
      const table = async (...more: string[]) => {
        const out = join(tempDir(), 'points.json');
        await ran(ledger.home, ['project', path, '--out', out, ...more]);
        return JSON.parse(readFileSync(out, 'utf8'));
      };
      const row = { organisation: 'none', scheme: ledger.scheme, members: 1 };
      expect(await table()).to.deep.equal([{ ...row, points: 3 }]);
      expect(await table('--as-of', String(ledger.revokedAt))).to.deep.equal([
        { ...row, points: 6 },
      ]);
      expect(await table('--as-of', '2')).to.deep.equal([]);
    });
  });

  it('is typed: the examples of the documentation hold, and a field that a fact has not does not', () => {
    const folder = tempDir();
    const paths = { 'skills-ledger': [join(process.cwd(), 'src/export/define-projection.ts')] };
    const typeRoots = [join(process.cwd(), 'node_modules/@types')];
    const compilerOptions = {
      paths,
      typeRoots,
      types: ['node'],
      noEmit: true,
      noUnusedLocals: false,
    };
    const config = { extends: join(process.cwd(), 'tsconfig.json'), compilerOptions };
    const include = ['*.ts'];
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...config, include }));
    for (const [n, text] of [byMonth, waiting, points].entries()) {
      writeFileSync(join(folder, `${n}.ts`), text);
    }
    writeFileSync(
      join(folder, 'wrong.ts'),
      byMonth.replace('fact.recordedAt', 'fact.data.eventId'),
    );
    const tsc = join('node_modules', '.bin', 'tsc');
    const { stdout } = spawnSync(tsc, ['-p', folder, '--rootDir', '/'], { encoding: 'utf8' });
    const errors = stdout.split('\n').filter((line) => /error TS/.test(line));
    expect(errors, stdout).to.have.length(1);
    expect(errors[0]).to.match(/wrong\.ts\(9,29\): .*'eventId' does not exist/);
  });

  it('may be JavaScript, in a folder of modules or of CommonJS', async () => {
    const plain = byMonth.replaceAll('<string, number>', '');
    for (const [type, name] of [
      ['module', 'a.js'],
      ['commonjs', 'b.ts'],
      ['module', 'c.mjs'],
    ] as const) {
      const folder = tempDir();
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
      writeFileSync(join(folder, name), plain);
      const out = await ran(ledger.home, ['project', join(folder, name)]);
      expect(out, `${name} in ${type}`).to.equal(`month,approvals\n${month},2\n`);
    }
  });

  it('is told no sealed text, no digest, no setting, and is given no store', async () => {
    const path = telling(
      'Claimed',
      `JSON.stringify(fact) + Object.keys(process.env).filter((name) => name.startsWith('LEDGER_'))`,
    );
    const out = await ran(ledger.home, ['project', path], { LEDGER_AUDIENCE: 'skills-ledger' });
    expect(out).to.include('claimId').and.to.include(ledger.member);
    expect(out).to.not.match(/sealed|"ct"|canary|commandDigest|LEDGER_/i);
  });

  it('is not told of what was retracted by the index asked for, whenever that was recorded', async () => {
    const home = tempDir();
    cpSync(ledger.home, home, { recursive: true });
    const store = await openSqliteStore({ path: join(home, 'ledger.db') });
    const stream = `member-${ledger.member}`;
    const facts = await store.readStream(stream, 0n);
    const claimed = facts.find(({ type }) => type === 'Claimed');
    const retraction = {
      id: v4(),
      type: 'FactRetracted',
      data: canonical({ eventId: claimed?.id, reasons: [], correction: v4() }),
      metadata: claimed?.metadata ?? '',
      recordedAt: new Date().toISOString(),
    };
    await store.append(stream, BigInt(facts.length - 1), [retraction]);
    const { count } = await store.head();
    await store.close();
    const told = async (...more: string[]) => {
      const out = await ran(home, ['project', telling('Claimed', 'fact.index'), ...more]);
      return out.trimEnd().split('\n').slice(1).map(Number);
    };
    const before = await told('--as-of', String(count - 1));
    expect(before).to.have.length(2).and.to.include(claimed?.index);
    expect(await told()).to.deep.equal(before.filter((index) => index !== claimed?.index));
  });

  it('says what is wrong with it, and where, and leaves the old table', async () => {
    const folder = tempDir();
    const out = join(folder, 'table.csv');
    writeFileSync(out, 'old');
    const asked: [string, RegExp][] = [
      [file('a.ts', 'export const other = 1;'), /a\.ts: it exports no "projection"/],
      [file('b.ts', 'export const = ;'), /b\.ts:1:13: ERROR: Expected identifier/],
      [
        file('c.ts', byMonth.replace('ClaimApproved', 'ClaimAproved')),
        /there is no fact "ClaimAproved"/,
      ],
      [
        file('d.ts', byMonth.replace('approvals_by_month', 'By Month')),
        /name is "By Month": lower case/,
      ],
      [
        telling('Claimed', 'fact.data.nothing.here'),
        /at the fact with index \d+, Claimed: .*telling\.ts:\d+/,
      ],
      [telling('Claimed', '{ a: 1 }'), /row 1: "cell" is of type object; text, a finite number/],
      [telling('Claimed', 'process.exit(3)'), /its process ended \(3\)/],
      [join(folder, 'none.ts'), /there is no file .*none\.ts/],
    ];
    for (const [path, says] of asked) {
      const { code, out: printed, err } = await project(path, '--out', out);
      expect([code, printed], path).to.deep.equal([1, '']);
      expect(err)
        .to.match(/^skills-ledger: /)
        .and.to.match(says)
        .and.not.to.match(/child_process|task_queues/);
    }
    expect(readdirSync(folder)).to.deep.equal(['table.csv']);
    expect(readFileSync(out, 'utf8')).to.equal('old');
    const path = file('by-month.ts', byMonth);
    expect((await project(path, '--out', 'x.xlsx')).err).to.match(
      /a file ending in .csv, .json, .db/,
    );
    expect((await project(path, '--watch')).err).to.match(/--watch is expected with --out/);
  });

  it('watched, writes the table anew when facts have come, and ends when it is told to', async () => {
    const home = tempDir();
    const society = await startSociety(home);
    const out = join(tempDir(), 'table.json');
    const path = telling('Claimed', 'fact.index');
    const args = [main, 'project', path, '--out', out, '--watch'];
    const child = spawn(process.execPath, args, { env: { ...process.env, LEDGER_HOME: home } });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    const rows = () => JSON.parse(readFileSync(out, 'utf8')) as object[];
    await until(() => existsSync(out));
    expect(rows()).to.have.length(0);
    await made(society.clients.member.post(`/v1/members/${society.people.member}/claims`, course));
    await until(() => rows().length === 1);
    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    await society.close();
    expect(code).to.equal(0);
    expect(said).to.match(/^0 rows in .*\n1 rows in .*, from 1 facts, as of index \d+\n$/);
  });
});

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 50));
}
