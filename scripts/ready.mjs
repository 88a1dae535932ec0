// Makes the tree ready to run: packages as the lockfile says, dist/ as the sources say.
// Imports only node: modules, because it runs before anything is installed. npm's own
// pre-scripts are no place for this: they are skipped in silence under ignore-scripts=true.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lockfile = join(root, 'package-lock.json');
const installStamp = join(root, 'node_modules', '.ready');
const buildStamp = join(root, 'dist', '.ready');
// In dist/, since npm ci deletes node_modules with all that is in it.
const lockDir = join(root, 'dist', '.ready.lock');
const sourceFolders = ['src', 'test', 'bench'];

refuseOldNode();
if (!isInstalled() || !isBuilt()) {
  takeLock();
  try {
    // Asked again: another start may have done the work while this one waited.
    if (!isInstalled()) install();
    if (!isBuilt()) build();
  } finally {
    fs.rmSync(lockDir, { recursive: true, force: true });
  }
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Node ${process.version} is too old: this project needs Node 20.19 or newer.\n` +
      'Install a current one from https://nodejs.org (or: nvm install 24), then run the same command again.',
  );
}

function isInstalled() {
  const wanted = read(lockfile);
  if (wanted === undefined)
    fail('package-lock.json is missing: restore it (git checkout package-lock.json).');
  const digest = sha256(wanted);
  if (read(installStamp) === digest) return true;
  // Installed by hand, or the lockfile changed only in wording: npm's own record decides.
  const present = read(join(root, 'node_modules', '.package-lock.json'));
  if (present === undefined || !holds(JSON.parse(present), JSON.parse(wanted))) return false;
  fs.writeFileSync(installStamp, digest);
  return true;
}

/** Whether the installed packages are those of the lockfile; optional ones may be absent. */
function holds(present, wanted) {
  const names = Object.keys(wanted.packages).filter((name) => name !== '');
  const surplus = Object.keys(present.packages).some((name) => wanted.packages[name] === undefined);
  return (
    !surplus &&
    names.every((name) => {
      const entry = present.packages[name];
      if (entry === undefined) return wanted.packages[name].optional === true;
      return (
        entry.version === wanted.packages[name].version &&
        entry.integrity === wanted.packages[name].integrity &&
        fs.existsSync(join(root, name))
      );
    })
  );
}

function install() {
  say('installing packages (npm ci) ...');
  const digest = sha256(fs.readFileSync(lockfile, 'utf8'));
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  const cli = process.env.npm_execpath;
  const done = cli?.endsWith('npm-cli.js')
    ? run(process.execPath, [cli, ...args])
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
  if (done.status !== 0) {
    fail(
      `${done.text}\nnpm ci failed. Check that the registry can be reached (npm ping), then run again.`,
    );
  }
  fs.writeFileSync(installStamp, digest);
}

function isBuilt() {
  return (
    read(buildStamp) === fingerprint() &&
    missingOutputs().length === 0 &&
    staleOutputs().length === 0
  );
}

function build() {
  say('compiling (tsc) ...');
  // Taken before: what is edited while the compiler runs is compiled at the next start.
  const print = fingerprint();
  for (const path of staleOutputs()) fs.rmSync(path);
  // With its record of the last build, tsc would not write again what someone deleted.
  if (missingOutputs().length > 0) fs.rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
  const done = run(process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    root,
  ]);
  if (done.status !== 0) fail(`${done.text}\ntsc found errors: correct them and run again.`);
  fs.writeFileSync(buildStamp, print);
}

/** Changes with any source, added, edited or deleted, and with the packages and settings. */
function fingerprint() {
  const paths = [
    ...sources(),
    ...['tsconfig.json', 'package.json'].map((name) => join(root, name)),
  ];
  const lines = paths.map((path) => {
    const { size, mtimeMs } = fs.statSync(path, { throwIfNoEntry: false }) ?? {};
    return `${relative(root, path)} ${size} ${mtimeMs}`;
  });
  return sha256([...lines, read(installStamp)].join('\n'));
}

function sources() {
  return sourceFolders
    .flatMap((folder) => filesUnder(join(root, folder)))
    .filter((path) => /\.(ts|json)$/.test(path))
    .sort();
}

function missingOutputs() {
  return sources()
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => join(root, 'dist', relative(root, path)).replace(/\.ts$/, '.js'))
    .filter((path) => !fs.existsSync(path));
}

/** Compiled files whose source is gone: left there, a deleted test would go on running. */
function staleOutputs() {
  return sourceFolders
    .flatMap((folder) => filesUnder(join(root, 'dist', folder)))
    .filter((path) => /\.js(\.map)?$/.test(path))
    .filter((path) => {
      const source = join(root, relative(join(root, 'dist'), path));
      return !fs.existsSync(source.replace(/\.js(\.map)?$/, '.ts'));
    });
}

function filesUnder(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** Waits until no other start works on this tree. A folder renamed into place with its
 *  owner's process id already inside is never seen half made. */
function takeLock() {
  fs.mkdirSync(dirname(lockDir), { recursive: true });
  const mine = fs.mkdtempSync(`${lockDir}-`);
  fs.writeFileSync(join(mine, 'pid'), String(process.pid));
  for (let told = false; !moved(mine, lockDir); told = true) {
    const owner = Number(read(join(lockDir, 'pid')));
    if (owner > 0 && !isAlive(owner)) {
      removeLockOf(owner);
      continue;
    }
    if (!told) say('waiting for another start to finish its preparation ...');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

/** Moved aside first: of two that find a dead owner, one may have taken the lock already. */
function removeLockOf(owner) {
  const aside = `${lockDir}-${owner}-${process.pid}`;
  if (!moved(lockDir, aside)) return;
  if (Number(read(join(aside, 'pid'))) === owner || !moved(aside, lockDir)) {
    fs.rmSync(aside, { recursive: true, force: true });
  }
}

function moved(from, to) {
  try {
    fs.renameSync(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOENT'].includes(error.code)) return false;
    throw error;
  }
}

function isAlive(pid) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run(command, args) {
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: command.endsWith('.cmd'),
  });
  return {
    status: done.status,
    text: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`.trim(),
  };
}

function read(path) {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(text) {
  say(text);
  // process.exit runs no finally block.
  if (Number(read(join(lockDir, 'pid'))) === process.pid) fs.rmSync(lockDir, { recursive: true });
  process.exit(1);
}
