import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, before, describe, it } from 'mocha';
import { type Beginning, checkBeginning } from '../../src/main/begin.ts';
import { makeDemoAt } from '../../src/main/demo.ts';
import { readSettings } from '../../src/main/settings.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { ran } from '../cli/run.ts';
import { tempDir } from '../support/temp.ts';

const running: Started[] = [];

/** `start` in a process of its own. */
interface Started {
  child: ChildProcess;
  /** Resolves when a line that begins so is printed, on stdout or stderr, or the process ended. */
  said(begins: string): Promise<string[]>;
  ended(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

function start(home: string, ...args: string[]): Started {
  const env = { ...process.env, LEDGER_HOME: home, PORT: '0' };
  const child = spawn(process.execPath, ['dist/src/main.js', 'start', ...args], { env });
  const lines: string[] = [];
  const heard = (text: string) => lines.push(...text.split('\n'));
  child.stdout.setEncoding('utf8').on('data', heard);
  child.stderr.setEncoding('utf8').on('data', heard);
  const exited = once(child, 'close');
  const started: Started = {
    child,
    async said(begins) {
      while (!lines.some((line) => line.startsWith(begins)) && child.exitCode === null) {
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), exited]);
      }
      return lines;
    },
    async ended(signal) {
      if (signal !== undefined) child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
  running.push(started);
  return started;
}

describe('A first start', () => {
  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) await ended('SIGKILL');
    }
  });

  it('that is told to end while the demo is made leaves nothing of it behind', async () => {
    const home = tempDir();
    const first = start(home);
    await first.said('Making');
    expect(await first.ended('SIGTERM')).to.equal(1);
    expect(await first.said('skills-ledger:')).to.include(
      'skills-ledger: ended before the demo was made; the next start begins again',
    );
    expect(readdirSync(home)).to.not.include('making').and.not.include('ledger.db.making');
    expect(existsSync(join(home, 'ledger.db'))).to.equal(false);
  }).timeout(60_000);

  it('that was killed while the demo was made is begun again by the next', async () => {
    const home = tempDir();
    const killed = start(home);
    await killed.said('Making');
    while (!existsSync(join(home, 'ledger.db.making'))) await sleep();
    await killed.ended('SIGKILL');
    expect(existsSync(join(home, 'making'))).to.equal(true);
    const next = start(home);
    expect(await next.said('Making')).to.include(
      'Making a demo society: everybody in it is invented. This takes a minute, once.',
    );
    await next.ended('SIGTERM');
    expect(existsSync(join(home, 'making'))).to.equal(false);
  }).timeout(60_000);

  it('is refused while another process makes the demo in the same home', async () => {
    const home = tempDir();
    const first = start(home);
    await first.said('Making');
    for (const args of [[], ['--empty']]) {
      const second = start(home, ...args);
      expect(await second.ended()).to.equal(1);
      expect(await second.said('skills-ledger:')).to.include(
        `skills-ledger: another process is beginning a ledger in ${home}: start again when it is done`,
      );
    }
    expect(first.child.exitCode).to.equal(null);
    await first.ended('SIGTERM');
  }).timeout(60_000);

  it('is empty where it is asked, under the name that is given', async () => {
    const home = tempDir();
    const server = start(home, '--empty', '--name', 'Guild of Cartographers');
    const lines = await server.said('Begin with');
    expect(lines[0]).to.equal(`Guild of Cartographers: 1 fact in ${join(home, 'ledger.db')}`);
    expect(await server.ended('SIGTERM')).to.equal(0);
    expect(readdirSync(home)).to.not.include('beginning.lock');
  }).timeout(60_000);

  it('says in one line what is wrong about what it was asked', async () => {
    const home = tempDir();
    const refused = start(home, '--demo-ends', '2024-02-30');
    expect(await refused.ended()).to.equal(1);
    const lines = (await refused.said('skills-ledger:')).filter((text) => text !== '');
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(
      /^skills-ledger: --demo-ends is "2024-02-30": a day from 2023-01-01 /,
    );
    expect(readdirSync(home)).to.be.empty;
  }).timeout(60_000);

  const asked: Beginning = {
    name: 'A',
    empty: false,
    demo: false,
    seed: 'demo',
    endsOn: undefined,
  };
  const now = '2026-07-01T23:30:00.000Z';
  const wrong: readonly (readonly [Partial<Beginning>, string])[] = [
    [{ name: ' ' }, '--name is a name of 1 to 200 characters'],
    [{ name: 'x'.repeat(201) }, '--name is a name of 1 to 200 characters'],
    [{ seed: '' }, '--demo-seed is a text of at least one character'],
    [{ endsOn: '2026-07-03' }, '--demo-ends is "2026-07-03": a day from 2023-01-01 to today'],
    [{ endsOn: '2022-12-31' }, '--demo-ends is "2022-12-31": a day from 2023-01-01 to today'],
    [{ endsOn: 'soon' }, '--demo-ends is "soon": a day from 2023-01-01 to today'],
  ];
  for (const [part, says] of wrong) {
    it(`is refused with ${JSON.stringify(part).slice(0, 40)}`, () => {
      expect(() => checkBeginning({ ...asked, ...part }, now)).to.throw(says);
    });
  }

  it('takes a day that has begun in London, though not yet in Greenwich time', () => {
    expect(() => checkBeginning({ ...asked, endsOn: '2026-07-02' }, now)).not.to.throw();
  });
});

