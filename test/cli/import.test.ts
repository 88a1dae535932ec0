import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { importingSociety } from '../support/importing.ts';
import { tempDir } from '../support/temp.ts';

interface Ran {
  code: number | null;
  out: string[];
  err: string;
}

function start(home: string, ...words: string[]) {
  const env = { ...process.env, LEDGER_HOME: home };
  return spawn(process.execPath, ['dist/src/main.js', 'import', ...words], { env });
}

async function run(home: string, ...words: string[]): Promise<Ran> {
  const child = start(home, ...words);
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, out: out.trimEnd().split('\n'), err: err.trimEnd() };
}

describe('skills-ledger import', function () {
  this.timeout(60_000);

  it('shows how it read the file, what it noticed, what is bad and the sums', async () => {
    const { home } = await importingSociety();
    const path = join(home, 'bodies.csv');
    writeFileSync(
      path,
      'Ref;Organisation;Type;End\nA;Aldby;district;31/03/2020\nB;Beckby;;\nC;Coldby;board;\n',
    );
    const mapped = ['--map', 'region=Type', '--set', 'type=x y'];
    const dry = await run(home, 'organisations', path, '--dry-run', ...mapped);
    expect(dry.out).to.deep.equal([
      `${path}: UTF-8, apart by semicolons`,
      '  id      Ref  (guessed)',
      '  name    Organisation  (guessed)',
      '  region  Type',
      '  until   End  (guessed)',
      'line 2: A ended on 2020-03-31, taken as the first day without it: nothing tells',
      'rows without a first day: 3; 1900-01-01 is taken (--set from=<day> takes another)',
      '3 rows: 3 would be added, 0 there before, 0 changed, 0 bad',
    ]);
    const wet = await run(home, 'organisations', path, '--by', 'jane');
    expect(wet.out.slice(-4)).to.deep.equal([
      'line 2: A ended on 2020-03-31, taken as the first day without it: nothing tells',
      'rows without a first day: 2; 1900-01-01 is taken (--set from=<day> takes another)',
      'line 3, Type "": a type is expected, as district',
      '3 rows: 2 added, 0 there before, 0 changed, 1 bad',
    ]);
    expect(wet).to.include({ code: 1, err: 'skills-ledger: bad rows: 1 of 3' });
  });

  it('ends well where every row was taken', async () => {
    const { home } = await importingSociety();
    const path = join(home, 'bodies.csv');
    writeFileSync(path, 'name,type\nAldby,district\n');
    for (const sum of ['1 added, 0 there before', '0 added, 1 there before']) {
      const { code, out, err } = await run(home, 'organisations', path, '--by', 'jane', '--json');
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      const { added, unchanged } = JSON.parse(out.join('\n'));
      expect(`${added} added, ${unchanged} there before`).to.equal(sum);
    }
  });

  it('says in one line what it cannot go on with', async () => {
    const { home } = await importingSociety();
    const path = join(home, 'bodies.csv');
    writeFileSync(path, 'name,type\nAldby,district\n');
    const empty = join(home, 'empty.csv');
    writeFileSync(empty, '');
    const cases: [string[], string][] = [
      [['organisations', join(home, 'none.csv'), '--by', 'jane'], 'there is no file'],
      [['organisations', empty, '--by', 'jane'], 'the file is empty'],
      [['organisations', path], '--by is expected'],
      [['organisations', path, '--by', 'joe'], 'an admin is expected'],
      [['organisations', path, '--dry-run', '--map', 'nmae=name'], 'fields are id, name'],
      [['organisations', path, '--dry-run', '--map', 'name=Name'], 'columns are name, type'],
      [['organisations', path, '--dry-run', '--map', 'type='], 'no column for type: name one'],
      [['organisations', path, '--dry-run', '--set', 'from'], 'field=value is expected'],
      [['organisations', path, '--dry-run', '--digits', 'id=x'], 'a number of digits is expected'],
      [['organisations', path, '--dry-run', '--source', 'Old System'], 'a code is expected'],
    ];
    for (const [words, says] of cases) {
      const { code, out, err } = await run(home, ...words);
      expect(code, says).to.equal(1);
      expect(out).to.deep.equal(['']);
      expect(err.split('\n'), err).to.have.length(1);
      expect(err).to.include(says);
    }
    const { err } = await run(tempDir(), 'organisations', path, '--dry-run');
    expect(err).to.include('no ledger at');
  });

  it('ends, when it was killed half-way and is run again, where one run would have ended', async () => {
    const { home, scheme, with: withLedger } = await importingSociety();
    const path = join(home, 'members.csv');
    const rows = Array.from(
      { length: 1_500 },
      (_, n) => `${10_000 + n},Member ${n},full,2024-01-01`,
    );
    writeFileSync(path, ['number,name,grade,joined', ...rows].join('\n'));
    const words = ['members', path, '--by', 'jane', '--json', '--set', `scheme=${scheme}`];
    const child = start(home, ...words);
    const store = await openSqliteStore({ path: join(home, 'ledger.db') });
    while ((await store.head()).count < 200) await new Promise((resume) => setTimeout(resume, 5));
    child.kill('SIGKILL');
    await once(child, 'close');
    const { count } = await store.head();
    await store.close();
    expect(count).to.be.lessThan(3_000);
    const again = await run(home, ...words);
    const report = JSON.parse(again.out.join('\n'));
    expect(report).to.include({ rows: 1_500, refused: 0 });
    expect(report.added).to.be.lessThan(1_500);
    const types = await withLedger(async (ledger) => {
      const facts = await ledger.store.readAll(undefined, 10_000);
      expect(await ledger.vault.personByNumber('11499')).to.be.a('string');
      return facts.map(({ type, stream }) => `${type} ${stream}`);
    });
    expect(new Set(types).size).to.equal(types.length);
    for (const type of ['Registered', 'SchemeJoined']) {
      expect(types.filter((text) => text.startsWith(`${type} `))).to.have.length(1_500);
    }
  });
});
