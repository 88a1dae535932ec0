import fc from 'fast-check';
import type { FactDefinition } from '../../src/events/define.ts';
import { seal } from '../../src/events/sealing.ts';
import { dataOf, textsFor } from '../events/arbitrary.ts';
import { fixtureKey, fixtureLedger } from './fixtures.ts';

const place = { ledgerId: fixtureLedger, stream: 'member-x', eventId: 'x' };

/** What may be stored of a kind of fact: its clear data, and boxes of its texts under some keys. */
export function storable(definition: FactDefinition): fc.Arbitrary<object> {
  const boxes = fc
    .array(textsFor(definition), { maxLength: 3 })
    .map((groups) =>
      groups
        .filter((texts) => Object.keys(texts).length > 0)
        .map((texts, at) => seal(texts, fixtureKey('A'.repeat(at).padEnd(22, 'B')), place)),
    );
  return fc
    .tuple(dataOf(definition.schema), boxes)
    .map(([data, sealed]) => (sealed.length === 0 ? data : { ...data, sealed }))
    .filter((data) => definition.schema.safeParse(data).success);
}