describe('A start on a demo that was made', () => {
  const home = tempDir();
  const endsOn = '2025-03-14';

  before(async () => {
    await makeDemoAt(readSettings({ LEDGER_HOME: home }), {
      name: 'A society',
      seed: 'one',
      endsOn,
      scale: 0.05,
    });
  }).timeout(120_000);

  it('has nothing left of the making', () => {
    expect(readdirSync(home).sort()).to.deep.equal([
      'evidence',
      'keys.db',
      'ledger.db',
      'wrapping.key',
    ]);
  });

  it('prints for each role a question that is answered with something to see, and keeps all', async () => {
    const server = start(home);
    const lines = await server.said('  # as analyst');
    while (!lines.some((line) => line.includes('/capability/released'))) await sleep();
    const asked = lines.filter((line) => line.startsWith('  curl'));
    const roles = lines
      .filter((line) => line.startsWith('  # as '))
      .map((line) => line.split(/[ :]+/)[3]);
    expect(roles.join(' ')).to.equal(
      'member assessor reviewer manager contact admin auditor analyst',
    );
    const answers = [];
    for (const line of asked) answers.push(await answered(line));
    const [member, queue, reviewed, shared, standing, details, decisions, released] = answers;
    expect(member.statement.lines).to.not.be.empty;
    expect(queue.items).to.have.length(3);
    expect(reviewed.statement.lines).to.not.be.empty;
    expect(shared).to.deep.equal(member);
    expect(standing.standing).to.equal('member');
    expect(standing.schemes).to.not.be.empty;
    expect(details.details.name).to.match(/^\S+ \S+/);
    expect(decisions.items).to.have.length(3);
    expect(released.cells).not.to.be.empty;
    expect(await server.ended('SIGTERM')).to.equal(0);

    const again = start(home);
    expect((await again.said('  # as member'))[0]).to.equal(lines[0]);
    expect(await again.ended('SIGTERM')).to.equal(0);
  }).timeout(120_000);

  it('shares the ledger with other processes, in the process that made it, too', async () => {
    const store = await openSqliteStore({ path: join(home, 'ledger.db') });
    try {
      const { count } = await store.head();
      const args = ['--cycle', '2024', '--scheme', 'advanced practice', '--by', 'admin'];
      expect(await ran(home, ['close', ...args])).to.match(/determined for [1-9]/);
      expect((await store.head()).count).to.be.greaterThan(count);
    } finally {
      await store.close();
    }
  }).timeout(60_000);

  it('does not make another over keys whose ledger is missing', async () => {
    const settings = { ...readSettings({ LEDGER_HOME: home }), ledgerFile: join(home, 'other.db') };
    const making = makeDemoAt(settings, { name: 'B', seed: 'two', endsOn });
    const failed = await making.catch((error: Error) => error);
    expect(failed)
      .to.be.instanceOf(Error)
      .with.property('message')
      .that.includes('but no ledger at');
  });
});

/** Asks as the printed line does. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails on anything else
async function answered(line: string): Promise<any> {
  const headers: Record<string, string> = {};
  for (const [, name = '', value = ''] of line.matchAll(/-H '([^:]+): ([^']+)'/g))
    headers[name] = value;
  const response = await fetch(/'(http[^']+)'$/.exec(line)?.[1] ?? '', { headers });
  expect(response.status, line.slice(-90)).to.equal(200);
  return response.json();
}

function sleep(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
