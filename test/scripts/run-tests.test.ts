import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tempDir } from '../support/temp.ts';

interface Ran {
  passed: number;
  failed: number;
  skipped: number;
  faults: string[];
  contracts: Record<string, string>;
  printed: string;
}

/** Runs test files of these contents, in this order, as `npm test` runs its own. */
async function ran(contents: Record<string, string>, jobs = 2): Promise<Ran> {
  const root = tempDir();
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  for (const [name, text] of Object.entries(contents)) {
    writeFileSync(join(root, name), `import { describe, it } from 'mocha';\n${text}`);
  }
  const script = new URL('../../../scripts/run-tests.mjs', import.meta.url).href;
  const { runTests } = await import(script);
  const files = Object.keys(contents).map((name) => join(root, name));
  const printed: string[] = [];
  const limits = { testTimeoutMs: 5_000, exitWithinMs: 2_000 };
  const print = (text: string) => printed.push(text);
  const total = await runTests(files, { root, jobs, ...limits, print });
  return { ...total, printed: printed.join('\n') };
}

const passing = (name: string) => `describe('${name}', () => { it('holds', () => {}); });`;

describe('A run of tests', () => {
  it('counts what passed, failed and was skipped in all files, and shows each file in one piece', async () => {
    const slow = (name: string) =>
      `const soon = () => new Promise((resolve) => setTimeout(resolve, 50));
      describe('${name}', () => { for (const n of [1, 2, 3, 4]) it('${name}' + n, soon); });`;
    const failing = `describe('two', () => {
      it('is wrong', () => { throw new Error('this is why'); }); it.skip('is left', () => {}); });`;
    const result = await ran({
      'a.mjs': slow('one'),
      'b.mjs': slow('other'),
      'c.mjs': failing,
      'd.mjs': passing('last'),
    });
    expect(result).to.include({ passed: 9, failed: 1, skipped: 1 });
    expect(result.faults).to.deep.equal([]);
    expect(result.printed).to.match(/one1.*\n.*one2.*\n.*one3.*\n.*one4/);
    expect(result.printed).to.match(/other1.*\n.*other2.*\n.*other3.*\n.*other4/);
    expect(result.printed).to.match(/FAILED in c\.mjs\n[\s\S]*two\n\s*is wrong:[\s\S]*this is why/);
  });

  it('says of each contract whether it ran, and why it did not', async () => {
    const suite = (name: string, test: string) => `describe('${name}', () => { ${test} });`;
    const holds = "it('holds', () => {});";
    const why = "it('is not tried: nobody answers');";
    const { contracts } = await ran({
      'a.mjs': suite('in here,', suite('the event store on one', `${holds} it('is left');`)),
      'b.mjs': `${suite('the event store on two', why)} ${suite('a vault in three', why)}`,
      'c.mjs': suite('the vault in four', holds),
    });
    expect(contracts).to.deep.equal({
      'the event store on one': 'ran',
      'the event store on two': 'is not tried: nobody answers',
      'the vault in four': 'ran',
    });
  });

  it('names the file and the test in which a process died, and runs the files after it', async () => {
    const dying = `describe('it', () => { it('lives', () => {}); it('dies', () => process.kill(process.pid, 'SIGKILL')); });`;
    const contents = { 'a.mjs': dying, 'b.mjs': passing('after'), 'c.mjs': passing('last') };
    const result = await ran(contents, 1);
    expect(result).to.include({ passed: 2, failed: 0 });
    expect(result.faults).to.deep.equal([
      'a.mjs: the test process was ended by SIGKILL in it dies',
    ]);
    expect(result.printed).to.contain('lives');
  });

  it('has a fault where something was left open, or ends a process after its test', async () => {
    const open = `import { createServer } from 'node:http'; createServer().listen(0);`;
    expect((await ran({ 'a.mjs': `${open}${passing('open')}` })).faults).to.deep.equal([
      'a test process did not end by itself: something was left open',
    ]);
    const late = `process.on('exit', () => process.kill(process.pid, 'SIGKILL'));${passing('late')}`;
    expect((await ran({ 'a.mjs': late })).faults).to.deep.equal([
      'a test process was ended by SIGKILL after a.mjs',
    ]);
  });

  it('refuses a file that cannot be loaded, or in which .only was left', async () => {
    const only = `describe['only']('x', () => { it('holds', () => {}); });`;
    const result = await ran({ 'a.mjs': `import './not-there.mjs';`, 'b.mjs': only });
    expect(result).to.include({ passed: 0, failed: 2 });
    expect(result.printed).to.contain('FAILED in a.mjs').and.to.contain('not-there.mjs');
    expect(result.printed).to.match(/FAILED in b\.mjs[\s\S]*only/);
  });
});
