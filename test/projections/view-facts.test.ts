import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { registry } from '../../src/events/registry.ts';
import { withoutBoxes } from '../../src/projections/view-facts.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import { factFixtures, storedOf } from '../support/fixtures.ts';
import { storable } from '../support/storable.ts';

function expectCut(text: string): void {
  const whole = JSON.parse(text) as { sealed?: unknown };
  const { sealed, ...clear } = whole;
  const cut = JSON.parse(withoutBoxes(text));
  expect(cut).to.deep.equal(sealed === undefined ? clear : { ...clear, sealed: [] });
}

describe('what read models read of a fact', () => {
  it('is its data without the boxes, for whatever may be stored of any kind', function () {
    this.timeout(60_000);
    let sealed = 0;
    for (const definition of registry.values()) {
      fc.assert(
        fc.property(storable(definition), (data) => {
          sealed += 'sealed' in data ? 1 : 0;
          expectCut(canonical(data));
        }),
        { numRuns: 15 },
      );
    }
    expect(sealed).to.be.greaterThan(100);
  });

  it('is that for every version ever written', () => {
    for (const [, fixture] of factFixtures()) expectCut(storedOf(fixture).data);
  });

  it('is not taken in by a clear text that looks like boxes', () => {
    for (const title of ['"sealed":[{"v":1}]', '\\"sealed":[', 'sealed":[', ']', '"']) {
      expectCut(canonical({ title }));
      expectCut(canonical({ sealed: [{ kid: 'a' }], title }));
      expectCut(canonical({ kind: title, sealed: [{ kid: 'a' }, { kid: 'b' }] }));
      expectCut(canonical({ kind: [title], sealed: [] }));
    }
  });
});
