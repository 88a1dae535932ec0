import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readWrappingKey, WrappingKeyRefused } from '../../src/vault/wrapping-key.ts';
import { tempDir } from '../support/temp.ts';

const text = Buffer.alloc(32, 5).toString('base64url');

describe('the wrapping key', () => {
  it('is made in a file of mode 0600 where there is none, and is the same ever after', () => {
    const folder = join(tempDir(), 'secrets');
    const file = join(folder, 'wrapping.key');
    const made = readWrappingKey({ file });
    expect(made).to.have.length(32);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).to.deep.equal(['wrapping.key']);
    expect(Buffer.from(readWrappingKey({ file })).equals(made)).to.equal(true);
  });

  it('is another in another place', () => {
    const [one, two] = ['one.key', 'two.key'].map((name) =>
      Buffer.from(readWrappingKey({ file: join(tempDir(), name) })).toString('hex'),
    );
    expect(one).not.to.equal(two);
  });

  it('is as given, and then no file is made', () => {
    const file = join(tempDir(), 'wrapping.key');
    expect(
      Buffer.from(readWrappingKey({ given: text, file })).equals(Buffer.alloc(32, 5)),
    ).to.equal(true);
    expect(existsSync(file)).to.equal(false);
  });

  it('is refused in a file that others may read, and the message says what would be right', () => {
    const file = join(tempDir(), 'wrapping.key');
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    for (const mode of [0o640, 0o604, 0o644]) {
      chmodSync(file, mode);
      expect(() => readWrappingKey({ file })).to.throw(WrappingKeyRefused, 'chmod 600');
    }
    chmodSync(file, 0o600);
    expect(readWrappingKey({ file })).to.have.length(32);
  });

  it('is refused in any other form, and the message does not hold it', () => {
    const spelling = `${text.slice(0, -1)}V`;
    const wrong = ['', text.slice(1), `${text}A`, `${text}=`, ` ${text}`, spelling];
    for (const given of [...wrong, text.replace('B', '+')]) {
      const read = () => readWrappingKey({ given, file: 'nowhere' });
      expect(read, given).to.throw(WrappingKeyRefused, 'LEDGER_KEY');
      if (given !== '') expect(read).to.not.throw(given);
    }
    const file = join(tempDir(), 'wrapping.key');
    writeFileSync(file, 'half a key', { mode: 0o600 });
    expect(() => readWrappingKey({ file })).to.throw(WrappingKeyRefused, file);
    expect(readFileSync(file, 'utf8')).to.equal('half a key');
  });
});
