import { inflateSync } from 'node:zlib';
import { expect } from 'chai';
import { fileTypeFromBuffer } from 'file-type';
import { describe, it } from 'mocha';
import { badgePng, certificatePdf } from '../../src/demo/certificate.ts';

describe('The demo’s evidence', () => {
  it('is told by its content for what it is', async () => {
    expect((await fileTypeFromBuffer(certificatePdf()))?.mime).to.equal('application/pdf');
    expect((await fileTypeFromBuffer(badgePng()))?.mime).to.equal('image/png');
  });

  it('is a PDF whose table says where each object begins, and where the table does', () => {
    const pdf = Buffer.from(certificatePdf()).toString('latin1');
    const begins = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
    const entries = [...pdf.slice(begins).matchAll(/^(\d{10}) 00000 n $/gm)];
    expect(pdf.slice(begins)).to.match(/^xref\n0 6\n/);
    expect(entries).to.have.length(5);
    for (const [index, [, offset]] of entries.entries()) {
      expect(pdf.slice(Number(offset))).to.match(new RegExp(`^${index + 1} 0 obj`));
    }
  });

  it('is a PNG with as many bytes of picture as its size needs', () => {
    const png = Buffer.from(badgePng());
    const data = png.indexOf('IDAT');
    const packed = png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4));
    expect(inflateSync(packed)).to.have.length(64 * (64 + 1));
  });
});
