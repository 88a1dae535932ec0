import { expect } from 'chai';
import { describe, it } from 'mocha';
import { cycleNamed, cycleNames, cyclesBeginning } from '../../src/scheme/cycle-names.ts';
import { historyOf, published } from '../support/member-history.ts';
import { bookOf } from '../support/small-book.ts';

describe('the name of a cycle', () => {
  it('is found by itself, by its first day, and by a year in which no other begins', () => {
    const names = ['2023', '2024-01-01', '2026-07-01', '2027-07-01', 'rolling'];
    expect(cycleNamed(names, '2023')).to.equal('2023');
    expect(cycleNamed(names, '2023-01-01')).to.equal('2023');
    expect(cycleNamed(names, '2024')).to.equal('2024-01-01');
    expect(cycleNamed(names, '2027')).to.equal('2027-07-01');
    expect(cycleNamed(names, 'rolling')).to.equal('rolling');
  });

  it('is not found by a day inside it, nor by a year in which two begin or none', () => {
    const names = ['2024-01-01', '2026-01-01', '2026-07-01'];
    for (const asked of ['2025', '2026', '2024-02-01', 'rolling', 'banana', ''])
      expect(cycleNamed(names, asked), asked).to.equal(undefined);
  });

  it('is none after the year 9999: what is weighed up to it comes to an end', () => {
    const books = published(['2020-01-01', bookOf({ cycle: { months: 12, starts: 'fixed' } })]);
    expect(historyOf(books, '9990-01-01').statement('9999-12-31').cycle.cycle).to.equal('9999');
    const member = { books, anchor: '9998-01-01', joined: '9998-01-01' };
    expect(cycleNames(member, '9999-12-31')).to.deep.equal(['9998', '9999']);
  });

  it('names all that begin in a year, where a version cut them anew', () => {
    const books = published(
      ['2020-01-01', bookOf({ cycle: { months: 12, starts: 'fixed' } })],
      ['2027-01-01', bookOf({ cycle: { months: 12, starts: 'fixed', from: '2000-07-01' } })],
    );
    expect(cyclesBeginning(books, '2024-01-01', '2026')).to.deep.equal(['2026']);
    const both = ['2028-01-01', '2028-07-01'];
    expect(cyclesBeginning(books, '2024-01-01', '2028')).to.deep.equal(both);
    expect(cyclesBeginning(books, '2024-01-01', '2028-07-01')).to.deep.equal(['2028-07-01']);
    // The last year that has a name: after it none begins.
    expect(cyclesBeginning(books, '2024-01-01', '9999')).to.deep.equal(['9999-07-01']);
    for (const asked of ['2028-08-01', '20xx', 'rolling', 'banana'])
      expect(cyclesBeginning(books, '2024-01-01', asked), asked).to.deep.equal([]);
  });
});
