import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { protect } from '../../src/disclosure/protect.ts';
import type { PlainTable, Rule } from '../../src/disclosure/table.ts';
import { type Known, spanOf } from './attacker.ts';
import { countOf, randomRule, randomTable, within } from './tables.ts';

/** What a method that is not good enough would give out beside, or in place of, what `protect` says. */
type Break = (table: PlainTable, rule: Rule) => Known[];

/** The totals along every dimension: rows, columns and the rest. */
function totals(table: PlainTable, told: (count: number) => Omit<Known, 'of'>): Known[] {
  return table.dims.flatMap((dim, at) =>
    [...new Set(table.cells.map(({ key }) => key[at] ?? ''))].map((code) => {
      const of = within(table, [code], [dim]);
      return { of, ...told(of.reduce((sum, n) => sum + (table.cells[n]?.count ?? 0), 0)) };
    }),
  );
}

function places(table: PlainTable, rule: Rule): Known[] {
  return protect(table, rule)
    .said.filter(({ key }) => key.length === table.dims.length)
    .map(({ key, least, most }) => ({ of: within(table, key), least, most }));
}

const exact = (count: number) => ({ least: count, most: count });

const breaks: Readonly<Record<string, Break>> = {
  'totals are exact': (table, rule) => [...places(table, rule), ...totals(table, exact)],
  'totals are rounded, and nothing more is withheld for them': (table, rule) => [
    ...places(table, rule),
    ...totals(table, (count) => {
      const least = count - (count % rule.base);
      return { least, most: least + rule.base - 1 };
    }),
  ],
  'an empty place is shown as empty': (table, rule) =>
    places(table, rule).map((said) => {
      const count = said.of.reduce((sum, at) => sum + (table.cells[at]?.count ?? 0), 0);
      return count === 0 ? { ...said, ...exact(0) } : said;
    }),
  'a row where all are in one place has its total': (table, rule) => [
    ...places(table, rule),
    ...totals(table, exact).filter(({ of, least }) =>
      of.some((at) => table.cells[at]?.count === least),
    ),
  ],
  'small places are left out, large ones and all totals are exact': (table, rule) => [
    ...table.cells.flatMap(({ count }, at) =>
      count > rule.smallest ? [{ of: [at], ...exact(count) }] : [],
    ),
    ...totals(table, exact),
  ],
};

/** Whether some small count is had more narrowly than it may be. */
function succeeds(table: PlainTable, rule: Rule, known: readonly Known[]): boolean {
  return table.cells.some(({ key, count }) => {
    if (count > rule.smallest) return false;
    const { from, to } = spanOf(table.cells.length, known, within(table, key));
    return to - from < rule.smallest;
  });
}

describe('The attack', () => {
  for (const [name, broken] of Object.entries(breaks)) {
    it(`succeeds where ${name}`, () => {
      const attack = fc.property(randomTable, randomRule, (table, rule) => {
        fc.pre(table.cells.length < 9);
        return !succeeds(table, rule, broken(table, rule));
      });
      const { failed } = fc.check(attack, { numRuns: 300, endOnFailure: true });
      expect(failed).to.equal(true);
    });
  }

  it('finds by hand what a row gives away: 12 of 12 in one place', () => {
    const table: PlainTable = {
      dims: ['level'],
      apart: 0,
      cells: [12, 0, 0].map((count, at) => ({ key: [`${at}`], count })),
    };
    const rule = { smallest: 5, base: 5 };
    const all = { of: [0, 1, 2], least: 12, most: 12 };
    expect(spanOf(3, [...places(table, rule), all], [1])).to.deep.equal({ from: 0, to: 2 });
    expect(protect(table, rule).said).to.deep.equal([
      { key: [], least: 10, most: 24, how: 'sum' },
      { key: ['0'], least: 10, most: 14, how: 'about' },
      { key: ['1'], least: 0, most: 5, how: 'few' },
      { key: ['2'], least: 0, most: 5, how: 'few' },
    ]);
    expect(countOf(table, [])).to.equal(12);
  });
});
