// Lint, then the compiled tests (scripts/ready.mjs has type-checked and built them), then
// the question whether the tests left anything in the work tree. Last line: the counts.
//   --fast     only tests without files and sockets: those outside the folders named below
//   --jobs N   so many test files at a time (mocha's parallel mode); 1 unless told
import { fork, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tests = join(root, 'dist', 'test');
const slowFolders = ['store', 'vault', 'http', 'cli', 'import', 'reliability', 'demo', 'docs'];
const testTimeoutMs = 60_000;
const exitWithinMs = 15_000;

const options = process.argv.slice(2);
const fast = options.includes('--fast');
const jobs = options.includes('--jobs') ? Number(options[options.indexOf('--jobs') + 1]) : 1;

if (process.send !== undefined && options.includes('--in-child')) await runMocha();
else await runAll();

async function runAll() {
  const before = workTree();
  const faults = [];
  if (!lintPasses()) faults.push('lint: biome check found faults (see above)');
  const { passed, failed, skipped, fault } = await mochaInChild();
  if (fault !== undefined) faults.push(fault);
  const left = [...workTree()].filter((line) => !before.has(line));
  if (left.length > 0) faults.push(`the tests left the work tree changed:\n${left.join('\n')}`);
  for (const text of faults) console.error(`FAILED ${text}`);
  const failures = failed + faults.length;
  process.exitCode = failures === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

function lintPasses() {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'check', '--error-on-warnings', '.'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Mocha has a process of its own, so that one that does not end by itself is noticed. */
function mochaInChild() {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), ['--in-child', ...options], { cwd: root });
    let result = {
      passed: 0,
      failed: 0,
      skipped: 0,
      fault: 'the tests ended before they had all run',
    };
    let watchdog;
    child.on('message', (counts) => {
      result = counts;
      watchdog = setTimeout(() => {
        result = {
          ...counts,
          fault: 'the tests did not end by themselves: something was left open',
        };
        child.kill('SIGKILL');
      }, exitWithinMs);
    });
    child.on('exit', (code) => {
      clearTimeout(watchdog);
      const silent = result.fault === undefined && result.failed === 0 && code !== 0;
      resolve(silent ? { ...result, fault: `mocha ended with code ${code}` } : result);
    });
  });
}

async function runMocha() {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ timeout: testTimeoutMs, reporter: 'spec', forbidOnly: true });
  const files = testFiles(tests);
  if (files.length === 0) throw new Error('no test was found in dist/test');
  for (const file of files) mocha.addFile(file);
  if (jobs > 1) {
    mocha.options.jobs = jobs;
    mocha.parallelMode(true);
    mocha.lazyLoadFiles(true);
  } else {
    await mocha.loadFilesAsync();
  }
  const runner = mocha.run((failures) => {
    const { passes = 0, pending = 0 } = runner.stats ?? {};
    process.exitCode = failures === 0 ? 0 : 1;
    process.send({ passed: passes, failed: failures, skipped: pending }, () =>
      process.disconnect(),
    );
  });
}

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.test.js'))
    .filter((path) => !fast || !slowFolders.includes(path.split(sep)[0]))
    .sort()
    .map((path) => join(folder, path));
}

/** What git sees as changed; nothing where there is no git or no repository. */
function workTree() {
  const args = ['status', '--porcelain', '--untracked-files=all'];
  const done = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return new Set(done.status === 0 ? done.stdout.split('\n').filter((line) => line !== '') : []);
}
