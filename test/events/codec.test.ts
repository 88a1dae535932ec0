import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decode, encode, type Stored, textsOf, UnreadableFact } from '../../src/events/codec.ts';
import { eventIdOf } from '../../src/events/ids.ts';
import { registry } from '../../src/events/registry.ts';
import { systemActors } from '../../src/events/shapes.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import { fixtureLedger } from '../support/fixtures.ts';
import { dataOf, textsFor } from './arbitrary.ts';
import { commandId, keys, kid, member, stored, withVersion, writing, written } from './writing.ts';

describe('A fact, written and read', () => {
  for (const definition of registry.values()) {
    it(`is what it was: ${definition.type}`, () => {
      const facts = fc.tuple(dataOf(definition.schema), textsFor(definition));
      fc.assert(
        fc.property(facts, ([data, fields]) => {
          const encoded = written({ type: definition.type, data, texts: [{ kid, fields }] });
          expect(encoded.data).to.equal(canonical(JSON.parse(encoded.data)));
          expect(encoded.metadata).to.equal(canonical(JSON.parse(encoded.metadata)));
          const fact = decode(stored(encoded), registry, true);
          const { sealed: _, ...clear } = fact.data as { sealed?: unknown };
          expect(clear).to.deep.equal(data);
          expect(textsOf(fact, fixtureLedger, keys)).to.deep.equal(fields);
          expect(textsOf(fact, fixtureLedger, new Map())).to.deep.equal({});
        }),
        { numRuns: 20 },
      );
    });

    it(`is refused with a field that nobody knows, wherever it stands: ${definition.type}`, () => {
      fc.assert(
        fc.property(dataOf(definition.schema), fc.nat(), (data, nth) => {
          const spoiled = structuredClone(data);
          const objects = objectsIn(spoiled);
          Object.assign(objects[nth % objects.length] as object, { unheard: 'of' });
          const fact = { type: definition.type, data: spoiled };
          expect(() => written(fact)).to.throw(UnreadableFact, 'unheard');
          const foreign = { ...stored(written({ ...fact, data })), data: canonical(spoiled) };
          expect(() => decode(foreign, registry, true)).to.throw(UnreadableFact, 'unheard');
        }),
        { numRuns: 10 },
      );
    });
  }

  it('may say of which other fact it is the correction', () => {
    const corrects = eventIdOf(commandId, writing.stream, 5);
    const data = { effectiveOn: '2026-01-01', corrects };
    const read = decode(stored(written({ type: 'Resigned', data })), registry, true);
    expect(read.data).to.deep.equal(data);
  });
});

describe('A fact that this release cannot read', () => {
  const fact = written({ type: 'Resigned', data: { effectiveOn: '2026-01-01' } });
  const unreadable: [string, Stored, string][] = [
    ['of an unknown type', { ...stored(fact), type: 'Knighted' }, 'no fact is called Knighted'],
    ['of a newer version', withVersion(2, fact), 'has version 2; this release reads up to 1'],
    ['of version 0', withVersion(0, fact), 'has no version'],
    ['of a version that is no number', withVersion('1', fact), 'has no version'],
    ['without a version', withVersion(undefined, fact), 'has no version'],
  ];
  for (const [what, broken, said] of unreadable) {
    it(`stops the reader, checked or not: ${what}`, () => {
      for (const check of [true, false]) {
        expect(() => decode(broken, registry, check)).to.throw(UnreadableFact, said);
      }
    });
  }

  it('stops who decides or verifies where its metadata are not those of a fact', () => {
    const metadata = JSON.parse(fact.metadata);
    for (const spoiled of [
      { ...metadata, unheard: 'of' },
      { ...metadata, recordedAt: '2026-01-01' },
      { ...metadata, actor: { ...metadata.actor, role: 'king' } },
    ]) {
      const foreign = { ...stored(fact), metadata: canonical(spoiled) };
      expect(() => decode(foreign, registry, true)).to.throw(UnreadableFact, 'breaks its schema');
    }
  });

  it('names itself, so that it can be found', () => {
    expect(() => decode(withVersion(9, fact), registry, true)).to.throw(fact.id);
  });
});

