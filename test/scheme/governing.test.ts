import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published, SCHEME } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

const cycle = { months: 36, starts: 'fixed', from: '2024-01-01' };
const rated = (points: number) => [kind('talk', { earns: [{ rate: { points, per: '1 hour' } }] })];
const of = (points: number, target: number, more: object = {}) =>
  bookOf({ cycle, kinds: rated(points), targets: [{ grade: 'full', points: target }], ...more });
const talk = (on: string): Entry => ({ kind: 'talk', amount: 60, on });

/** A first rulebook, and a second from 1 January 2025, inside a cycle of three years from 2024. */
function shown(
  more: object,
  on: string,
  { track, before = true }: { track?: string; before?: boolean } = {},
) {
  const first = ['2020-01-01', of(1, 30)] as [string, object];
  const books = published(first, ['2025-01-01', of(2, 60, more)]);
  const member = historyOf(books, '2024-01-01', track === undefined ? {} : { track });
  if (before) member.did(talk('2024-06-01'));
  member.did(talk(on));
  const { rulebook, target, lines } = member.statement(on);
  return [rulebook.version, target, ...lines.map(({ awarded }) => awarded)];
}

describe('a new version of a rulebook', () => {
  it('governs cycles that begin on its day or later, and what is done in them', () => {
    expect(shown({}, '2026-12-31')).to.deep.equal([1, 3_000, 100, 100]);
    expect(shown({}, '2027-01-01')).to.deep.equal([2, 6_000, 200]);
  });

  it('governs the running cycle as a whole where it says so', () => {
    expect(shown({ governs: 'running' }, '2025-06-01')).to.deep.equal([2, 6_000, 200, 200]);
  });

  it('cuts the running cycle anew where it says so, by its own length; and not where it does not', () => {
    const longer = { cycle: { ...cycle, months: 60 } };
    const until = (more: object) => {
      const books = published(['2020-01-01', of(1, 30)], ['2025-01-01', of(1, 30, more)]);
      return historyOf(books, '2024-01-01').statement('2025-06-01').cycle.until;
    };
    expect(until({ ...longer, governs: 'running' })).to.equal('2029-01-01');
    expect(until(longer)).to.equal('2027-01-01');
  });

  it('rates what is done from its day on, and leaves the running cycle, where it binds activities', () => {
    expect(shown({ governs: 'activities' }, '2024-12-31')).to.deep.equal([1, 3_000, 100, 100]);
    expect(shown({ governs: 'activities' }, '2025-01-01')).to.deep.equal([1, 3_000, 100, 200]);
  });

  it('counts its target in proportion inside a running cycle, where it says so', () => {
    const [version, target] = shown({ governs: 'activities', inProportion: true }, '2025-06-01');
    expect([version, target]).to.deep.equal([1, Math.ceil(3_000 + (3_000 * 730) / 1_096)]);
  });

  it('is adopted early by those who joined on its track, and by nobody else', () => {
    const early = { early: { track: 'new-rules', from: '2024-01-01' } };
    expect(shown(early, '2024-06-02', { track: 'new-rules' })).to.deep.equal([2, 6_000, 200, 200]);
    expect(shown(early, '2024-06-02', { track: 'other' })).to.deep.equal([1, 3_000, 100, 100]);
    expect(shown(early, '2024-06-02')).to.deep.equal([1, 3_000, 100, 100]);
  });
});

