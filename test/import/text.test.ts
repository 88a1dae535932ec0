import { expect } from 'chai';
import { decodeText } from '../../src/import/text.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  );

describe('The text of a file', () => {
  it('is UTF-8, with or without a byte order mark', () => {
    const plain = { text: 'Zoë,Ångström', encoding: 'UTF-8' };
    expect(decodeText(bytes('Zoë,Ångström'))).to.deep.equal(plain);
    expect(decodeText(bytes([0xef, 0xbb, 0xbf], 'Zoë,Ångström'))).to.deep.equal(plain);
  });

  it('is Windows-1252 where it is no UTF-8', () => {
    const said = decodeText(bytes('Zo', [0xeb], ' ', [0x93], 'x', [0x94], ' ', [0x80], '5'));
    expect(said).to.deep.equal({ text: 'Zoë “x” €5', encoding: 'Windows-1252' });
  });

  it('is refused as a workbook, as UTF-16 and with zero bytes', () => {
    expect(() => decodeText(bytes('PK', [3, 4]))).to.throw('workbook');
    expect(() => decodeText(bytes([0xff, 0xfe], 'a'))).to.throw('UTF-16');
    expect(() => decodeText(bytes('a', [0], 'b'))).to.throw('no text');
  });
});
