import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { acceptsBy } from '../../src/events/accepts.ts';
import { registry } from '../../src/events/registry.ts';
import { Metadata } from '../../src/events/shapes.ts';
import { dataOf, textsFor } from './arbitrary.ts';
import { kid, written } from './writing.ts';

const odd: unknown[] = [
  ...[undefined, null, true, '', 'x', 'X y', '2026-02-30', '\u0000', 'x'.repeat(5_000)],
  ...[-1, 0, 1.5, Number.NaN, 1e20, [], [null], {}, { a: 1 }, new Date(0), new Map()],
];

/** A value with one thing changed somewhere in it: replaced, left out, put in or repeated. */
function spoiled(value: unknown, nth: number, how: number): unknown {
  const whole = { value: structuredClone(value) };
  const places = placesIn(whole);
  const [owner, key] = places[nth % places.length] as [Record<string, unknown>, string];
  const was = owner[key];
  const ways = odd.length + 3;
  if (how % ways < odd.length) owner[key] = odd[how % ways];
  else if (how % ways === odd.length) delete owner[key];
  else if (Array.isArray(was)) owner[key] = Array.from({ length: 600 }, () => was[0]);
  else owner[`${key}x`] = was;
  return whole.value;
}

/** A rulebook is rare, and its schema is of kinds that are not known to the quick yes. */
const beyond = new Set(['RulebookPublished']);

function placesIn(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): [object, string][] => [
    [value, key],
    ...placesIn(member),
  ]);
}

function onlyWhatIsAccepted(schema: z.ZodType, values: readonly unknown[]): void {
  fc.assert(
    fc.property(fc.constantFrom(...values), fc.nat(), fc.nat(), (value, nth, how) => {
      const other = spoiled(value, nth, how);
      if (acceptsBy(schema)(other)) expect(schema.safeParse(other).success).to.equal(true);
    }),
    { numRuns: 300 },
  );
}

describe('The quick yes to a fact', () => {
  for (const { type, schema, ...definition } of registry.values()) {
    const stored = fc
      .tuple(dataOf(schema), textsFor({ type, schema, ...definition }))
      .map(([data, fields]) => JSON.parse(written({ type, data, texts: [{ kid, fields }] }).data));

    it(`is said to what the schema accepts, and to nothing else: ${type}`, () => {
      const values = fc.sample(stored, beyond.has(type) ? 2 : 20);
      for (const data of values) {
        expect(acceptsBy(schema)(data) || beyond.has(type)).to.equal(true);
      }
      onlyWhatIsAccepted(schema, values);
    });
  }

  it('is said to metadata as the schema would', () => {
    const { metadata } = written({ type: 'Resigned', data: { effectiveOn: '2026-01-01' } });
    expect(acceptsBy(Metadata)(JSON.parse(metadata))).to.equal(true);
    onlyWhatIsAccepted(Metadata, [JSON.parse(metadata)]);
  });

  it('is not said by a schema that does more than look, or of a kind that is not known', () => {
    const strange = [
      z.url(),
      z.coerce.number(),
      z.string().trim(),
      z.string().default('x'),
      z.object({}),
      z.lazy(() => z.string()),
      z.string().transform(Number),
    ];
    for (const schema of strange) {
      for (const value of ['https://a.example/', 1, '1', {}]) {
        expect(acceptsBy(schema)(value)).to.equal(false);
      }
    }
  });
});
