import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

describe('--help', () => {
  it('names every verb, and each verb shows an example that begins with its name', async () => {
    const all = await ran(tempDir(), ['--help']);
    const verbs = verbsIn(all);
    expect(verbs).to.include.members(['start', 'token', 'import', 'backup', 'verify']);
    for (const verb of verbs) {
      const help = await ran(tempDir(), [verb, '--help']);
      const inner = verbsIn(help);
      const names = inner.length === 0 ? [verb] : inner.map((name) => `${verb} ${name}`);
      for (const name of names) {
        const text =
          inner.length === 0 ? help : await ran(tempDir(), [...name.split(' '), '--help']);
        expect(text, name).to.match(new RegExp(`Examples?:\\n(.*\\n)*.*skills-ledger ${name}`));
      }
    }
  });

  it('is shown, with exit code 1, where no verb is named', async () => {
    const { code, err } = await run(tempDir(), []);
    expect(code).to.equal(1);
    expect(err).to.match(/^Usage: skills-ledger/);
  });

  it('has beside it the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await ran(tempDir(), ['--version'])).to.equal(`${version}\n`);
  });
});

function verbsIn(help: string): string[] {
  const list = /\nCommands:\n([\s\S]*?)(\n\n|$)/.exec(help)?.[1] ?? '';
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name ?? '');
  return names.filter((name) => name !== 'help');
}
