import canonicalizeModule from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { wrongBytes } from '../../src/projections/verify/bytes.ts';
import { readAnyMetadata, readMetadata } from '../../src/projections/verify/metadata.ts';
import { histories } from '../support/histories.ts';

// The package's types name a default export that CommonJS does not give.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string;

const text = fc
  .string({ unit: 'grapheme' })
  .map((value) => value.normalize('NFC'))
  .filter((value) => !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(value));
const keys = fc.oneof(
  text,
  fc.constantFrom('a', 'b', 'ab', '10', '9', '', 'é', '\u{1f600}', '\uffee'),
);

/** Values that the contract allows, keys of any text included. */
const { allowed } = fc.letrec((tie) => ({
  allowed: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.array(tie('allowed'), { maxLength: 4 }),
    fc.dictionary(keys, tie('allowed'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** One way of writing a canonical text otherwise, where it can be. */
const spoilt: readonly (readonly [string, (text: string) => string])[] = [
  ['a space', (json) => json.replace(':', ': ')],
  ['a space at the end', (json) => `${json} `],
  ['a number with a fraction', (json) => json.replace(/([:,[]\d+)([,\]}])/, '$1.0$2')],
  ['a number with an exponent', (json) => json.replace(/([:,[])(\d+)00([,\]}])/, '$1$2e2$3')],
  [
    'an escape that is not needed',
    (json) => json.replace(/"([a-z])/, (_, c) => `"\\u00${c.charCodeAt(0).toString(16)}`),
  ],
  ['an escaped slash', (json) => json.replace('/', '\\/')],
  ['a member twice', (json) => json.replace(/^\{("[^"\\]*":)/, '{$1 0,$1').replace(' 0', '0')],
];

describe('verify: canonical bytes (contract, 3)', () => {
  it('finds nothing in what an independent implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(allowed, (value) => {
        const json = canonicalize(value);
        expect(wrongBytes(json, JSON.parse(json))).to.equal(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('passes a text only where that implementation gives the very same', () => {
    const shuffled = fc.dictionary(keys, fc.nat(200), {
      minKeys: 2,
      maxKeys: 5,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(shuffled, fc.boolean(), (object, reversed) => {
        const entries = Object.entries(object);
        const json = JSON.stringify(Object.fromEntries(reversed ? entries.reverse() : entries));
        const passes = wrongBytes(json, JSON.parse(json)) === undefined;
        expect(passes).to.equal(json === canonicalize(object));
      }),
      { numRuns: 500 },
    );
  });

  for (const [what, spoil] of spoilt) {
    it(`finds ${what}`, () => {
      const some = { a: [100, 7], b: 'a/b', c: { d: 'x' } };
      const json = canonicalize(some);
      const other = spoil(json);
      expect(other).not.to.equal(json);
      expect(JSON.parse(other)).to.deep.equal(some);
      expect(wrongBytes(other, JSON.parse(other))).to.be.a('string');
    });
  }

  for (const [json, says] of [
    ['{"a":null}', 'has a null'],
    ['{"a":1.5}', 'has the number 1.5'],
    ['{"a":9007199254740993}', 'has the number 9007199254740992'],
    ['{"a":"\\u0001"}', 'has the escape'],
    ['{"a":"\\r"}', 'has the escape'],
    ['{"a":"\\ud800"}', 'has the escape'],
    ['{"a":"\u0085"}', 'has a control character'],
    ['{"a":"e\u0301"}', 'is not in Unicode form NFC'],
    ['{"b":1,"a":1}', 'is not canonical'],
  ] as const) {
    it(`says of ${JSON.stringify(json)} that it ${says}`, () => {
      expect(wrongBytes(json, JSON.parse(json))).to.include(says);
    });
  }

  it('allows the escapes of quote, backslash, tab and newline', () => {
    const json = '{"a":"\\"\\\\\\t\\n"}';
    expect(wrongBytes(json, JSON.parse(json))).to.equal(undefined);
  });
});

describe('verify: metadata read by one expression', () => {
  it('reads what parsing, schema and canonical text read, of every fact', () => {
    fc.assert(
      fc.property(histories, (events) => {
        for (const { metadata } of events) {
          expect(readMetadata(metadata)).to.deep.equal(readAnyMetadata(metadata));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('reads nothing that they refuse, whatever character is another', () => {
    const known = fc
      .sample(histories, { numRuns: 5, seed: 1 })
      .flatMap((events) => events.map(({ metadata }) => metadata));
    const one = fc.oneof(
      fc.constantFrom(...'0123456789'),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(), one, fc.nat(1), (metadata, at, put, cut) => {
        const place = at % metadata.length;
        const other = metadata.slice(0, place) + put + metadata.slice(place + cut);
        expect(readMetadata(other)).to.deep.equal(readAnyMetadata(other));
      }),
      { numRuns: 5_000 },
    );
  });
});
