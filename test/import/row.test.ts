import { expect } from 'chai';
import { codeOf, dayOf, readRow } from '../../src/import/row.ts';

const mapping = [{ field: 'number', column: 'No.', cell: 0, guessed: false }];
const reading = { mapping, set: new Map<string, string>(), digits: new Map<string, number>() };
const rowOf = (cell: string, more: Partial<typeof reading> = {}) =>
  readRow({ line: 7, cells: [cell] }, { ...reading, ...more });

describe('A row', () => {
  it('reads days day first or as ISO, and with the midnight that a spreadsheet adds', () => {
    for (const text of ['31/1/2026', '31.01.2026', '2026-01-31', '2026-01-31T00:00:00']) {
      expect(dayOf(text), text).to.equal('2026-01-31');
    }
    expect(dayOf('31/01/2026 00:00')).to.equal('2026-01-31');
  });

  it('reads no day that the calendar does not have, nor one with a short year', () => {
    for (const text of [
      '01/13/2026',
      '30/02/2026',
      '2026-2-1',
      '1/2/26',
      '2026-01-31 09:00',
      '46000',
    ]) {
      expect(dayOf(text), text).to.equal(undefined);
    }
  });

  it('makes codes of words', () => {
    expect(codeOf('Yorkshire & The Humber')).to.equal('yorkshire-and-the-humber');
    expect(codeOf(' Café (new) ')).to.equal('cafe-new');
    expect(codeOf('–')).to.equal(undefined);
  });

  it('reads hundredths of numbers with at most two decimals', () => {
    expect(rowOf('1.5').hundredths('number')).to.equal(150);
    expect(rowOf('0.29').hundredths('number')).to.equal(29);
    expect(rowOf('1,5').hundredths('number')).to.equal(150);
    for (const text of ['1,500', '1.000,5', '1.234', '-1', 'two']) {
      const row = rowOf(text);
      expect(row.hundredths('number')).to.equal(undefined);
      expect(row.bad[0]).to.include({ line: 7, column: 'No.', value: text });
    }
  });

  it('takes away white space and the ="..." of a spreadsheet, and keeps leading zeros', () => {
    expect(rowOf('="0042" ').text('number')).to.equal('0042');
    expect(rowOf('\u00a00042').text('number')).to.equal('0042');
  });

  it('puts zeros back where asked, before digits alone', () => {
    const digits = new Map([['number', 6]]);
    expect(rowOf('42', { digits }).text('number')).to.equal('000042');
    expect(rowOf('A42', { digits }).text('number')).to.equal('A42');
  });

  it('refuses a number that a spreadsheet has rounded', () => {
    const row = rowOf('1.2E+11');
    expect(row.printed('number')).to.equal(undefined);
    expect(row.bad).to.have.length(1);
  });

  it('takes what is set where its own cell is empty', () => {
    const set = new Map([['number', '9']]);
    expect(rowOf(' ', { set }).text('number')).to.equal('9');
    expect(rowOf('8', { set }).text('number')).to.equal('8');
  });

  it('complains of a missing field by its name where no column is mapped, and once', () => {
    const row = rowOf('1');
    for (let time = 0; time < 2; time++) row.needed('name', 'a name is expected');
    expect(row.bad).to.deep.equal([{ line: 7, expected: 'name: a name is expected' }]);
  });
});
