import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type Double, startDouble } from '../store/kurrentdb-double/double.ts';
import { tempDir } from '../support/temp.ts';
import { type InProcess, startPglite } from '../vault/pglite.ts';
import { type Prepared, prepared } from './prepared.ts';
import { main, ran, run } from './run.ts';

describe('skills-ledger copy', function () {
  this.timeout(120_000);
  let double: Double;
  let postgres: InProcess;
  let source: Prepared;
  before(async () => {
    [double, postgres, source] = await Promise.all([startDouble(), startPglite(), prepared()]);
  });
  after(() => Promise.all([double.close(), postgres.close()]));
  const name = () => ({ LEDGER_NAME: `t${randomUUID().replaceAll('-', '')}` });
  const ledgerOf = (home: string) => `sqlite:${join(home, 'ledger.db')}`;
  const vaultOf = (home: string) => `sqlite:${join(home, 'keys.db')}`;
  const vaultArgs = (from: string, to: string) => ['copy', '--vault-from', from, '--vault-to', to];
  const factArgs = (from: string, to: string) => ['copy', '--from', from, '--to', to];
  const facts = (home: string, env = {}) => ran(home, ['export', 'events'], env);
  /** A machine that has the wrapping key and the evidence, and nothing else yet. */
  const machine = (): string => {
    const home = tempDir();
    for (const kept of ['wrapping.key', 'evidence']) {
      const from = join(source.home, kept);
      if (existsSync(from)) cpSync(from, join(home, kept), { recursive: true });
    }
    return home;
  };

  it('takes a ledger to a cluster and its vault to PostgreSQL, and back: the same facts, statements and text', async () => {
    const env = name();
    const there = { ...env, LEDGER_STORE: double.address, LEDGER_VAULT: postgres.address };
    const home = machine();
    const copiedVault = await ran(home, vaultArgs(vaultOf(source.home), postgres.address), env);
    expect(copiedVault).to.match(
      /^\d+ rows of the vault copied and compared, digest [0-9a-f]{64}\n$/,
    );
    const said = await ran(home, factArgs(ledgerOf(source.home), double.address), env);
    const [, count = ''] =
      /^(\d+) facts in t\w+ on esdb:\S+, \1 of them written now\n/.exec(said) ?? [];
    expect(said).to.match(
      new RegExp(
        `compared: ${count} facts by their bytes and index; [1-9]\\d* statements, digest [0-9a-f]{64}; [1-9]\\d* tables of reports`,
      ),
    );
    expect(await facts(home, there)).to.equal(await facts(source.home));
    const asked = ['statement', source.number, '--on', '2026-06-30'];
    expect(await ran(home, asked, there)).to.equal(await ran(source.home, asked));
    expect(await ran(home, ['verify'], there)).to.match(/every one holds/);

    const back = machine();
    await ran(back, vaultArgs(postgres.address, vaultOf(back)), env);
    await ran(back, factArgs(double.address, ledgerOf(back)), env);
    expect(await facts(back)).to.equal(await facts(source.home));
    expect(await ran(back, asked)).to.equal(await ran(source.home, asked));
    expect(await ran(back, ['verify'])).to.match(/every one holds/);
  });

  it('goes on where it was killed, and run once more writes nothing', async () => {
    const env = name();
    let appends = 0;
    const stopped = new Promise<void>((resolve) => {
      double.faults.byChance = (call) => {
        if (call !== 'append' || ++appends !== 7) return undefined;
        resolve();
        return 'silent';
      };
    });
    const args = factArgs(ledgerOf(source.home), double.address);
    const first = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, LEDGER_HOME: tempDir(), ...env },
    });
    await stopped;
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = await ran(tempDir(), args, env);
    const [, all, written] =
      /^(\d+) facts in \S+ on \S+, (\d+) of them written now/.exec(second) ?? [];
    expect(Number(written)).to.be.within(1, Number(all) - 1);
    expect(await ran(tempDir(), args, env)).to.match(/, 0 of them written now/);
  });

  it('refuses a target that holds anything else, and leaves it as it is', async () => {
    const env = name();
    const other = tempDir();
    const there = { ...env, LEDGER_STORE: double.address };
    const begun = spawn(process.execPath, [main, 'start', '--empty'], {
      env: { ...process.env, LEDGER_HOME: other, PORT: '0', ...there },
    });
    await once(begun.stdout, 'data');
    while (!existsSync(join(other, 'views.db'))) await new Promise((then) => setTimeout(then, 50));
    begun.kill('SIGTERM');
    await once(begun, 'exit');
    const before = await facts(other, there);
    const args = factArgs(ledgerOf(source.home), double.address);
    const { code, err } = await run(tempDir(), args, env);
    expect(code).to.equal(1);
    expect(err).to.match(
      /^skills-ledger: the target holds something else: at index 0 the source has /,
    );
    expect(await facts(other, there)).to.equal(before);
    const vault = readFileSync(join(other, 'keys.db'));
    const into = await run(tempDir(), vaultArgs(vaultOf(source.home), vaultOf(other)), env);
    expect(into.err).to.match(
      /^skills-ledger: the target holds another vault, or one that was used/,
    );
    expect(readFileSync(join(other, 'keys.db')).equals(vault)).to.equal(true);
  });

  it('says what is expected where two places are not named, or there is nothing to copy', async () => {
    const home = tempDir();
    const wrong = [
      [['copy'], /--vault-from and --vault-to, or --from and --to, are expected/],
      [['copy', '--from', 'sqlite:'], /--from and --to go together/],
      [factArgs('sqlite:', 'sqlite:'), /--from and --to are the same/],
      [factArgs('sqlite:none.db', double.address), /no ledger at .*none\.db/],
      [vaultArgs('sqlite:none.db', postgres.address), /no vault at .*none\.db/],
    ] as const;
    for (const [args, said] of wrong) {
      const { code, err } = await run(home, args);
      expect(code).to.equal(1);
      expect(err).to.match(said);
    }
  });
});
