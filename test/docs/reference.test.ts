import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { referencePages } from './pages.ts';

describe('docs/reference', () => {
  for (const [name, text] of referencePages()) {
    it(`${name} is what the code says (node dist/test/docs/write.js makes it again)`, () => {
      expect(readFileSync(join('docs', 'reference', name), 'utf8')).to.equal(text);
    });
  }
});
