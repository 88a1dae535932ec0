import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addDays, type CivilDate } from '../../src/scheme/civil-date.ts';
import { cyclesOf } from '../../src/scheme/cycles.ts';
import { cycleOn } from '../../src/scheme/governing.ts';
import { memberInScheme } from '../../src/scheme/member-in-scheme.ts';
import { recordedBy } from '../../src/scheme/recorded.ts';
import { type Entry, historyOf, published, SCHEME } from '../support/member-history.ts';
import { bookOf } from '../support/small-book.ts';

const year = { months: 12, starts: 'fixed' };
const fromJuly = { months: 12, starts: 'fixed', from: '2000-07-01' };
const talk = (on: CivilDate): Entry => ({ kind: 'talk', amount: 60, on });

/** The cycles that a member has under a first version from 2020, and a second from 1 September 2025. */
function cyclesUnder(first: object, second: object, joined = '2024-02-01', until = '2028-12-31') {
  const books = published(
    ['2020-01-01', bookOf({ cycle: first })],
    ['2025-09-01', bookOf({ targets: [{ grade: 'full', points: 40 }], ...second })],
  );
  const member = historyOf(books, joined);
  const cycles: string[] = [];
  for (let day = joined; day <= until; ) {
    const { cycle, rulebook } = member.statement(day);
    cycles.push(`${cycle.from} ${rulebook.version}`);
    day = cycle.until;
  }
  return cycles;
}

describe('a version that cuts cycles anew', () => {
  it('takes over where the running cycle ends: the first of its own is what is left of it', () => {
    expect(cyclesUnder(year, { cycle: fromJuly })).to.deep.equal([
      '2024-01-01 1',
      '2025-01-01 1',
      '2026-01-01 1',
      '2027-01-01 2',
      '2027-07-01 2',
      '2028-07-01 2',
    ]);
  });

  it('takes over without a short one where its cycle begins as another ends', () => {
    const three = { months: 36, starts: 'fixed', from: '2026-01-01' };
    expect(cyclesUnder(year, { cycle: three })).to.deep.equal([
      '2024-01-01 1',
      '2025-01-01 1',
      '2026-01-01 2',
    ]);
    expect(cyclesUnder({ ...three, from: '2024-01-01' }, { cycle: year })).to.deep.equal([
      '2024-01-01 1',
      '2027-01-01 2',
      '2028-01-01 2',
    ]);
  });

  it('takes over from where the running cycle began, where it says that it governs that', () => {
    expect(cyclesUnder(year, { cycle: fromJuly, governs: 'running' })).to.deep.equal([
      '2024-01-01 1',
      '2025-01-01 2',
      '2025-07-01 2',
      '2026-07-01 2',
      '2027-07-01 2',
      '2028-07-01 2',
    ]);
  });

  it('asks of a short one what it asks of who joins then', () => {
    const asked = (joining: object) => {
      const second = {
        cycle: { ...fromJuly, ...joining },
        targets: [{ grade: 'full', points: 40 }],
      };
      const books = published(
        ['2020-01-01', bookOf({ cycle: year })],
        ['2025-09-01', bookOf(second)],
      );
      const { target, targetMade } = historyOf(books, '2024-02-01').statement('2027-03-01');
      return [target, ...targetMade.map(({ by, name, from }) => [by, name, from])];
    };
    const grade = ['grade', 'full', undefined];
    expect(asked({})).to.deep.equal([4_000, grade]);
    expect(asked({ joining: 'by-month' })).to.deep.equal([
      2_000,
      grade,
      ['rulebook', 'cut-anew', '2027-01-01'],
    ]);
  });

  it('lowers a requirement of a short one, where joining lowers it, and counts what was done in it alone', () => {
    const requirements = [
      { name: 'four', of: {}, per: 'cycle', entries: 4, loweredBy: ['joining'] },
      { name: 'two', of: {}, per: 'cycle', entries: 2 },
    ];
    const second = { cycle: { ...fromJuly, joining: 'by-month' }, requirements };
    const books = published(
      ['2020-01-01', bookOf({ cycle: year })],
      ['2025-09-01', bookOf(second)],
    );
    const member = historyOf(books, '2024-02-01');
    for (const on of ['2026-11-01', '2026-12-31', '2027-01-01']) member.did(talk(on));
    const { requirements: stand } = member.statement('2027-03-01');
    expect(stand.map(({ name, from, asked, had }) => [name, from, asked, had])).to.deep.equal([
      ['four', '2027-01-01', 2, 1],
      ['two', '2027-01-01', 2, 1],
    ]);
  });

  it('changes no statement of a cycle before it, also where windows roll from then on', () => {
    for (const cycle of [fromJuly, { months: 24, starts: 'rolling' }]) {
      const books = published(
        ['2020-01-01', bookOf({ cycle: year })],
        ['2025-09-01', bookOf({ cycle })],
      );
      const member = historyOf(books, '2024-02-01');
      member.did(talk('2025-03-01'));
      const then = historyOf(books.slice(0, 1), '2024-02-01');
      then.facts.splice(0, then.facts.length, ...member.facts);
      expect(member.statement('2028-03-01', '2025')).to.deep.equal(
        then.statement('2028-03-01', '2025'),
      );
    }
  });

  it('begins on its day where windows rolled before, whatever its cycle has left', () => {
    const rolling = { months: 24, starts: 'rolling' };
    expect(cyclesUnder(rolling, { cycle: year }, '2025-12-31', '2026-12-31')).to.deep.equal([
      '2024-01-01 1',
      '2026-01-01 2',
    ]);
  });
});

