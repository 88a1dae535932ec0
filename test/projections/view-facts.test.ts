import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { FactDefinition } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { viewFact, withoutBoxes } from '../../src/projections/view-facts.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import { reflectedOn } from '../../src/scheme/facts.ts';
import { positionAt } from '../support/chronicle.ts';
import { type FactFixture, factFixtures, storedOf } from '../support/fixtures.ts';
import { storable } from '../support/storable.ts';

type Lines = Parameters<typeof reflectedOn>[0];
const claim = factFixtures().get('Claimed.v1.json') as FactFixture;

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

  it('says of each line whether it has a reflection, as the boxes would', () => {
    let reflected = 0;
    for (const type of ['Claimed', 'ClaimAmended']) {
      const definition = registry.get(type) as FactDefinition;
      fc.assert(
        fc.property(storable(definition), (data) => {
          const stored = {
            ...storedOf(claim),
            type,
            data: canonical(data),
            position: positionAt(0),
          };
          const { lines } = viewFact(stored).data as Lines;
          const whole = data as Lines;
          const told = lines.map((line) => line.reflected === true);
          expect(told).to.deep.equal(whole.lines.map((_, place) => reflectedOn(whole, place)));
          reflected += told.filter((one) => one).length;
        }),
        { numRuns: 50 },
      );
    }
    expect(reflected).to.be.greaterThan(10);
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
