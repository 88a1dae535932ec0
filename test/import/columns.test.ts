import { expect } from 'chai';
import { mapColumns } from '../../src/import/columns.ts';

const fields = [
  { name: 'number', says: '', guesses: ['membership number'] },
  { name: 'name', says: '', guesses: ['full name'] },
  { name: 'decided-on', says: '' },
];

describe('Columns', () => {
  it('are guessed by their headings, without case, spaces and punctuation', () => {
    expect(mapColumns(fields, ['Full_Name', 'MEMBERSHIP-NUMBER', 'Other'], [])).to.deep.equal([
      { field: 'number', column: 'MEMBERSHIP-NUMBER', cell: 1, guessed: true },
      { field: 'name', column: 'Full_Name', cell: 0, guessed: true },
    ]);
  });

  it('are guessed by the name of the field before anything else', () => {
    const [mapped] = mapColumns(fields, ['Membership number', 'Number'], []);
    expect(mapped).to.include({ field: 'number', cell: 1 });
  });

  it('go as given, several apart by commas, and are not guessed a second time', () => {
    const given = ['number=Full name,name=Surname, first', 'decided-on='];
    const header = ['Full name', 'Surname, first', 'Decided on'];
    expect(mapColumns(fields, header, given)).to.deep.equal([
      { field: 'number', column: 'Full name', cell: 0, guessed: false },
      { field: 'name', column: 'Surname, first', cell: 1, guessed: false },
    ]);
  });

  it('are refused where field or column is not there, or a heading stands twice', () => {
    expect(() => mapColumns(fields, ['a'], ['nmae=a'])).to.throw('fields are number, name');
    expect(() => mapColumns(fields, ['a', 'b'], ['name=c'])).to.throw('columns are a, b');
    expect(() => mapColumns(fields, ['a', 'a'], ['name=a'])).to.throw('more than one column');
  });
});
