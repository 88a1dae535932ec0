// One process of scripts/run-tests.mjs: runs each file that it is given, and tells as it goes.
import { format } from 'node:util';
import Mocha from 'mocha';

const { Base, Spec } = Mocha.reporters;
const timeout = Number(process.argv[2]);
/** What runs on every adapter that is at hand, by the title of its suite. */
const contract = /^the (event store on|vault in) /;
const tell = (kind, value) => process.send([kind, value]);
let told = 'line';
let listed = [];
let contracts = {};
Base.consoleLog = (...parts) => {
  if (told === 'line') tell('line', format(...parts));
  else listed.push(format(...parts));
};

/** Says which test runs, for the case that this process dies in it; counts are given by the sum of all files. */
class OneFile extends Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('test', (test) => tell('test', test.fullTitle()));
    runner.on('pass', (test) => note(test, 'ran'));
    runner.on('pending', (test) => note(test, test.title));
    runner.on('hook', (hook) => tell('test', hook.fullTitle()));
  }
  epilogue() {
    told = 'failures';
    if (this.failures.length > 0) Base.list(this.failures);
  }
}

function note(test, how) {
  const name = test.titlePath().find((title) => contract.test(title));
  if (name !== undefined && contracts[name] !== 'ran') contracts[name] = how;
}

async function run(file) {
  [told, listed, contracts] = ['line', [], {}];
  const mocha = new Mocha({ timeout, reporter: OneFile, forbidOnly: true });
  mocha.addFile(file);
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, failures: error.stack ?? String(error) };
  }
  const runner = await new Promise((resolve) => {
    const begun = mocha.run(() => resolve(begun));
  });
  runner.dispose();
  const { passes, failures, pending } = runner.stats;
  const counts = { passed: passes, failed: failures, skipped: pending };
  return { ...counts, failures: listed.join('\n'), contracts };
}

// The one who gives out files is gone: there is nobody to run them for.
const orphaned = () => process.exit(1);
process.on('disconnect', orphaned);
process.on('message', async ({ file }) => {
  if (file !== undefined) return tell('done', await run(file));
  process.off('disconnect', orphaned);
  process.disconnect();
});
tell('ready');