describe('cycles of a member', () => {
  const day = fc.integer({ min: 0, max: 2_500 }).map((days) => addDays('2020-01-01', days));
  const cut = fc.record({
    months: fc.constantFrom(6, 12, 24, 36),
    starts: fc.constantFrom('fixed', 'anchor', 'january-after-anchor'),
    from: fc.constantFrom('2000-01-01', '2001-07-01', '2002-04-06', '2000-02-29'),
  });
  const version = fc.tuple(
    day,
    cut,
    fc.constantFrom('cycles', 'running', 'activities'),
    fc.boolean(),
  );
  const versions = fc.array(version, { minLength: 1, maxLength: 4 });

  it('follow one upon the other without overlap or gap, whatever versions cut them; each day lies in one', () => {
    let short = 0;
    fc.assert(
      fc.property(cut, versions, day, day, (first, later, joined, looked) => {
        const books = published(
          ['2019-01-01', bookOf({ cycle: first })],
          ...later.map(([from, cycle, governs, inProportion]): [string, object] => [
            from,
            bookOf({ cycle, governs, inProportion }),
          ]),
        );
        const { facts } = historyOf(books, joined);
        const on = '2030-06-01';
        const wanted = { scheme: SCHEME, on, zone: 'Europe/London' };
        const member = memberInScheme(books, recordedBy(facts, SCHEME), wanted);
        if (member === undefined) throw new Error('no member');
        const spans = cyclesOf(member, on).map(({ span }) => span);
        spans.forEach(({ from, until }, n) => {
          expect(from < until).to.equal(true);
          expect(from).to.equal(spans[n - 1]?.until ?? from);
        });
        expect(new Set(spans.map(({ cycle }) => cycle)).size).to.equal(spans.length);
        const at = looked > joined ? looked : joined;
        const found = spans.filter(({ from, until }) => from <= at && at < until);
        const own = cycleOn(books, joined, at);
        // Before a first January there is no cycle yet: what is done there belongs to the first.
        expect(own?.span).to.deep.equal(found[0] ?? spans[0]);
        if (own !== undefined && own.whole.from < own.span.from) short += 1;
      }),
      { numRuns: 500 },
    );
    expect(short).to.be.greaterThan(10);
  });

  it('are, under versions that cut alike, what the version says that was in force when they began', () => {
    fc.assert(
      fc.property(cut, fc.array(day, { maxLength: 3 }), day, day, (same, days, joined, looked) => {
        const books = published(
          ['2019-01-01', bookOf({ cycle: same })],
          ...days.map((from): [string, object] => [from, bookOf({ cycle: same })]),
        );
        const at = looked > joined ? looked : joined;
        const own = cycleOn(books, joined, at);
        if (own === undefined) throw new Error('no cycle');
        const inForce = books
          .filter(({ effectiveFrom }) => effectiveFrom <= own.span.from)
          .reduce(
            (last, one) => (one.effectiveFrom >= last.effectiveFrom ? one : last),
            books[0] as (typeof books)[number],
          );
        expect(own.book.version).to.equal(inForce.version);
        expect(own.whole).to.deep.equal(own.span);
      }),
      { numRuns: 300 },
    );
  });
});
