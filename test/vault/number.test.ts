import { createSecretKey } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { normalisedNumber, numberKey } from '../../src/vault/number.ts';

describe('a membership number', () => {
  it('is the same number in whatever case, spacing and hyphens it is written', () => {
    for (const written of ['AB1234', 'ab-12 34', ' AB1234\t', 'Ab\u20111234', 'a\u00adb1234']) {
      expect(normalisedNumber(written), written).to.equal('AB1234');
    }
  });

  it('keeps its leading zeros and all other signs', () => {
    expect(normalisedNumber('007')).to.equal('007');
    expect(normalisedNumber('7/1')).not.to.equal(normalisedNumber('71'));
  });

  it('stays as it is once it is normalised', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normalisedNumber(text);
        expect(normalisedNumber(once)).to.equal(once);
      }),
    );
  });

  it('has a hash that only the holder of the key can make, and no sign-in has the same', () => {
    const [one, two] = [1, 2].map((n) => numberKey(createSecretKey(Buffer.alloc(32, n))));
    const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
    expect(hex(one?.ofNumber('ab 1'))).to.equal(hex(one?.ofNumber('AB1')));
    expect(hex(one?.ofNumber('AB1'))).not.to.equal(hex(two?.ofNumber('AB1')));
    expect(hex(one?.ofNumber('["A","B"]'))).not.to.equal(hex(one?.ofSignIn('A', 'B')));
  });
});
