import { createSecretKey, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  BoxBroken,
  type BoxPlace,
  commitment,
  type DataKey,
  digestOf,
  open,
  type SealedBox,
  saltOf,
  seal,
} from '../../src/events/sealing.ts';
import { SealedBoxShape } from '../../src/events/shapes.ts';
import { second } from '../support/second.ts';
import { storable } from './arbitrary.ts';

const place: BoxPlace = {
  ledgerId: '1ed9e000-0000-4000-8000-000000000001',
  stream: 'member-8d1f3a52-7c0b-4b7e-a6a5-1f2e3d4c5b6b',
  eventId: '4237a66e-69d8-53f2-a7ed-58486a666a48',
};
const raw = randomBytes(64);
const key: DataKey = keyOf('AAECAwQFBgcICQoLDA0ODw', raw);
const aad = (at: BoxPlace, kid: string) => [at.ledgerId, at.stream, at.eventId, kid];

function keyOf(kid: string, bytes: Uint8Array): DataKey {
  return {
    kid,
    box: createSecretKey(bytes.subarray(0, 32)),
    digest: createSecretKey(bytes.subarray(32)),
  };
}

const texts = fc.dictionary(fc.constantFrom('name', 'email', 'lines/0/title', 'reason'), storable, {
  minKeys: 1,
});

describe('A sealed box', () => {
  it('gives back its texts, and has the shape that a fact stores', () => {
    fc.assert(
      fc.property(texts, (fields) => {
        const box = seal(fields, key, place);
        expect(open(box, key, place)).to.deep.equal(fields);
        expect(SealedBoxShape.safeParse(box).success).to.equal(true);
      }),
    );
  });

  it('is opened by the second implementation, and the plaintext is canonical, padded with spaces', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (fields) => {
        const box = seal(fields, key, place);
        const plain = await second.opened(box, raw.subarray(0, 32), aad(place, key.kid));
        const { seed } = JSON.parse(plain);
        expect(plain.trimEnd()).to.equal(second.jcs({ fields, seed }));
        expect(Buffer.from(seed, 'base64url')).to.have.length(32);
      }),
      { numRuns: 30 },
    );
  });

  it('tells of the length of its texts no more than a power of two from 256 on', () => {
    const around = JSON.stringify({ fields: { t: '' }, seed: 'A'.repeat(43) }).length;
    const sizes: [number, number][] = [
      [1, 256],
      [256 - around, 256],
      [257 - around, 512],
      [512 - around, 512],
      [513 - around, 1_024],
      [32_769 - around, 65_536],
      [65_536 - around, 65_536],
    ];
    for (const [length, size] of sizes) {
      const { ct } = seal({ t: 'x'.repeat(length) }, key, place);
      expect(Buffer.from(ct, 'base64url'), String(length)).to.have.length(size + 16);
    }
  });

  it('takes 65,536 bytes of UTF-8 with what stands around the texts, and not one more', () => {
    const around = JSON.stringify({ fields: { t: '' }, seed: 'A'.repeat(43) }).length;
    const half = Math.floor((65_536 - around) / 2);
    expect(open(seal({ t: 'é'.repeat(half) }, key, place), key, place)['t']).to.have.length(half);
    for (const text of ['x'.repeat(65_537 - around), 'é'.repeat(half + 1)]) {
      expect(() => seal({ t: text }, key, place)).to.throw(RangeError, '65536');
    }
  });

  it('is another each time, in every part: nobody can tell that two say the same', () => {
    const [one, two] = [seal({ name: 'Ann' }, key, place), seal({ name: 'Ann' }, key, place)];
    expect(one.iv).not.to.equal(two.iv);
    expect(one.ct).not.to.equal(two.ct);
    expect(one.c['name']).not.to.equal(two.c['name']);
  });

  it('has another commitment for each field, though they say the same', () => {
    const { c } = seal({ name: 'Ann', email: 'Ann' }, key, place);
    expect(c['name']).not.to.equal(c['email']);
  });

  it('opens nowhere else: in no other ledger, stream or fact, and under no other key or kid', () => {
    const box = seal({ name: 'Ann' }, key, place);
    for (const part of ['ledgerId', 'stream', 'eventId'] as const) {
      const elsewhere = { ...place, [part]: `${place[part]}0` };
      expect(() => open(box, key, elsewhere), part).to.throw(BoxBroken);
    }
    const kid = 'BBECAwQFBgcICQoLDA0ODw';
    expect(() => open(box, keyOf(key.kid, randomBytes(64)), place)).to.throw(BoxBroken);
    expect(() => open(box, { ...key, kid }, place)).to.throw(BoxBroken);
    expect(() => open({ ...box, kid }, { ...key, kid }, place)).to.throw(BoxBroken);
  });

  it('does not open when any byte of it was changed, or its end was cut off', () => {
    const box = seal({ name: 'Ann', email: 'ann@example.org' }, key, place);
    const changed = (part: 'ct' | 'iv', at: number, by: number): SealedBox => {
      const bytes = Buffer.from(box[part], 'base64url');
      bytes.writeUInt8(bytes.readUInt8(at) ^ by, at);
      return { ...box, [part]: bytes.toString('base64url') };
    };
    for (let at = 0; at < 256 + 16; at++) {
      expect(() => open(changed('ct', at, 1 << (at % 8)), key, place)).to.throw(BoxBroken);
    }
    for (let at = 0; at < 12; at++) {
      expect(() => open(changed('iv', at, 0x80), key, place)).to.throw(BoxBroken);
    }
    const bytes = Buffer.from(box.ct, 'base64url');
    for (let length = 0; length < bytes.length; length++) {
      const ct = bytes.subarray(0, length).toString('base64url');
      expect(() => open({ ...box, ct }, key, place), String(length)).to.throw(BoxBroken);
    }
  });

  it('does not open in another spelling of its bytes: one content, one text', () => {
    const box = seal({ name: 'Ann' }, key, place);
    for (const ct of [`${box.ct}=`, `${box.ct} `, `${box.ct}A`, lastSpelledOtherwise(box.ct)]) {
      expect(() => open({ ...box, ct }, key, place), ct.slice(-3)).to.throw(BoxBroken);
    }
  });

  it('does not open when a commitment is missing, added, swapped or another', () => {
    const box = seal({ name: 'Ann', email: 'Ann' }, key, place);
    const { name = '', email = '' } = box.c;
    const other = seal({ name: 'Ann' }, key, place).c['name'] ?? '';
    for (const c of [
      { name },
      { name, email, x: email },
      { name: email, email: name },
      { name: other, email },
    ]) {
      expect(() => open({ ...box, c }, key, place)).to.throw(BoxBroken);
    }
  });
});

