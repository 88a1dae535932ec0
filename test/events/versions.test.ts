import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { decode, textsOf, UnreadableFact } from '../../src/events/codec.ts';
import { defineFact, type FactDefinition, type NewFact } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { Code } from '../../src/events/shapes.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import { fixtureLedger } from '../support/fixtures.ts';
import { rulebook } from '../support/past.ts';
import { dataOf } from './arbitrary.ts';
import { keys, kid, stored, withVersion, written } from './writing.ts';

describe('An older version', () => {
  for (const definition of registry.values()) {
    definition.older.forEach((older, index) => {
      it(`is read in the shape of today, whatever it says: ${definition.type} v${index + 1}`, () => {
        const now = written(sampleFor(definition));
        fc.assert(
          fc.property(dataOf(older), (data) => {
            const old = withVersion(index + 1, { ...now, data: canonical(data) });
            const fact = decode(old, registry, true);
            expect(definition.schema.safeParse(fact.data).success).to.equal(true);
            expect(fact.metadata.schemaVersion).to.equal(index + 1);
          }),
          // A rulebook takes long to draw.
          { numRuns: 20 },
        );
      });
    });
  }

  it('is checked against the shape that it had, not against that of today', () => {
    const now = written({
      type: 'OrganisationRegistered',
      data: { name: 'A', type: 'district', from: '1974-04-01', identifiers: [] },
    });
    expect(() => decode(withVersion(1, now), registry, true)).to.throw(
      UnreadableFact,
      'identifiers',
    );
  });

  it('of a rulebook may say what it could say, and nothing that was added since', () => {
    const data = { version: 1, effectiveFrom: '2025-01-01', rulebook };
    const of = (version: number, more: object) => {
      const said = { ...data, rulebook: { ...rulebook, ...more } };
      return () =>
        decode(
          withVersion(version, written({ type: 'RulebookPublished', data: said })),
          registry,
          true,
        );
    };
    const again = { name: 'again', of: { repeat: 'again' }, per: 'cycle', entries: 1 };
    for (const more of [{ title: 'CPD' }, { early: { from: '2025-01-01' } }, { limits: [again] }]) {
      expect(of(3, more)).not.to.throw();
      expect(of(2, more)).to.throw(UnreadableFact);
    }
    expect(of(2, { limits: [{ ...again, of: {} }] })).not.to.throw();
  });

  const grown = defineFact({
    type: 'Noted',
    category: 'member',
    says: 'For this test.',
    version: 3,
    shape: { kinds: z.array(Code), since: z.int() },
    sealed: ['note'],
    older: [z.object({ kind: Code }).loose(), z.object({ kinds: z.array(Code) }).loose()],
    upcasters: [
      ({ kind, ...rest }: { kind: string }) => ({ ...rest, kinds: [kind] }),
      (data: object) => ({ ...data, since: 2 }),
    ],
  });
  const first = defineFact({
    type: 'Noted',
    category: 'member',
    says: 'For this test.',
    shape: { kind: Code },
    sealed: ['note'],
  });

  it('keeps its sealed boxes as they are through every upcaster, and they open or, erased, stay shut', () => {
    const texts = [{ kid, fields: { note: 'x' } }];
    const old = written({ type: 'Noted', data: { kind: 'a' }, texts }, new Map([['Noted', first]]));
    const fact = decode(stored(old), new Map([['Noted', grown]]), true);
    const { sealed } = JSON.parse(old.data);
    expect(fact.data).to.deep.equal({ kinds: ['a'], since: 2, sealed });
    expect(textsOf(fact, fixtureLedger, keys)).to.deep.equal({ note: 'x' });
    expect(textsOf(fact, fixtureLedger, new Map())).to.deep.equal({});
  });

  it('has one shape and one upcaster for each version, or the definition is refused', () => {
    const shape = { kind: Code };
    const named = { type: 'Noted', category: 'member', says: '', shape, version: 2 } as const;
    expect(() => defineFact(named)).to.throw('needs 1 older shapes');
    expect(() => defineFact({ ...named, older: [z.any()] })).to.throw('needs 1 older shapes');
  });
});

function sampleFor({ type, schema }: FactDefinition): NewFact {
  return { type, data: fc.sample(dataOf(schema), 1)[0] };
}
