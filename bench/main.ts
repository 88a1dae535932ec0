import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { makeLedger } from './ledger.ts';
import type { Result } from './measure.ts';
import { measures } from './measures.ts';
import { hits, machine, table } from './report.ts';

const EVENTS = 1_000_000;
const MEMBERS = 100_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const program = new Command('skills-ledger bench')
  .description('measure what the ledger costs, against limits that are measured in the same run')
  .argument('[name]', `one subject: ${Object.keys(measures).join(', ')}`, nameOf)
  .option('--json <file>', 'write the results as JSON, too')
  .option('--events <count>', 'facts of the ledger measured on; fewer only to try', countOf, EVENTS)
  .option('--members <count>', 'of the society whose capability is reported', countOf, MEMBERS)
  .option('--folder <path>', 'where the ledger is made; what is made there is deleted', tmpdir())
  .showHelpAfterError()
  .addHelpText('after', () => {
    const each = Object.entries(measures).map(([name, { says }]) => `  ${name.padEnd(14)} ${says}`);
    const examples = [
      'npm run bench',
      'npm run bench -- at-once --events 50000',
      'skills-ledger bench --json bench.json',
    ];
    return `\nSubjects:\n${each.join('\n')}\n\nExamples:\n  ${examples.join('\n  ')}`;
  })
  .action(bench);
await program.parseAsync();

interface Options {
  json?: string;
  events: number;
  members: number;
  folder: string;
}

async function bench(
  name: string | undefined,
  { json, events, members, folder }: Options,
): Promise<void> {
  const home = mkdtempSync(join(folder, 'skills-ledger-bench-'));
  const tidy = (): void => rmSync(home, { recursive: true, force: true });
  process.once('exit', tidy);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  say(machine());
  const asked = name === undefined ? Object.keys(measures) : [name];
  const notRun = new Map(asked.map((subject) => [subject, measures[subject]?.missing?.()]));
  const subjects = asked.filter((subject) => notRun.get(subject) === undefined);
  if (!subjects.every((subject) => measures[subject]?.ownRows)) {
    say(`making a ledger of ${events} facts ...`);
    const began = performance.now();
    await makeLedger(home, events);
    say(`made in ${Math.round((performance.now() - began) / 1_000)} s`);
  }
  const results: Result[] = [];
  for (const subject of subjects) {
    say(`${subject} ...`);
    results.push(...(await inProcess(subject, home, members)));
  }
  if (results.length > 0) console.log(table(results));
  for (const [subject, why] of notRun) {
    if (why !== undefined) console.log(`${subject} was not run: ${why}`);
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, undefined, 2)}\n`);
  if (results.length === 0) return;
  const missed = results.filter((result) => !hits(result)).length;
  console.log(missed === 0 ? 'every aim is reached' : `${missed} of ${results.length} aims missed`);
}

/** Each subject has a process of its own: its heap, its caches and its peak of memory are its own. */
function inProcess(subject: string, home: string, members: number): Promise<Result[]> {
  const slow = new URL('./slow-flush.js', import.meta.url).href;
  const execArgv = measures[subject]?.slowFlush ? ['--import', slow] : [];
  const run = fileURLToPath(new URL('./run.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(run, [subject, home, String(members)], { execArgv });
    child.once('message', (results) => resolve(results as Result[]));
    child.once('exit', (code) => reject(new Error(`${subject} ended with ${code}`)));
  });
}

function nameOf(text: string): string {
  if (Object.hasOwn(measures, text)) return text;
  throw new InvalidArgumentError(`one of these is expected: ${Object.keys(measures).join(', ')}.`);
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1_000) return count;
  throw new InvalidArgumentError('a number of facts is expected, 1000 or more.');
}
