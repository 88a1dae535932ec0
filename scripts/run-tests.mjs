// Runs test files, so many at a time, each process taking one file after another. What mocha says
// of a file is shown when the file has ended, so that files do not mix. A process that dies is a
// failure that names the test it was in; the files that are left go on in another.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const testProcess = fileURLToPath(new URL('test-process.mjs', import.meta.url));

/**
 * Faults are what no test tells of: a process that died, or one that did not end by itself within
 * `exitWithinMs` of its last file, since something was left open.
 *
 * Contracts are those of store and vault, each with `ran` or why it did not.
 *
 * @returns {Promise<{passed: number, failed: number, skipped: number, faults: string[], contracts: object}>}
 */
export async function runTests(files, { root, jobs, testTimeoutMs, exitWithinMs, print }) {
  const waiting = [...files];
  const failures = [];
  const total = { passed: 0, failed: 0, skipped: 0, faults: [], contracts: {} };
  const lanes = Array.from({ length: Math.min(jobs, files.length) }, async () => {
    // A process that took no file would take none the next time either.
    for (let took = true; took && waiting.length > 0; ) took = await runInOneProcess();
  });
  await Promise.all(lanes);
  for (const text of failures) print(text);
  if (waiting.length > 0) total.faults.push(`${waiting.length} test files were not run`);
  return total;

  async function runInOneProcess() {
    const child = fork(testProcess, [String(testTimeoutMs)], { cwd: root });
    const lines = [];
    let file;
    let test;
    let watchdog;
    let hung = false;
    const hears = {
      ready: next,
      line: (text) => lines.push(text),
      test: (title) => {
        test = title;
      },
      done: (counts) => {
        add(file, lines.splice(0), counts);
        next();
      },
    };
    child.on('message', ([kind, value]) => hears[kind](value));
    // What it said last may come after the news of its end.
    const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    clearTimeout(watchdog);
    const how = signal === null ? `with code ${code}` : `by ${signal}`;
    if (hung) {
      total.faults.push('a test process did not end by itself: something was left open');
    } else if (test !== undefined) {
      print(lines.join('\n'));
      total.faults.push(`${file}: the test process was ended ${how} in ${test}`);
    } else if (code !== 0) {
      total.faults.push(`a test process was ended ${how} after ${file ?? 'it began'}`);
    }
    return file !== undefined;

    function next() {
      const following = waiting.shift();
      // Where it died meanwhile, its end says so.
      child.send({ file: following }, () => undefined);
      test = undefined;
      if (following === undefined) {
        watchdog = setTimeout(() => {
          hung = true;
          child.kill('SIGKILL');
        }, exitWithinMs);
      } else {
        file = relative(root, following);
        test = 'its loading';
      }
    }
  }

  function add(file, lines, counts) {
    print(lines.join('\n'));
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    Object.assign(total.contracts, counts.contracts);
    if (counts.failed > 0) failures.push(`FAILED in ${file}\n${counts.failures}`);
  }
}
