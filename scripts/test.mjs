// Lint, then the compiled tests (scripts/ready.mjs has type-checked and built them), then
// the question whether the tests left anything in the work tree. Last line: the counts.
//   --fast     only tests without files and sockets: those outside the folders named below
//   --jobs N   so many test files at a time; as many as there are cores, up to 4, unless told
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from './run-tests.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tests = join(root, 'dist', 'test');
// Those with the longest files first: the processes then end at about the same time.
const slowFolders = [
  'reliability',
  'cli',
  'demo',
  'docs',
  'http',
  'store',
  'vault',
  'import',
  'scripts',
];
const limits = { testTimeoutMs: 60_000, exitWithinMs: 15_000 };

const options = process.argv.slice(2);
const fast = options.includes('--fast');
const jobs = options.includes('--jobs')
  ? Number(options[options.indexOf('--jobs') + 1])
  : Math.min(availableParallelism(), 4);

await runAll();

async function runAll() {
  const before = workTree();
  const files = testFiles(tests);
  if (files.length === 0) throw new Error('no test was found in dist/test');
  if (!(jobs >= 1)) throw new Error('--jobs is followed by a number from 1');
  const linted = lintPasses();
  const begun = Date.now();
  const { passed, failed, skipped, faults, contracts } = await runTests(files, {
    root,
    jobs,
    ...limits,
    print: (text) => process.stdout.write(`${text}\n`),
  });
  if (!linted) faults.push('lint: biome check found faults (see above)');
  const left = [...workTree()].filter((line) => !before.has(line));
  if (left.length > 0) faults.push(`the tests left the work tree changed:\n${left.join('\n')}`);
  for (const text of faults) console.error(`FAILED ${text}`);
  const failures = failed + faults.length;
  process.exitCode = failures === 0 ? 0 : 1;
  const seconds = Math.round((Date.now() - begun) / 1000);
  for (const [name, how] of Object.entries(contracts).sort()) console.log(`${name} ${how}`);
  console.log(`${files.length} files, ${jobs} at a time, in ${seconds} s`);
  console.log(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

function lintPasses() {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'check', '--error-on-warnings', '.'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.test.js'))
    .filter((path) => !fast || !slowFolders.includes(path.split(sep)[0]))
    .sort()
    .sort((one, other) => place(one) - place(other))
    .map((path) => join(folder, path));
}

function place(path) {
  const at = slowFolders.indexOf(path.split(sep)[0]);
  return at === -1 ? slowFolders.length : at;
}

/** What git sees as changed; nothing where there is no git or no repository. */
function workTree() {
  const args = ['status', '--porcelain', '--untracked-files=all'];
  const done = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return new Set(done.status === 0 ? done.stdout.split('\n').filter((line) => line !== '') : []);
}
