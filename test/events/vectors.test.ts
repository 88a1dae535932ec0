import { spawnSync } from 'node:child_process';
import { createSecretKey } from 'node:crypto';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { commandIdOf, eventIdOf, newIdOf } from '../../src/events/ids.ts';
import { commitment, digestOf, open, saltOf } from '../../src/events/sealing.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import { canonicalEnvelope, leafHash } from '../../src/proofs/leaf.ts';
import { vectorsFolder, vectorsOf } from '../support/fixtures.ts';
import { second } from '../support/second.ts';

// The committed vectors are the event contract in bytes. They are never made anew: where one of these tests
// fails, it is the code that changed what is permanent.
const ours = 'ours';
const implementations = [ours, 'the second implementation'] as const;

const secret = (text: string) => createSecretKey(Buffer.from(text, 'base64url'));
const bytes = (text: string) => Buffer.from(text, 'base64url');

for (const which of implementations) {
  describe(`The committed vectors, by ${which}`, () => {
    const mine = which === ours;

    it('are the canonical texts of values', () => {
      const { vectors } = vectorsOf('canonical');
      expect(vectors).to.have.length.greaterThan(20);
      for (const { value, text, minusZero } of vectors) {
        const given = minusZero === true ? -0 : value;
        expect(mine ? canonical(given) : second.jcs(given)).to.equal(text);
      }
    });

    it('are the canonical texts and leaves of envelopes', async () => {
      for (const { envelope, canonical: text, leaf } of vectorsOf('envelopes').vectors) {
        const fact = {
          ...envelope,
          revision: BigInt(envelope.revision),
          data: canonical(envelope.data),
          metadata: canonical(envelope.metadata),
        };
        expect(mine ? canonicalEnvelope(fact) : second.jcs(envelope)).to.equal(text);
        const made = mine ? leafHash(fact).toString('hex') : await second.leaf(envelope);
        expect(made).to.equal(leaf);
      }
    });

    it('are the ids of commands, facts and new things', () => {
      const { rfc, vectors } = vectorsOf('ids');
      if (!mine) expect(second.uuid5(rfc.name, rfc.namespace)).to.equal(rfc.id);
      for (const { ledgerId, actorId, stream, key, commandId, events, made } of vectors) {
        const command = mine
          ? commandIdOf(ledgerId, actorId, stream, key)
          : second.uuid5(`${actorId}/${stream}/${key}`, ledgerId);
        expect(command).to.equal(commandId);
        for (const { ordinal, id } of events) {
          const event = mine
            ? eventIdOf(commandId, stream, ordinal)
            : second.uuid5(`${stream}/${ordinal}`, commandId);
          expect(event).to.equal(id);
        }
        for (const { name, id } of made) {
          expect(mine ? newIdOf(commandId, name) : second.uuid5(name, commandId)).to.equal(id);
        }
      }
    });

    it('are the digests of commands', async () => {
      for (const { digestKey, content, mac } of vectorsOf('digests').vectors) {
        const key = { kid: 'k', box: secret(digestKey), digest: secret(digestKey) };
        const made = mine
          ? digestOf(key, content).mac
          : await second.mac(bytes(digestKey), content);
        expect(made).to.equal(mac);
      }
    });

    it('are sealed boxes: what opens, and the salt and commitment of each field', async () => {
      for (const { key, place, seed, fields, salts, aad, box } of vectorsOf('boxes').vectors) {
        if (mine) {
          const at = { kid: box.kid, box: secret(key), digest: secret(key) };
          expect(open(box, at, place)).to.deep.equal(fields);
        } else {
          const sealing = {
            key: bytes(key),
            iv: bytes(box.iv),
            seed,
            fields,
            aad: JSON.parse(aad),
          };
          expect(await second.sealed(sealing)).to.deep.equal(box);
        }
        for (const [path, value] of Object.entries(fields as Record<string, string>)) {
          const salt = mine ? saltOf(seed, path) : await second.salt(seed, path);
          expect(salt).to.equal(salts[path]);
          const made = mine
            ? commitment(salt, path, value)
            : await second.commitment(salt, path, value);
          expect(made).to.equal(box.c[path]);
        }
      }
    });
  });
}

describe('The committed vectors, by Python', () => {
  it('are the same, whoever reads the contract', function () {
    const found = spawnSync('python3', ['--version'], { encoding: 'utf8' });
    if (found.status !== 0) {
      console.log('      not run: there is no python3 here');
      this.skip();
    }
    const run = spawnSync('python3', ['-B', 'check.py'], { cwd: vectorsFolder, encoding: 'utf8' });
    expect([run.status, run.stderr]).to.deep.equal([0, '']);
    expect(run.stdout).to.match(/^[1-9]\d+ vectors agree\n$/);
  });
});