describe('a version that may be adopted early', () => {
  const first = ['2020-01-01', of(1, 30)] as [string, object];
  const shownOn = (on: string, early: object, adoptedFrom?: string) => {
    const books = published(first, ['2027-01-01', of(2, 60, { governs: 'running', early })]);
    const member = historyOf(books, '2024-01-01');
    const rulebook = { version: 2, eventId: 'book-2' };
    if (adoptedFrom !== undefined) {
      member.say('RulebookAdopted', { scheme: SCHEME, rulebook, from: adoptedFrom });
    }
    member.did(talk(on));
    const { rulebook: by, target, lines } = member.statement(on);
    return [by.version, target, ...lines.map(({ awarded }) => awarded)];
  };

  it('binds who adopts it from that day on, and nobody else', () => {
    const early = { from: '2025-01-01' };
    expect(shownOn('2025-06-01', early, '2025-03-01')).to.deep.equal([2, 6_000, 200]);
    expect(shownOn('2025-06-01', early)).to.deep.equal([1, 3_000, 100]);
  });

  it('binds nobody before the day that it offers, nor by adoption where it is for a track', () => {
    const late = published(first, ['2027-01-01', of(2, 60, { early: { from: '2025-01-01' } })]);
    const facts = historyOf(late, '2024-01-01');
    const rulebook = { version: 2, eventId: 'book-2' };
    facts.say('RulebookAdopted', { scheme: SCHEME, rulebook, from: '2024-01-01' });
    // A cycle that began before that day stays under the first version.
    expect(facts.statement('2025-06-01').rulebook.version).to.equal(1);
    const track = { track: 'pilot', from: '2025-01-01' };
    expect(shownOn('2025-06-01', track, '2025-03-01')).to.deep.equal([1, 3_000, 100]);
  });
});

describe('what was awarded', () => {
  const later = (rules: object) => {
    const old = published(['2020-01-01', of(1, 30)]);
    const member = historyOf(old, '2024-01-01');
    member.did(talk('2024-06-01'));
    const books = published(['2020-01-01', of(1, 30)], ['2025-01-01', of(3, 30, rules)]);
    const again = historyOf(books, '2024-01-01');
    again.facts.splice(0, again.facts.length, ...member.facts);
    const { lines, rulebook } = again.statement('2025-06-01');
    const [line] = lines;
    return [rulebook.version, line?.awarded, line?.approved, line?.earned?.version];
  };

  it('stays, whatever is published later', () => {
    expect(later({})).to.deep.equal([1, 100, undefined, 1]);
    expect(later({ governs: 'running' })).to.deep.equal([2, 100, undefined, 1]);
  });

  it('is rated again only where the rulebook says that it re-rates, and the first figure is shown', () => {
    expect(later({ governs: 'running', rerates: true })).to.deep.equal([2, 300, 100, 2]);
    expect(later({ rerates: true })).to.deep.equal([1, 100, undefined, 1]);
  });

  it('is rated again to the hundredth where an entry falls on several days', () => {
    const split = (points: number, more: object = {}) =>
      bookOf({
        kinds: [kind('talk', { falls: 'by-day', earns: [{ points }] })],
        cycle: { months: 12, starts: 'fixed' },
        ...more,
      });
    const first = ['2020-01-01', split(1)] as [string, object];
    const member = historyOf(published(first), '2025-01-01');
    member.did({ kind: 'talk', amount: 61, from: '2025-03-01', on: '2025-03-03' });
    const rules = { governs: 'running', rerates: true };
    const again = historyOf(published(first, ['2025-06-01', split(2, rules)]), '2025-01-01');
    again.facts.splice(0, again.facts.length, ...member.facts);
    const { lines } = again.statement('2025-12-31');
    expect([lines[0]?.awarded, lines[0]?.approved]).to.deep.equal([200, 100]);
  });
});

describe('the same work in two schemes', () => {
  const counted = (sameWork?: string) => {
    const books = published(['2020-01-01', bookOf(sameWork === undefined ? {} : { sameWork })]);
    const member = historyOf(books, '2025-01-01');
    member.did(talk('2025-03-03'));
    const approval = member.facts.at(-1);
    if (approval?.type !== 'ClaimApproved') throw new Error('no approval');
    const [line] = approval.data.lines;
    if (line === undefined) throw new Error('no line');
    const [award] = line.awards;
    if (award === undefined) throw new Error('no award');
    Object.assign(line, { awards: [{ ...award, scheme: 'another' }, award] });
    return member.statement('2025-12-31');
  };

  it('counts in each, or once: where the member joined first', () => {
    expect([counted().counted, counted('each').counted]).to.deep.equal([100, 100]);
    const { counted: none, lines } = counted('once');
    expect([none, lines[0]?.uncounted[0]?.rule]).to.deep.equal([0, 'counted-elsewhere']);
  });
});
