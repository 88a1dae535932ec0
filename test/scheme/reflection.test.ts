import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

const talk = (on: string, more: Partial<Entry> = {}): Entry => ({
  kind: 'talk',
  amount: 60,
  on,
  ...more,
});

/** A member in 2025, under a rulebook that says this besides, who did these. */
function stated(more: object, ...entries: Entry[]) {
  const member = historyOf(published(['2020-01-01', bookOf(more)]), '2025-01-01');
  for (const entry of entries) member.did(entry);
  return member.statement('2025-12-31');
}

describe('a kind that needs a reflection', () => {
  const kinds = [kind('talk', { reflection: 'needed' }), kind('other')];

  it('counts with one, and not without', () => {
    const { lines } = stated(
      { kinds },
      talk('2025-02-01', { reflected: true }),
      talk('2025-02-02'),
    );
    expect(lines.map(({ counted }) => counted)).to.deep.equal([100, 0]);
    expect(lines[1]?.uncounted.map(({ rule, points }) => [rule, points])).to.deep.equal([
      ['reflection-missing', 100],
    ]);
  });

  it('leaves other kinds alone', () => {
    expect(stated({ kinds }, { ...talk('2025-02-01'), kind: 'other' }).counted).to.equal(100);
  });
});

describe('a requirement of something on every entry', () => {
  const standing = (every: string, of: object, ...entries: Entry[]) => {
    const requirements = [{ name: 'each', of, per: 'cycle', every }];
    const kinds = [kind('talk'), kind('other')];
    const [found] = stated({ kinds, requirements }, ...entries).requirements;
    return [found?.had, found?.asked, found?.met];
  };
  const reflected = talk('2025-02-01', { reflected: true });

  it('is met where every entry has it, and where there is no entry', () => {
    expect(standing('reflection', {}, reflected)).to.deep.equal([1, 1, true]);
    expect(standing('reflection', {}, reflected, talk('2025-03-01'))).to.deep.equal([1, 2, false]);
    expect(standing('reflection', {})).to.deep.equal([0, 0, true]);
  });

  it('asks only of the entries that it is about', () => {
    const other = { ...talk('2025-03-01'), kind: 'other' };
    expect(standing('reflection', { kinds: ['talk'] }, reflected, other)).to.deep.equal([
      1,
      1,
      true,
    ]);
  });

  it('may ask for evidence instead', () => {
    const proved = talk('2025-02-01', { evidence: true });
    expect(standing('evidence', {}, proved)).to.deep.equal([1, 1, true]);
    expect(standing('evidence', {}, proved, reflected)).to.deep.equal([1, 2, false]);
  });

  it('lets points count, but is a reason to be short', () => {
    const requirements = [{ name: 'each', of: {}, per: 'cycle', every: 'reflection' }];
    const targets = [{ grade: 'full', points: 1 }];
    const outcomeOf = (entry: Entry) => {
      const book = bookOf({ requirements, targets });
      const member = historyOf(published(['2020-01-01', book]), '2025-01-01');
      member.did(entry);
      const { counted, outcome } = member.statement('2026-06-01', '2025');
      return [counted, outcome];
    };
    expect(outcomeOf(reflected)).to.deep.equal([100, 'met']);
    expect(outcomeOf(talk('2025-02-01'))).to.deep.equal([100, 'short']);
  });
});
