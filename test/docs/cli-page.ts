import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { programOf } from '../../src/main/program.ts';

/** What `--help` prints, for each verb and each part of one. */
export async function cliPage(): Promise<string> {
  const parts = ['# Command line', '', introduction, '', ...partsOf(await programOf(noLedger))];
  return `${parts.join('\n').trimEnd()}\n`;
}

const introduction = `Made from what \`--help\` prints. In this folder \`npx . VERB\` runs it. It works on the ledger of
\`LEDGER_HOME\` and the other [settings](settings.md), beside a server that runs. Answers go to stdout; an error is one line
on stderr and exit code 1.`;

// Help asks nothing of a ledger.
const none = (): never => {
  throw new Error('help opens no ledger');
};
const noLedger = {
  cli: { open: none, openStore: none, print: none, terminal: false },
  env: {},
  now: none,
  print: none,
  settings: none,
  settingsOfLedger: none,
  terminal: false,
};

function partsOf(verb: Command, path: readonly string[] = []): string[] {
  const heading = path.length === 0 ? [] : [`## ${path.join(' ')}`, ''];
  const inner = verb.commands.flatMap((each) => partsOf(each, [...path, each.name()]));
  const help = path[0] === 'bench' ? helpOfBench() : helpOf(verb);
  return [...heading, '```text', help, '```', '', ...inner];
}

function helpOf(verb: Command): string {
  let text = '';
  verb.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  verb.outputHelp();
  return text.trimEnd();
}

/** The bench is a program of its own, and its verb hands even `--help` on to it. */
function helpOfBench(): string {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const done = spawnSync(process.execPath, [main, 'bench', '--help'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`bench --help: ${done.stderr}`);
  return done.stdout.trimEnd();
}
