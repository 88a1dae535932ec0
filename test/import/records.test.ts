import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { delimiterOf, readRecords } from '../../src/import/records.ts';

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', '\r\n', ' ', ''),
});
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
  );
const form = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  record_delimiter: fc.constantFrom('\n', '\r\n'),
  quoted: fc.boolean(),
  // The writer leaves the other line break bare, which no reader could tell from the end of a record.
  quoted_match: fc.constant(/[\r\n]/),
});

describe('Records of a CSV file', () => {
  it('come back as they were written, whatever is in their cells', () => {
    fc.assert(
      fc.property(table, form, (rows, options) => {
        const text = stringify(rows, options);
        const { records, open } = readRecords(text, options.delimiter);
        expect(records.map(({ cells }) => cells)).to.deep.equal(rows);
        expect(open).to.equal(undefined);
        expect(records.every(({ torn }) => torn === undefined)).to.equal(true);
      }),
    );
  });

  it('are those that another reader finds', () => {
    fc.assert(
      fc.property(table, form, (rows, options) => {
        const text = stringify(rows, options);
        const other = parse(text, {
          delimiter: options.delimiter,
          record_delimiter: options.record_delimiter,
        });
        const ours = readRecords(text, options.delimiter).records.map(({ cells }) => cells);
        expect(ours).to.deep.equal(other);
      }),
    );
  });

  it('name the line on which they begin, whatever lines their cells hold', () => {
    fc.assert(
      fc.property(table, form, (rows, options) => {
        const lines = rows.map((_, at) => {
          const before = stringify(rows.slice(0, at), options);
          return 1 + (before.match(/\r\n|\n/g) ?? []).length;
        });
        const { records } = readRecords(stringify(rows, options), options.delimiter);
        expect(records.map(({ line }) => line)).to.deep.equal(lines);
      }),
    );
  });

  it('are whole in front of a quote that stays open, and nothing after it is taken', () => {
    const text = 'a,b\n1,"x\ny"\n2,"Smith\n3,Jones\n4,Brown\n';
    const { records, open } = readRecords(text, ',');
    expect(records.map(({ cells }) => cells)).to.deep.equal([
      ['a', 'b'],
      ['1', 'x\ny'],
    ]);
    expect(open).to.deep.equal({ line: 4, cell: 1, value: 'Smith' });
  });

  it('end at a quote that a later line seems to close, where text follows', () => {
    const { records, open } = readRecords('a,b\n1,"Smith\n2,"Jones"\n3,x\n', ',');
    expect(records).to.have.length(1);
    expect(open).to.deep.equal({ line: 2, cell: 1, value: 'Smith' });
  });

  it('are spoilt alone by a quote that closes too early on its own line', () => {
    const { records, open } = readRecords('1,"the "good" one",x\n2,b,y\n', ',');
    expect(open).to.equal(undefined);
    expect(records[0]?.torn).to.equal(1);
    expect(records[1]).to.deep.equal({ line: 2, cells: ['2', 'b', 'y'] });
  });

  it('take a quote inside an unquoted cell as text', () => {
    expect(readRecords('6" nails,x', ',').records[0]?.cells).to.deep.equal(['6" nails', 'x']);
  });

  it('end with the file, with or without a last line break', () => {
    for (const text of ['a,\n', 'a,']) {
      expect(readRecords(text, ',').records).to.deep.equal([{ line: 1, cells: ['a', ''] }]);
    }
    expect(readRecords('', ',').records).to.deep.equal([]);
  });

  it('are apart by what the heading uses most, outside quotes', () => {
    expect(delimiterOf('"a,b,c";d;e\n1,2,3,4')).to.equal(';');
    expect(delimiterOf('a\tb')).to.equal('\t');
    expect(delimiterOf('name,number')).to.equal(',');
    expect(delimiterOf('name')).to.equal(',');
  });
});
