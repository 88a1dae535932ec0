import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { z } from 'zod';
import type { FactDefinition } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { wrongBytes } from '../../src/projections/verify/bytes.ts';
import { parsed, wrongShape } from '../../src/projections/verify/json.ts';
import { readUsual } from '../../src/projections/verify/read.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import { storable } from '../support/storable.ts';

type Data = { sealed?: { kid: string }[] };

/** The data of a text as they are read without the expression; undefined where anything is wrong with them. */
function readLong(text: string, definition: FactDefinition): Data | undefined {
  const value = parsed(text);
  const wrong =
    value === undefined ||
    wrongBytes(text, value) !== undefined ||
    wrongShape(definition.schema, value) !== undefined;
  return wrong ? undefined : (value as Data);
}

const sealable = [...registry.values()].filter(({ sealed }) => sealed.length > 0);

/** Texts with boxes, some of each kind. */
const texts = sealable.flatMap((definition) =>
  fc
    .sample(storable(definition), 12)
    .map((data) => ({ definition, text: canonical(data) }))
    .filter(({ text }) => text.includes('"sealed":[')),
);

describe('verify: boxes read by one expression', function () {
  this.timeout(60_000);

  it('are read as parsing, canonical text and schema read them; of each the key', () => {
    expect(texts.length).to.be.greaterThan(sealable.length);
    for (const { definition, text } of texts) {
      const { sealed = [], ...clear } = readLong(text, definition) ?? {};
      const kids = sealed.map(({ kid }) => ({ kid }));
      expect(readUsual(text, definition)).to.deep.equal({ ...clear, sealed: kids });
    }
  });

  it('are not read where these refuse them, whatever character is another', () => {
    const one = fc.oneof(
      fc.constantFrom(...'0129aZ_-.,:"[]{}\\é'),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
    );
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        one,
        fc.nat(1),
        ({ definition, text }, at, put, cut) => {
          const from = text.indexOf('"sealed":[');
          const place = from + (at % (text.length - from));
          const other = text.slice(0, place) + put + text.slice(place + cut);
          const usual = readUsual(other, definition);
          read += usual === undefined ? 0 : 1;
          if (usual !== undefined) expect(readLong(other, definition)).not.to.equal(undefined);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(read).to.be.greaterThan(100);
  });

  const box = (kid: string, paths: string[]) => ({
    alg: 'A256GCM',
    c: Object.fromEntries(paths.map((path) => [path, 'c'.repeat(43)])),
    ct: 'x',
    iv: 'i'.repeat(16),
    kid: kid.repeat(22),
    v: 1,
  });
  const definition = registry.get('ClaimReturned') as FactDefinition;
  const [path = ''] = definition.sealed;
  const list = (...boxes: object[]): string => canonical(boxes);
  const read = (sealed: string) => {
    const long = { definition, text: `{"sealed":${sealed}}` };
    return readUsual(long.text, { ...definition, schema: anything });
  };
  const anything = z.any() as FactDefinition['schema'];

  it('are left to the others where one is anything else', () => {
    expect(read(list(box('a', [path]), box('b', [path])))).to.deep.equal({
      sealed: [{ kid: 'a'.repeat(22) }, { kid: 'b'.repeat(22) }],
    });
    expect(read(list(box('a', [path]), box('a', [path])))).to.equal(undefined);
    expect(read(list(box('a', ['elsewhere'])))).to.equal(undefined);
    expect(
      read(list(box('a', [path])).replace(`"${path}"`, `"${path}":"${'c'.repeat(43)}","${path}"`)),
    ).to.equal(undefined);
    expect(read(list(box('a', [path])).replace('"},"ct"', '",},"ct"'))).to.equal(undefined);
    expect(read('[]')).to.equal(undefined);
    expect(read(list(...[...'abcdefghijklmnopqrstu'].map((kid) => box(kid, [path]))))).to.equal(
      undefined,
    );
    expect(readUsual(`{"a":{"sealed":${list(box('a', [path]))}}}`, definition)).to.equal(undefined);
  });
});