describe('What is written', () => {
  const claim = { type: 'SkillEnded', data: { creditId: member, until: '2026-01-01' } };

  it('has ids that follow from command, stream and ordinal alone', () => {
    const twice = [
      encode([claim, claim], writing, registry, keys),
      encode([claim], writing, registry, keys),
    ];
    expect(twice.map((facts) => facts.map(({ id }) => id))).to.deep.equal([
      [0, 1].map((ordinal) => eventIdOf(commandId, writing.stream, ordinal)),
      [eventIdOf(commandId, writing.stream, 0)],
    ]);
  });

  it('says of what the rule adds that it is the rule’s, for whom, and that the first fact is its cause', () => {
    const [, added] = encode([claim, { ...claim, actor: 'rule' }], writing, registry, keys);
    const { actor, causationId, commandId: command } = JSON.parse(added?.metadata ?? '{}');
    expect(actor).to.deep.equal({ id: systemActors.rule, role: 'rule', onBehalfOf: member });
    expect(causationId).to.equal(eventIdOf(commandId, writing.stream, 0));
    expect(command).to.equal(commandId);
  });

  it('has no cause where there is none, and no day of handing in but one that was given', () => {
    const metadata = JSON.parse(written(claim).metadata);
    expect(metadata).not.to.have.any.keys('causationId', 'submittedOn');
  });

  const sealing = (fields: Record<string, string>, type = 'GradeChanged') =>
    written({ type, data: { grade: 'full', effectiveOn: '2026-01-01' }, texts: [{ kid, fields }] });

  it('is refused with a text where its kind of fact has none, or at a path that it does not declare', () => {
    expect(() => sealing({ reason: 'x' })).to.throw(UnreadableFact, 'sealed');
    const details = { type: 'DetailsChanged', data: { on: '2026-01-01' } };
    for (const path of ['nickname', 'name/0', 'lines/0/title', 'xname']) {
      const texts = [{ kid, fields: { [path]: 'x' } }];
      expect(() => written({ ...details, texts })).to.throw(UnreadableFact, 'does not declare');
    }
  });

  it('has one box for each key', () => {
    const texts = ['name', 'jobTitle'].map((path) => ({ kid, fields: { [path]: 'x' } }));
    const details = { type: 'DetailsChanged', data: { on: '2026-01-01' }, texts };
    expect(() => written(details)).to.throw(UnreadableFact, 'one box for each key');
  });

  it('is refused with a text that is not in the form for storing', () => {
    for (const name of ['a\u0007', 'a\r\n', 'e\u0301', '\ud800']) {
      const texts = [{ kid, fields: { name } }];
      const details = { type: 'DetailsChanged', data: { on: '2026-01-01' }, texts };
      expect(() => written(details)).to.throw(UnreadableFact, 'name');
    }
  });

  it('is refused in clear, too, where a name is not in the form for storing', () => {
    const data = { demo: false, contractVersion: 1, zone: 'Europe/London', ledgerId: member };
    expect(written({ type: 'LedgerOpened', data: { ...data, name: 'Café' } }).data).to.contain('é');
    for (const name of ['Cafe\u0301', 'a\u0000', '']) {
      const fact = { type: 'LedgerOpened', data: { ...data, name } };
      expect(() => written(fact)).to.throw(UnreadableFact, 'name');
    }
  });

  it('needs the key of each of its texts', () => {
    const texts = [{ kid: 'EBESExQVFhcYGRobHB0eHw', fields: { name: 'x' } }];
    const details = { type: 'DetailsChanged', data: { on: '2026-01-01' }, texts };
    expect(() => written(details)).to.throw(UnreadableFact, 'not at hand');
  });
});

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value, ...inside];
}
