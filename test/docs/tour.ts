import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { main } from '../cli/run.ts';

/** A block of commands in a document, and what the document says that they print. */
export interface Step {
  commands: string;
  prints: string;
}

/** The `sh` blocks of a document in order, each with the `text` block that follows it. */
export function stepsOf(path: string): Step[] {
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(/```sh\n([\s\S]*?)```\n(?:\n```text\n([\s\S]*?)```\n)?/g);
  return [...found].map(([, commands = '', prints = '']) => ({ commands, prints }));
}

/** Runs the steps in one shell, as somebody would who pastes them, and says what each printed. */
export async function printed(
  steps: readonly Step[],
  { url, home }: { url: string; home: string },
): Promise<string[]> {
  const script = steps.map(({ commands }) => `${commands}\necho '${END}'\n`).join('');
  const here = script
    .replaceAll('http://localhost:3000', url)
    .replaceAll('npx . ', `'${process.execPath}' '${main}' `);
  const child = spawn('sh', ['-c', here], { env: { ...process.env, LEDGER_HOME: home } });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      out += chunk;
    });
  }
  await new Promise((resolve) => child.once('close', resolve));
  return out.split(`${END}\n`).slice(0, steps.length);
}

const END = '=== end of step ===';

/** What is left when ids, days of running, indexes and folders are taken out. */
export function shapeOf(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/^ *\d+ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}/gm, '<index and time> ')
    .replace(/, on \d{4}-\d\d-\d\d/g, ', on <day>')
    .replace(/as of index \d+/g, 'as of index <index>')
    .replace(/\b\d+ facts/g, '<count> facts')
    .replace(/\S+\/(backup|again)/g, '<home>/$1')
    .replace(/\S+\/(\w+\.yaml)/g, '$1');
}
