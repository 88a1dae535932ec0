import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { referencePages } from './pages.ts';

const folder = join('docs', 'reference');

describe('docs/reference', () => {
  for (const [name, page] of referencePages) {
    it(`${name} is what the code says (node dist/test/docs/write.js makes it again)`, async () => {
      expect(readFileSync(join(folder, name), 'utf8')).to.equal(await page());
    });
  }

  it('holds no page that nothing makes', () => {
    expect(readdirSync(folder)).to.have.members([...referencePages.keys()]);
  });

  it('links to headings that are there', () => {
    for (const name of referencePages.keys()) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const [link, file, anchor] of text.matchAll(/\]\(([\w.]*)#([\w-]+)\)/g)) {
        const target = readFileSync(join(folder, file || name), 'utf8');
        const headings = [...target.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slugOf(heading));
        expect(headings, `${name}: ${link}`).to.include(anchor);
      }
    }
  });
});

/** The anchor of a heading, as GitHub makes it. */
function slugOf(heading = ''): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
