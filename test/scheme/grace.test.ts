import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

const cycle = { months: 12, starts: 'fixed', graceMonths: 3 };
const talk = (on: string, workRef?: string): Entry => ({
  kind: 'talk',
  amount: 60,
  on,
  ...(workRef === undefined ? {} : { attributes: { workRef } }),
});

/** Of 2025 as of a day, and of 2026: what each had of the requirement, of it made good in grace, met, and the outcome. */
function stands(requirement: object, on: string, ...entries: Entry[]) {
  const requirements = [{ name: 'asked', of: {}, per: 'cycle', grace: true, ...requirement }];
  const targets = [{ grade: 'full', points: 0 }];
  const book = bookOf({ cycle, kinds: [kind('talk')], targets, requirements });
  const member = historyOf(published(['2020-01-01', book]), '2025-01-01');
  for (const entry of entries) member.did(entry);
  return ['2025', '2026'].map((year) => {
    const { requirements, outcome } = member.statement(on, year);
    const [found] = requirements;
    return [found?.had, found?.madeGood ?? 0, found?.met, outcome];
  });
}

describe('a requirement that may be made good in the time of grace', () => {
  it('is met by an entry in that time, which then counts for it in no later cycle', () => {
    expect(stands({ entries: 1 }, '2026-06-01', talk('2026-02-01'))).to.deep.equal([
      [1, 1, true, 'met'],
      [0, 0, false, 'not-yet-due'],
    ]);
    const both = [talk('2026-02-01'), talk('2026-02-02')];
    expect(stands({ entries: 1 }, '2026-06-01', ...both)).to.deep.equal([
      [1, 1, true, 'met'],
      [1, 0, true, 'met'],
    ]);
  });

  it('is not met by what is done after that time, nor before its end judged', () => {
    expect(stands({ entries: 1 }, '2026-06-01', talk('2026-04-01'))[0]).to.deep.equal([
      0,
      0,
      false,
      'short',
    ]);
    expect(stands({ entries: 1 }, '2026-02-01')[0]?.at(3)).to.equal('in-grace');
  });

  it('takes no more than is missing, and nothing where nothing is', () => {
    const own = [talk('2025-02-01'), talk('2026-02-01'), talk('2026-02-02')];
    expect(stands({ entries: 1 }, '2026-06-01', ...own).map(([had]) => had)).to.deep.equal([1, 2]);
    expect(stands({ entries: 2 }, '2026-06-01', ...own).map(([had]) => had)).to.deep.equal([2, 1]);
  });

  it('may ask for an amount, or for works, of which one is made good once', () => {
    expect(stands({ amount: '2 hours' }, '2026-06-01', talk('2026-02-01'))[0]).to.deep.equal([
      60,
      60,
      false,
      'short',
    ]);
    const same = [talk('2026-02-01', 'a'), talk('2026-02-02', 'a'), talk('2026-02-03', 'b')];
    expect(stands({ works: 1 }, '2026-06-01', ...same).map(([had]) => had)).to.deep.equal([1, 1]);
  });

  it('is short at once where the rulebook does not say so', () => {
    const [year] = stands({ entries: 1, grace: false }, '2026-06-01', talk('2026-02-01'));
    expect(year).to.deep.equal([0, 0, false, 'short']);
  });
});
