import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Statement } from '../../src/scheme/statement.ts';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { entry, kinds, kindsOf, ON, points } from '../support/random-entries.ts';

const per = fc.constantFrom('cycle', 'period', 'month');

/** Limits that lie in each other: of kinds in categories, of categories in everything; months in quarters in the year. */
const nested = fc
  .record({
    kind: fc.option(fc.tuple(fc.constantFrom(...kinds), points)),
    category: fc.option(fc.tuple(fc.constantFrom('taught', 'alone'), points)),
    all: fc.option(points),
    share: fc.option(fc.constantFrom('1/3', '2/7', '50%')),
  })
  .map(({ kind, category, all, share }) => [
    ...(kind === null
      ? []
      : [{ name: 'of-kind', of: { kinds: [kind[0]] }, per: 'month', most: { points: kind[1] } }]),
    ...(category === null
      ? []
      : [
          {
            name: 'of-category',
            of: { categories: [category[0]] },
            per: 'period',
            most: { points: category[1] },
          },
        ]),
    ...(share === null
      ? []
      : [
          {
            name: 'of-target',
            of: { categories: ['alone'] },
            per: 'cycle',
            most: { share, of: 'target' },
          },
        ]),
    ...(all === null ? [] : [{ name: 'of-all', of: {}, per: 'cycle', most: { points: all * 4 } }]),
  ]);

/** Limits of any kind, crossing each other, by number too. */
const crossing = fc.array(
  fc.record({
    of: fc.oneof(
      fc.constant({}),
      fc.constantFrom(...kinds).map((kind) => ({ kinds: [kind] })),
      fc.constantFrom('taught', 'alone').map((category) => ({ categories: [category] })),
      fc.constant({ topics: ['ethics'] }),
    ),
    per,
    cap: fc.oneof(
      points.map((most) => ({ most: { points: most } })),
      fc.integer({ min: 1, max: 4 }).map((entries) => ({ entries })),
      fc.constantFrom('1/3', '3/4').map((share) => ({ most: { share, of: 'target' } })),
    ),
  }),
  { maxLength: 5 },
);

function bookWith(rules: object) {
  return published([
    '2020-01-01',
    {
      cycle: { months: 12, starts: 'fixed', periodMonths: 3, joining: 'by-day' },
      kinds: kindsOf,
      targets: [{ grade: 'full', points: 20 }],
      ...rules,
    },
  ]);
}

const anyRules = fc
  .record({
    limits: crossing.map((limits) =>
      limits.map(({ of, per: within, cap }, n) => ({
        name: `limit-${n}`,
        of,
        per: within,
        ...cap,
      })),
    ),
    floors: fc.constantFrom(
      [],
      [{ name: 'floor', of: { kinds: ['reading'] }, per: 'entry', points: 0.5 }],
    ),
    steps: fc.constantFrom(
      [],
      [{ name: 'step', of: { kinds: ['meeting'] }, per: 'month', to: 0.75 }],
    ),
    fills: fc.constantFrom('by-date', 'best'),
  })
  .map(bookWith);
const nestedRules = nested.map((limits) => bookWith({ limits }));

const entries = fc.array(entry, { maxLength: 12 });
/** Each of one day, no two of the same: then dates alone decide. */
const datedEntries = fc
  .uniqueArray(entry, { maxLength: 12, selector: ({ on }) => on })
  .map((list) => list.map((one) => ({ ...one, from: one.on })));

function shown(books: ReturnType<typeof published>, list: readonly Entry[]): Statement {
  const member = historyOf(books, '2025-01-01');
  for (const one of list) member.did(one);
  return member.statement(ON);
}

describe('a statement, under any rulebook and history', () => {
  it('counts never more than was awarded, and gives every uncounted hundredth one reason', () => {
    fc.assert(
      fc.property(anyRules, entries, (books, list) => {
        const { lines, awarded, counted, uncounted } = shown(books, list);
        for (const line of lines) {
          const reasons = line.uncounted.reduce((sum, loss) => sum + loss.points, 0);
          expect(line.counted + reasons).to.equal(line.awarded);
          expect(line.counted).to.be.within(0, line.awarded);
          expect(line.uncounted.every((loss) => loss.points > 0)).to.equal(true);
        }
        expect(counted + uncounted).to.equal(awarded);
        expect(lines.reduce((sum, line) => sum + line.counted, 0)).to.equal(counted);
      }),
    );
  });

  it('never passes a limit', () => {
    fc.assert(
      fc.property(anyRules, entries, (books, list) => {
        for (const { used, most } of shown(books, list).limits) expect(used).to.be.within(0, most);
      }),
    );
  });

  it('is the same in whatever order entries were recorded, where dates decide', () => {
    fc.assert(
      fc.property(nestedRules, datedEntries, fc.infiniteStream(fc.nat()), (books, list, chance) => {
        const shuffled = list
          .map((one) => ({ one, by: chance.next().value as number }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one);
        const byDay = (statement: Statement) =>
          statement.lines.map(({ until, kind, counted }) => `${until} ${kind} ${counted}`).sort();
        expect(byDay(shown(books, shuffled))).to.deep.equal(byDay(shown(books, list)));
      }),
    );
  });

  it('never counts less for a further entry, where limits lie in each other', () => {
    fc.assert(
      fc.property(nestedRules, entries, entry, (books, list, further) => {
        const more = shown(books, [...list, { ...further, revoked: false }]);
        expect(more.counted).to.be.at.least(shown(books, list).counted);
      }),
    );
  });

  it('is after a revocation what it was before the entry', () => {
    fc.assert(
      fc.property(anyRules, entries, entry, (books, list, further) => {
        const after = shown(books, [...list, { ...further, revoked: true }]);
        const { counted, needed, limits } = shown(books, list);
        expect(after).to.deep.include({ counted, needed, limits });
      }),
    );
  });
});
