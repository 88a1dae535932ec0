import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addDays } from '../../src/scheme/civil-date.ts';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { entry, kindsOf, ON, points } from '../support/random-entries.ts';

/** Years that carry on, owe, make good in a time of grace, are lowered by reliefs and governed by two versions. */
const running = fc
  .record({
    carry: fc.option(fc.record({ most: points.map((most) => ({ points: most })) }), {
      nil: undefined,
    }),
    shortfall: fc.boolean(),
    graceMonths: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    governs: fc.constantFrom('cycles', 'running', 'activities'),
    instead: fc.boolean(),
    fills: fc.constantFrom('by-date', 'best'),
    target: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ carry, shortfall, graceMonths, governs, instead, fills, target }) => {
    const limit = {
      name: 'taught',
      of: { categories: ['taught'] },
      per: 'cycle',
      most: { points: 6 },
    };
    const alone = {
      name: 'alone',
      of: { categories: ['alone'] },
      per: 'cycle',
      most: { points: 5 },
    };
    const rules = {
      cycle: { months: 12, starts: 'fixed', ...(graceMonths && { graceMonths }) },
      kinds: kindsOf,
      targets: [{ grade: 'full', points: target }],
      limits: [instead ? { ...limit, instead: 'alone' } : limit, alone],
      floors: [{ name: 'floor', of: { kinds: ['reading'] }, per: 'month', points: 0.5 }],
      steps: [{ name: 'step', of: { kinds: ['meeting'] }, per: 'cycle', to: 0.5 }],
      reliefs: [{ class: 'class-a', effect: 'by-day' }],
      fills,
      ...(carry && { carry: { name: 'on', of: {}, ...carry } }),
      ...(shortfall && { shortfall: { name: 'owed' } }),
    };
    return published(['2020-01-01', rules], ['2024-07-01', { ...rules, governs }]);
  });
const years = fc.array(
  entry.chain((one) =>
    fc.integer({ min: -730, max: 0 }).map((days) => {
      const on = addDays(one.on, days);
      return { ...one, on, from: on };
    }),
  ),
  { maxLength: 14 },
);
const relief = fc.record({
  start: fc.integer({ min: 0, max: 900 }),
  length: fc.integer({ min: 1, max: 500 }),
});

function lived(
  books: ReturnType<typeof published>,
  list: readonly Entry[],
  reliefs: readonly { start: number; length: number }[],
) {
  const member = historyOf(books, '2023-01-01');
  reliefs.forEach(({ start, length }, n) => {
    const from = addDays('2023-01-01', start);
    member.say('ReliefGranted', {
      reliefId: `r${n}`,
      class: 'class-a',
      from,
      until: addDays(from, length),
    });
  });
  for (const one of list) member.did(one);
  return member;
}

describe('statements of several years', () => {
  const each = ['2023', '2024', '2025'];
  const reliefs = fc.array(relief, { maxLength: 3 });

  it('account for every hundredth once, and ask for no less than nothing', () => {
    fc.assert(
      fc.property(running, years, reliefs, (books, list, away) => {
        const member = lived(books, list, away);
        for (const cycle of each) {
          const {
            lines,
            awarded,
            counted,
            limits,
            needed,
            target = 0,
            carriedIn,
            madeGood,
            shortfallIn,
          } = member.statement(ON, cycle);
          for (const line of lines) {
            const reasons = line.uncounted.reduce((sum, loss) => sum + loss.points, 0);
            expect(line.counted + reasons).to.equal(line.awarded);
          }
          expect(lines.reduce((sum, line) => sum + line.awarded, 0)).to.equal(awarded);
          const spent = lines
            .flatMap(({ uncounted }) => uncounted)
            .filter(({ rule }) => rule === 'owed' || rule === 'grace')
            .reduce((sum, loss) => sum + loss.points, 0);
          expect(spent).to.be.at.most(shortfallIn);
          for (const { used, most } of limits) expect(used).to.be.within(0, most);
          const brought = carriedIn.reduce((sum, lot) => sum + lot.points, 0);
          expect(needed + madeGood).to.equal(Math.max(0, target - counted - brought));
          expect(target).to.be.at.least(0);
        }
      }),
    );
  });

  it('carry no more than the surplus, and never the same hundredth twice', () => {
    fc.assert(
      fc.property(running, years, reliefs, (books, list, away) => {
        const member = lived(books, list, away);
        for (const [n, cycle] of each.entries()) {
          const { carriedOut, counted, carriedIn, target = 0 } = member.statement(ON, cycle);
          const [on, had] = [carriedOut, carriedIn].map((lots) =>
            lots.reduce((sum, lot) => sum + lot.points, 0),
          ) as [number, number];
          expect(on).to.be.at.most(Math.max(0, counted + had - target));
          const next = each[n + 1];
          if (next !== undefined)
            expect(member.statement(ON, next).carriedIn).to.deep.equal(carriedOut);
        }
      }),
    );
  });

  it('are as of an index what they were when it was the head', () => {
    fc.assert(
      fc.property(running, years, reliefs, fc.nat(), (books, list, away, cut) => {
        const before = lived(books, list.slice(0, cut % (list.length + 1)), away);
        const then = before.statement(ON);
        const later = lived(books, list, away);
        later.facts.length = before.facts.length;
        expect(later.statement(ON)).to.deep.equal(then);
      }),
    );
  });

  it('are lowered by reliefs no further than by all of their days, each once', () => {
    fc.assert(
      fc.property(running, reliefs, (books, away) => {
        const member = lived(books, [], away);
        const days = new Set(
          away.flatMap(({ start, length }) =>
            Array.from({ length }, (_, n) => addDays('2023-01-01', start + n)),
          ),
        );
        for (const cycle of each) {
          const inside = [...days].filter((day) => day.startsWith(cycle)).length;
          const length = cycle === '2024' ? 366 : 365;
          const whole = lived(books, [], []).statement(ON, cycle).target ?? 0;
          expect(member.statement(ON, cycle).target).to.equal(
            Math.ceil((whole * (length - inside)) / length),
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});
