import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decode, textsOf } from '../../src/events/codec.ts';
import { streamParts } from '../../src/events/ids.ts';
import { registry } from '../../src/events/registry.ts';
import { systemActors } from '../../src/events/shapes.ts';
import {
  type FactFixture,
  factFixtures,
  fixtureKey,
  fixtureLedger,
  storedOf,
} from '../support/fixtures.ts';

const fixtures = factFixtures();
const nameOf = (type: string, version: number): string => `${type}.v${version}.json`;

/** How a fact that was once written is read by this release. */
function readToday(fixture: FactFixture) {
  const fact = decode(storedOf(fixture), registry, true);
  const opened = Object.keys(fixture.texts ?? {}).map((kid) => [
    kid,
    textsOf(fact, fixtureLedger, new Map([[kid, fixtureKey(kid)]])),
  ]);
  return { today: fact.data, texts: Object.fromEntries(opened) };
}

describe('Every fact ever written', () => {
  it('has a committed example of each of its versions (test/fixtures/facts/README.md)', () => {
    const wanted = [...registry.values()].flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, index) => nameOf(type, index + 1)),
    );
    expect([...fixtures.keys()].sort()).to.deep.equal(wanted.sort());
  });

  for (const [name, fixture] of fixtures) {
    it(`is read as is committed beside it: ${name}`, () => {
      const { today, texts } = readToday(fixture);
      expect(today).to.deep.equal(fixture.today ?? fixture.data);
      expect(texts).to.deep.equal(fixture.texts ?? {});
    });

    it(`stands where it belongs: ${name}`, () => {
      const { type, stream, metadata, data, texts } = fixture;
      expect(nameOf(type, metadata.schemaVersion)).to.equal(name);
      expect(streamParts(stream).category).to.equal(registry.get(type)?.category);
      expect(Object.keys(texts ?? {})).to.have.length(
        (data['sealed'] as [] | undefined)?.length ?? 0,
      );
    });
  }

  it('has its text opened beside it wherever its kind has any, so that boxes of every kind stay readable', () => {
    const without = [...fixtures].filter(([, { type, texts }]) => {
      const { sealed = [] } = registry.get(type) ?? {};
      return sealed.length > 0 && texts === undefined;
    });
    expect(without.map(([name]) => name)).to.deep.equal([]);
  });

  it('differs from what is committed, where a definition reads it in another way', () => {
    const fixture = fixtures.get('Resigned.v1.json') as FactFixture;
    const { today } = readToday({ ...fixture, data: { effectiveOn: '1999-01-01' } });
    expect(today).not.to.deep.equal(fixture.data);
  });

  it('knows the ids of the system actors, which are in facts for ever', () => {
    expect(systemActors).to.deep.equal({
      import: '00000000-0000-8000-8000-000000000001',
      rule: '00000000-0000-8000-8000-000000000002',
      setup: '00000000-0000-8000-8000-000000000003',
    });
  });
});
