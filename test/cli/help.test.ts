import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

/** What `--help` prints, by verb: the page is compared with it by test/docs/reference.test.ts. */
const help = new Map(
  readFileSync(join('docs', 'reference', 'cli.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.split('\n')[0] ?? '', part]),
);

describe('--help', () => {
  it('shows for each verb an example that begins with its name', () => {
    expect([...help.keys()]).to.include.members(['start', 'token', 'import claims', 'verify']);
    for (const [verb, text] of help) {
      const holdsVerbs = [...help.keys()].some((other) => other.startsWith(`${verb} `));
      if (holdsVerbs) continue;
      expect(text, verb).to.match(new RegExp(`Examples?:\\n(.*\\n)*.*skills-ledger ${verb}`));
    }
  });

  it('is what the page has, for all verbs, for one, and for a part of one', async () => {
    const whole = readFileSync(join('docs', 'reference', 'cli.md'), 'utf8').split(/^## /m)[0] ?? '';
    expect(whole).to.contain(await ran(tempDir(), ['--help']));
    for (const verb of ['restore', 'import claims']) {
      expect(help.get(verb), verb).to.contain(await ran(tempDir(), [...verb.split(' '), '--help']));
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
