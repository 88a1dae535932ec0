import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { inChunks } from '../../src/commands/chunks.ts';
import { limits } from '../../src/limits.ts';

/** Texts up to what a fact holds, of one byte a character and of three. */
const text = fc
  .tuple(fc.constantFrom('x', '€'), fc.integer({ min: 0, max: 80_000 }))
  .map(([character, length]) => character.repeat(length));

describe('a list in chunks', () => {
  it('is the list again, none of it longer than it may be, and as few as can be one after the other', () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (list, most) => {
          const chunks = inChunks(list, most);
          const bytes = (items: readonly string[]) => Buffer.byteLength(JSON.stringify(items));
          expect(chunks.flat()).to.deep.equal(list);
          for (const [index, chunk] of chunks.entries()) {
            expect(chunk.length).to.be.within(1, most);
            expect(bytes(chunk)).to.be.at.most(limits.factBytes - 8_000);
            const next = chunks[index + 1]?.[0];
            if (next === undefined || chunk.length === most) continue;
            expect(bytes([...chunk, next])).to.be.greaterThan(limits.factBytes - 8_500);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has what no fact holds by itself, for the store to refuse', () => {
    const huge = 'x'.repeat(limits.factBytes);
    expect(inChunks(['a', huge, 'b'], 5)).to.deep.equal([['a'], [huge], ['b']]);
  });
});
