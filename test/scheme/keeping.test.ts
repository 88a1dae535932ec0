import { expect } from 'chai';
import { describe, it } from 'mocha';
import { keptUntil } from '../../src/scheme/keeping.ts';
import type { PublishedRulebook } from '../../src/scheme/rulebook.ts';
import { type Entry, historyOf, published, SCHEME } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

const kept = (keepMonths: number, more: object = {}) => ({
  evidence: { needed: false, keepMonths },
  ...more,
});
const kinds = [kind('talk', kept(12)), kind('read')];
const talk: Entry = { kind: 'talk', amount: 60, on: '2025-06-01', evidence: true };

function untilOf(books: readonly PublishedRulebook[], entry: Entry, joined = '2020-05-01') {
  const member = historyOf(books, joined);
  member.did(entry);
  return [...keptUntil(new Map([[SCHEME, books]]), member.facts).values()];
}

describe('how long evidence is kept', () => {
  const rules = published(['2020-01-01', bookOf({ kinds })]);

  it('is so many months after the end of the cycle in which it was done, by the rule named', () => {
    expect(untilOf(rules, talk)).to.deep.equal([
      {
        until: '2027-01-01',
        scheme: SCHEME,
        rulebook: { version: 1, eventId: 'book-1' },
        kind: 'talk',
        keepMonths: 12,
        cycle: '2025',
      },
    ]);
  });

  it('is without end where the rulebook says none', () => {
    expect(untilOf(rules, { ...talk, kind: 'read' })).to.deep.equal([]);
  });

  it('is counted from the member’s own cycle, or from when a window that rolls has passed it', () => {
    const own = { months: 36, starts: 'anchor' };
    const anchored = published(['2020-01-01', bookOf({ kinds, cycle: own })]);
    expect(untilOf(anchored, talk, '2023-02-10')[0]?.until).to.equal('2027-02-10');
    const rolling = published([
      '2020-01-01',
      bookOf({ kinds, cycle: { months: 24, starts: 'rolling' } }),
    ]);
    expect(untilOf(rolling, talk)[0]?.until).to.equal('2028-06-02');
  });

  it('is counted from the cycle of the award, where the points fall there', () => {
    const late = [kind('talk', kept(12, { falls: 'award' }))];
    const books = published(['2020-01-01', bookOf({ kinds: late })]);
    expect(untilOf(books, { ...talk, handedIn: '2026-01-10' })[0]?.until).to.equal('2028-01-01');
  });

  it('stays what the version said that governs the cycle, whatever a later one says', () => {
    const books = published(
      ['2020-01-01', bookOf({ kinds })],
      ['2026-01-01', bookOf({ kinds: [kind('talk', kept(60))] })],
    );
    expect(untilOf(books, talk)[0]?.until).to.equal('2027-01-01');
    expect(untilOf(books, { ...talk, on: '2026-06-01' })[0]?.until).to.equal('2032-01-01');
  });

  it('is without end while a decision or a review is open, and again so long once it is closed', () => {
    expect(untilOf(rules, { ...talk, review: 'opened' })).to.deep.equal([]);
    expect(untilOf(rules, { ...talk, review: 'upheld' })[0]?.until).to.equal('2027-01-01');
    const member = historyOf(rules, '2020-05-01');
    member.did(talk);
    const claimed = member.facts.slice(0, -1);
    expect(keptUntil(new Map([[SCHEME, rules]]), claimed).size).to.equal(0);
    expect(keptUntil(new Map([[SCHEME, rules]]), member.facts).size).to.equal(1);
  });

  it('is the longest of several schemes, and without end where one of them says no end', () => {
    const other = '00000000-0000-4000-8000-00000000000b';
    const member = historyOf(rules, '2020-05-01');
    member.say('SchemeJoined', { scheme: other, on: '2020-05-01', anchor: '2020-05-01' });
    member.did(talk);
    const together = (second: object) =>
      [
        ...keptUntil(
          new Map([
            [SCHEME, rules],
            [other, published(['2020-01-01', bookOf({ kinds: [second] })])],
          ]),
          member.facts,
        ).values(),
      ].map(({ until, scheme }) => [until, scheme]);
    expect(together(kind('talk', kept(24)))).to.deep.equal([['2028-01-01', other]]);
    expect(together(kind('talk', kept(6)))).to.deep.equal([['2027-01-01', SCHEME]]);
    expect(together(kind('talk'))).to.deep.equal([]);
    expect(together(kind('elsewhere'))).to.deep.equal([['2027-01-01', SCHEME]]);
  });
});
