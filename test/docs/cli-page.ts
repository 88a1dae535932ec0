import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What `--help` prints, for each verb and each part of one. */
export function cliPage(): string {
  const parts = ['# Command line', '', introduction, '', ...partsOf([])];
  return `${parts.join('\n').trimEnd()}\n`;
}

const introduction = `Made from what \`--help\` prints. In this folder \`npx . VERB\` runs it. It works on the ledger of
\`LEDGER_HOME\` and the other [settings](settings.md), beside a server that runs. Answers go to stdout; an error is one line
on stderr and exit code 1.`;

function partsOf(verb: readonly string[]): string[] {
  const help = helpOf(verb);
  const heading = verb.length === 0 ? [] : [`## ${verb.join(' ')}`, ''];
  const inner = innerOf(help).flatMap((name) => partsOf([...verb, name]));
  return [...heading, '```text', help, '```', '', ...inner];
}

function innerOf(help: string): string[] {
  const list = /\nCommands:\n([\s\S]*?)(\n\n|$)/.exec(help)?.[1] ?? '';
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name ?? '');
  return names.filter((name) => name !== 'help');
}

function helpOf(verb: readonly string[]): string {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const done = spawnSync(process.execPath, [main, ...verb, '--help'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${verb.join(' ')} --help: ${done.stderr}`);
  return done.stdout.trimEnd();
}
