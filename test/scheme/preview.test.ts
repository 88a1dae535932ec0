import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addDays } from '../../src/scheme/civil-date.ts';
import { cycleOn } from '../../src/scheme/governing.ts';
import { foreseen } from '../../src/scheme/preview.ts';
import { recordedBy } from '../../src/scheme/recorded.ts';
import type { PublishedRulebook } from '../../src/scheme/rulebook.ts';
import { statement } from '../../src/scheme/statement.ts';
import { type Entry, historyOf, published, SCHEME } from '../support/member-history.ts';
import { entry, kindsOf, points } from '../support/random-entries.ts';
import { bookOf, kind } from '../support/small-book.ts';

const zone = 'Europe/London';

/** Rules of a year or two, fixed, from the member's own day or rolling, with what goes from one cycle to the next. */
const rules = fc
  .record({
    starts: fc.constantFrom('fixed', 'anchor', 'rolling'),
    months: fc.constantFrom(12, 24),
    target: fc.integer({ min: 0, max: 20 }),
    per: points.map((rate) => Math.max(0.25, rate / 4)),
    cap: points,
    carry: fc.option(points, { nil: undefined }),
    shortfall: fc.boolean(),
    graceMonths: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    ethics: fc.boolean(),
  })
  .map(({ starts, months, target, per, cap, carry, shortfall, graceMonths, ethics }) => {
    const goesOn = starts !== 'rolling';
    const earns = [{ rate: { points: Math.round(per * 100) / 100, per: '1 hour' } }];
    return {
      cycle: { months, starts, ...(graceMonths && { graceMonths }) },
      kinds: kindsOf.map((kind) => ({ ...kind, earns })),
      targets: [{ grade: 'full', points: target }],
      limits: [
        { name: 'cap', of: { categories: ['taught'] }, per: 'cycle', most: { points: cap } },
      ],
      ...(ethics && {
        requirements: [{ name: 'ethics', of: { topics: ['ethics'] }, per: 'cycle', entries: 1 }],
      }),
      ...(goesOn &&
        carry !== undefined && { carry: { name: 'on', of: {}, most: { points: carry } } }),
      ...(goesOn && shortfall && { shortfall: { name: 'owed' } }),
    };
  });
const next = fc.tuple(
  rules,
  fc.record({
    governs: fc.constantFrom('cycles', 'running', 'activities'),
    rerates: fc.boolean(),
    inProportion: fc.boolean(),
    cutsAnew: fc.boolean(),
  }),
  fc.integer({ min: 0, max: 1_300 }),
);
const entries = fc.array(
  fc.tuple(entry, fc.integer({ min: -700, max: 0 })).map(([one, days]): Entry => {
    const on = addDays(one.on, days);
    return { ...one, on, from: addDays(on, -Math.min(20, one.amount % 20)) };
  }),
  { maxLength: 12 },
);

function lived(books: readonly PublishedRulebook[], done: readonly Entry[]) {
  const member = historyOf(books, '2023-01-01');
  for (const one of done) member.did(one);
  return member.facts;
}

/** The cycles up to a day that the last of these versions governs; a window that rolls is that of the day. */
function cyclesBy(books: readonly PublishedRulebook[], on: string): string[] {
  const found: string[] = [];
  for (let day = '2023-01-01'; day <= on; ) {
    const governed = cycleOn(books, '2023-01-01', day);
    if (governed === undefined) throw new Error('no cycle');
    const { span, book } = governed;
    const rolls = span.cycle === 'rolling';
    const mine = book.version === books.length && (!rolls || day === on);
    if (mine) found.push(span.cycle);
    day = rolls ? addDays(day, 1) : span.until;
  }
  return found;
}