describe('One field of a box', () => {
  it('can be shown and proved alone, by its salt and its commitment, and nothing else is told', async () => {
    const fields = { name: 'Ann', email: 'ann@example.org' };
    const box = seal(fields, key, place);
    const plain = await second.opened(box, raw.subarray(0, 32), aad(place, key.kid));
    const salt = saltOf(JSON.parse(plain).seed, 'name');
    // What an outsider is given: path, value, salt, and the fact with its box.
    expect(await second.commitment(salt, 'name', 'Ann')).to.equal(box.c['name']);
    expect(commitment(salt, 'name', 'Anne')).not.to.equal(box.c['name']);
    expect(commitment(salt, 'email', fields.email)).not.to.equal(box.c['email']);
    expect(JSON.stringify(box)).not.to.contain(salt);
  });
});

describe('The digest of a command', () => {
  it('is under the other half of the key than boxes, and names the key', () => {
    const content = ['claim', {}, { a: 1 }, []];
    expect(digestOf(key, content).kid).to.equal(key.kid);
    expect(digestOf(keyOf(key.kid, randomBytes(64)), content)).not.to.deep.equal(
      digestOf(key, content),
    );
    const swapped = { ...key, digest: key.box };
    expect(digestOf(swapped, content).mac).not.to.equal(digestOf(key, content).mac);
  });

  it('does not tell in what order a body was written, and tells every change of it', () => {
    const mac = (content: unknown) => digestOf(key, content).mac;
    expect(mac(['c', {}, { a: 1, b: 2 }, []])).to.equal(mac(['c', {}, { b: 2, a: 1 }, []]));
    const others = [
      ['d', {}, { a: 1, b: 2 }, []],
      ['c', { m: 'x' }, { a: 1, b: 2 }, []],
      ['c', {}, { a: 1, b: 3 }, []],
      ['c', {}, { a: 1, b: 2 }, ['f']],
    ];
    for (const other of others) expect(mac(other)).not.to.equal(mac(['c', {}, { a: 1, b: 2 }, []]));
  });
});

/** The last of 363 characters carries bits that no byte uses. */
function lastSpelledOtherwise(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(text.slice(-1));
  return text.slice(0, -1) + alphabet[last ^ 1];
}
