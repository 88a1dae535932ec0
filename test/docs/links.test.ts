import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';

const documents = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...filesUnder('docs').filter((name) => name.endsWith('.md')),
];

describe('documents', () => {
  for (const path of documents) {
    it(`${path} names only what is there`, () => {
      const text = readFileSync(path, 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
        expect(existsSync(join(dirname(path), link)), `the link ${link}`).to.equal(true);
      }
      for (const [, named = ''] of text.matchAll(/`((?:src|test|docs|scripts)\/[\w./-]+)`/g)) {
        expect(existsSync(named), `the path ${named}`).to.equal(true);
      }
    });
  }

  it('of decisions that the code names are there', () => {
    for (const path of filesUnder('src').filter((name) => name.endsWith('.ts'))) {
      for (const [named] of readFileSync(path, 'utf8').matchAll(/docs\/adr\/[\w-]+\.md/g)) {
        expect(existsSync(named), `${path} names ${named}`).to.equal(true);
      }
    }
  });

  it('number each decision once, as its heading does', () => {
    const names = readdirSync(join('docs', 'adr'));
    const numbers = names.map((name) => {
      const text = readFileSync(join('docs', 'adr', name), 'utf8');
      expect(text, name).to.match(new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
      return Number(name.slice(0, 4));
    });
    expect(new Set(numbers).size).to.equal(numbers.length);
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
}
