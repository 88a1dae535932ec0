import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openEvidenceFolder } from '../../src/vault/evidence.ts';
import { dataKey } from '../../src/vault/wrapping.ts';
import { tempDir } from '../support/temp.ts';
import { refusal } from './support.ts';

const key = dataKey('AAAAAAAAAAAAAAAAAAAAAA', Buffer.alloc(64, 1));
const otherKey = dataKey('BBBBBBBBBBBBBBBBBBBBBA', Buffer.alloc(64, 2));
const place = { ledgerId: randomUUID(), stream: 'member-1', evidenceId: randomUUID() };
const bytes = Buffer.from('%PDF-1.7 a certificate of attendance');

function store() {
  const folder = join(tempDir(), 'evidence');
  return { folder, files: openEvidenceFolder({ folder }) };
}

describe('the store of evidence files', () => {
  it('gives back what was put into it, from disk', async () => {
    const { folder, files } = store();
    const { blob } = await files.put({ bytes, key, place });
    const opened = await openEvidenceFolder({ folder }).get(blob, key, place);
    expect(Buffer.from(opened).equals(bytes)).to.equal(true);
  });

  it('names a file by the SHA-256 of its sealed bytes, and says how many they are', async () => {
    const { folder, files } = store();
    const { blob, size } = await files.put({ bytes, key, place });
    const sealed = readFileSync(join(folder, blob));
    expect(createHash('sha256').update(sealed).digest('hex')).to.equal(blob);
    expect(size).to.equal(sealed.length);
    expect(readdirSync(folder)).to.deep.equal([blob]);
    expect(await files.list()).to.deep.equal([blob]);
  });

  it('holds nothing in clear, and its owner alone may read it', async () => {
    const { folder, files } = store();
    const { blob } = await files.put({ bytes, key, place });
    const path = join(folder, blob);
    expect(readFileSync(path).includes('certificate')).to.equal(false);
    expect(statSync(path).mode & 0o077).to.equal(0);
    expect(statSync(folder).mode & 0o077).to.equal(0);
  });

  it('seals the same file anew each time, so that nobody can tell that two are alike', async () => {
    const { files } = store();
    const [one, two] = [
      await files.put({ bytes, key, place }),
      await files.put({ bytes, key, place }),
    ];
    expect(one.blob).not.to.equal(two.blob);
  });

  it('takes an empty file', async () => {
    const { files } = store();
    const { blob } = await files.put({ bytes: Buffer.alloc(0), key, place });
    expect(await files.get(blob, key, place)).to.have.length(0);
  });

  it('opens a file neither under another key nor for another ledger, stream or evidence', async () => {
    const { files } = store();
    const { blob } = await files.put({ bytes, key, place });
    await refusal(files.get(blob, otherKey, place), 'evidence-broken');
    await refusal(files.get(blob, { ...key, kid: otherKey.kid }, place), 'evidence-broken');
    for (const part of ['ledgerId', 'stream', 'evidenceId']) {
      await refusal(files.get(blob, key, { ...place, [part]: 'another' }), 'evidence-broken');
    }
  });

  it('tells without a key whether a file is whole, missing, or changed on disk', async () => {
    const { folder, files } = store();
    const { blob } = await files.put({ bytes, key, place });
    expect(await files.state(blob)).to.equal('whole');
    writeFileSync(join(folder, blob), 'other bytes');
    expect(await files.state(blob)).to.equal('broken');
    await files.delete(blob);
    expect(await files.state(blob)).to.equal('missing');
    expect(await files.state('../../etc/passwd')).to.equal('missing');
  });

  it('refuses a file that was changed or cut short on disk', async () => {
    const { folder, files } = store();
    const { blob } = await files.put({ bytes, key, place });
    const whole = readFileSync(join(folder, blob));
    const changed = Buffer.from(whole);
    changed[20] = (changed[20] as number) ^ 1;
    for (const wrong of [changed, whole.subarray(0, -1), Buffer.alloc(0)]) {
      writeFileSync(join(folder, blob), wrong);
      await refusal(files.get(blob, key, place), 'evidence-broken');
    }
  });

  it('has nothing after a deletion, which may be repeated', async () => {
    const { folder, files } = store();
    const { blob } = await files.put({ bytes, key, place });
    await files.delete(blob);
    await files.delete(blob);
    expect(existsSync(join(folder, blob))).to.equal(false);
    expect(await files.list()).to.deep.equal([]);
    await refusal(files.get(blob, key, place), 'evidence-missing');
  });

  it('leads nobody out of its folder by a name', async () => {
    const { folder, files } = store();
    const outside = join(folder, '..', 'secret');
    writeFileSync(outside, 'x');
    await refusal(files.get('../secret', key, place), 'evidence-missing');
    await refusal(files.delete('../secret'), 'evidence-missing');
    expect(existsSync(outside)).to.equal(true);
  });

  it('does not list what is no evidence file, as the rest of a write that was stopped', async () => {
    const { folder, files } = store();
    writeFileSync(join(folder, `${randomUUID()}.part`), 'half');
    expect(await files.list()).to.deep.equal([]);
  });
});