describe('what is foreseen of a rulebook', () => {
  it('is what statements say once it is published: each cycle that it would govern, and none besides', () => {
    let cycles = 0;
    let rerated = 0;
    fc.assert(
      fc.property(
        rules,
        next,
        entries,
        fc.nat(1_400),
        (first, [second, { cutsAnew, ...how }, day], done, at) => {
          const from = addDays('2023-01-01', day);
          const asked = addDays('2023-01-01', at);
          // A window that rolls ends on the day asked: before the version's own day there is none of it.
          const rolling = first.cycle.starts === 'rolling' || second.cycle.starts === 'rolling';
          const on = rolling && asked < from ? from : asked;
          const cut = { ...second, ...how, cycle: cutsAnew ? second.cycle : first.cycle };
          const books = published(['2020-01-01', first]);
          const facts = lived(books, done);
          const [, book] = published(['2020-01-01', first], [from, cut]);
          if (book === undefined) throw new Error('no second rulebook');
          const found =
            foreseen(books, book, recordedBy(facts, SCHEME), { scheme: SCHEME, on, zone }) ?? [];
          const own = cyclesBy([...books, book], on);
          if (own.length > 0) expect(found.map(({ after }) => after.cycle)).to.deep.equal(own);
          else expect(found.length).to.be.at.most(1);
          for (const { before, after, change } of found) {
            cycles += 1;
            if (how.rerates && how.governs === 'running') rerated += 1;
            const rolls = after.cycle === 'rolling';
            const wanted = { scheme: SCHEME, on, zone, ...(rolls ? {} : { cycle: after.cycle }) };
            const then = statement([...books, book], facts, wanted);
            if (then === undefined) throw new Error(`no statement of ${after.cycle}`);
            const carriedIn = then.carriedIn.reduce((sum, lot) => sum + lot.points, 0);
            expect({ ...after, met: undefined }).to.deep.equal({
              cycle: then.cycle.cycle,
              version: then.rulebook.version,
              target: then.target,
              counted: then.counted,
              carriedIn,
              needed: then.needed + then.madeGood,
              outcome: then.outcome,
              met: undefined,
            });
            expect(after.version).to.equal(2);
            if (before === undefined || before.cycle !== after.cycle) continue;
            const now = statement(books, facts, wanted);
            expect(before.counted).to.equal(now?.counted);
            const margin = (of: typeof after) => of.counted + of.carriedIn - (of.target ?? 0);
            expect(change).to.equal(margin(after) - margin(before));
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(cycles).to.be.greaterThan(200);
    expect(rerated).to.be.greaterThan(20);
  });

  it('changes no award and no running cycle where the version binds activities: it begins with the next', () => {
    fc.assert(
      fc.property(rules, rules, entries, (first, second, done) => {
        const fixed = (book: object) => ({ ...book, cycle: { months: 12, starts: 'fixed' } });
        const books = published(['2020-01-01', fixed(first)]);
        const facts = lived(books, done);
        const book = { ...fixed(second), governs: 'activities', rerates: true };
        const [, later] = published(['2020-01-01', fixed(first)], ['2025-06-01', book]);
        if (later === undefined) throw new Error('no second rulebook');
        const wanted = { scheme: SCHEME, on: '2025-12-31', zone };
        const found = foreseen(books, later, recordedBy(facts, SCHEME), wanted) ?? [];
        expect(found.map(({ after }) => after.cycle)).to.deep.equal(['2026']);
        expect(statement([...books, later], facts, wanted)).to.deep.equal(
          statement(books, facts, wanted),
        );
      }),
    );
  });

  it('leaves each statement of a cycle that the version before governs as it was', () => {
    let kept = 0;
    fc.assert(
      fc.property(rules, next, entries, fc.nat(1_400), (first, [second, how, day], done, at) => {
        const { cutsAnew: _, inProportion: _in, ...more } = how;
        // What is done in a time of grace is weighed by who governs then.
        const { graceMonths: _grace, ...cycle } = first.cycle;
        const [from, on] = [addDays('2023-01-01', day), addDays('2023-01-01', at)];
        const old: [string, object] = ['2020-01-01', { ...first, cycle }];
        const both = published(old, [from, { ...second, ...more }]);
        const books = both.slice(0, 1);
        const facts = lived(books, done);
        for (const year of ['2023', '2024', '2025', '2026']) {
          const wanted = { scheme: SCHEME, on, zone, cycle: year };
          const then = statement(both, facts, wanted);
          if (then === undefined || then.rulebook.version !== 1) continue;
          kept += 1;
          expect(then).to.deep.equal(statement(books, facts, wanted));
        }
      }),
      { numRuns: 200 },
    );
    expect(kept).to.be.greaterThan(100);
  });

  it('compares what is cut into several with the first of them alone', () => {
    const july = { months: 12, starts: 'fixed', from: '2000-07-01' };
    const first: [string, object] = ['2020-01-01', bookOf({})];
    const next: [string, object] = ['2025-09-01', bookOf({ cycle: july, governs: 'running' })];
    const [books, [, book]] = [published(first), published(first, next)];
    if (book === undefined) throw new Error('no second rulebook');
    const member = historyOf(books, '2024-01-01');
    for (const on of ['2025-03-01', '2025-08-01']) member.did({ kind: 'talk', amount: 60, on });
    const found = foreseen(books, book, recordedBy(member.facts, SCHEME), {
      scheme: SCHEME,
      on: '2025-12-01',
      zone,
    });
    const counted = found?.map(({ before, after }) => [
      before?.cycle,
      before?.counted,
      after.cycle,
      after.counted,
    ]);
    expect(counted).to.deep.equal([
      ['2025', 200, '2025-01-01', 100],
      [undefined, undefined, '2025-07-01', 100],
    ]);
  });

  it('leaves out what waits for a decision, also where the version would count its kind on recording', () => {
    const at = (accept: string, more: object = {}) =>
      bookOf({ kinds: [kind('talk', { accept })], ...more });
    const first: [string, object] = ['2020-01-01', at('approval')];
    const next: [string, object] = ['2025-06-01', at('recording', { governs: 'running' })];
    const [books, [, book]] = [published(first), published(first, next)];
    if (book === undefined) throw new Error('no second rulebook');
    const member = historyOf(books, '2025-01-01');
    member.did({ kind: 'talk', amount: 60, on: '2025-03-01' });
    const waiting = member.facts.filter(({ type }) => type !== 'ClaimApproved');
    const wanted = { scheme: SCHEME, on: '2025-12-31', zone };
    const of = (facts: typeof waiting) =>
      foreseen(books, book, recordedBy(facts, SCHEME), wanted)?.map(({ after }) => after.counted);
    expect(of(waiting)).to.deep.equal([0]);
    expect(statement([...books, book], waiting, wanted)?.counted).to.equal(0);
    expect(of(member.facts)).to.deep.equal([100]);
  });
});
