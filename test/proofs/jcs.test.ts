import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { canonical } from '../../src/proofs/jcs.ts';
import { second } from '../support/second.ts';

/** Any value of our restricted JSON: full Unicode in texts and keys, safe integers, wide and deep objects. */
const value = fc.letrec<{ any: unknown }>((tie) => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u0000', '\u2028', '\ud83d\ude00', 'é') }),
  );
  return {
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      text,
      fc.maxSafeInteger(),
      fc.constant(-0),
      fc.boolean(),
      fc.array(tie('any'), { maxLength: 6 }),
      fc.dictionary(fc.oneof(text, fc.constantFrom('10', '9', '1', '__proto__', '')), tie('any'), {
        maxKeys: 50,
      }),
    ),
  };
}).any;

describe('Canonical JSON', () => {
  it('is what the package canonicalize makes of any value that facts may hold', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(canonical(any)).to.equal(second.jcs(any));
      }),
      { numRuns: 500 },
    );
  });

  it('is read back as the value, and is canonical already when it is made again', () => {
    fc.assert(
      fc.property(value, (any) => {
        const text = canonical(any);
        expect(canonical(JSON.parse(text))).to.equal(text);
      }),
    );
  });

  it('does not tell in what order members were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonical(turned)).to.equal(canonical(object));
      }),
    );
  });

  it('sorts an object of many keys as one of few', () => {
    const keys = Array.from({ length: 100 }, (_, index) => `k${(index * 37) % 100}`);
    for (const count of [31, 32, 33, 100]) {
      const object = Object.fromEntries(keys.slice(0, count).map((key) => [key, 1]));
      expect(canonical(object)).to.equal(second.jcs(object));
    }
  });

  it('leaves absent members out', () => {
    expect(canonical({ a: undefined, b: 1, c: undefined })).to.equal('{"b":1}');
    expect(canonical({ a: undefined })).to.equal('{}');
  });

  const refused: [string, unknown][] = [
    ['null', null],
    ['null in an object', { a: null }],
    ['a fraction', 0.5],
    ['an integer that is not safe', 2 ** 53],
    ['an integer that is not safe, below zero', -(2 ** 53)],
    ['infinity', Number.POSITIVE_INFINITY],
    ['not a number', Number.NaN],
    ['a lone high surrogate', '\ud800'],
    ['a lone low surrogate', 'a\udc00b'],
    ['surrogates in the wrong order', '\udc00\ud800'],
    ['a lone surrogate in a key', { '\ud800': 1 }],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array(1)],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', Buffer.from('a')],
  ];
  for (const [what, unfit] of refused) {
    it(`refuses ${what}, wherever it stands`, () => {
      expect(() => canonical(unfit)).to.throw(TypeError);
      expect(() => canonical({ a: [1, { b: [unfit] }] })).to.throw(TypeError);
    });
  }
});
