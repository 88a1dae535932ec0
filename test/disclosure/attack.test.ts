import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { protect } from '../../src/disclosure/protect.ts';
import { spanOf } from './attacker.ts';
import { countOf, knownOf, randomRule, randomTable, tableOf, within } from './tables.ts';

describe('An attack on a table that was given out', () => {
  it('can have of no figure, by any sums and differences, more than the figure says', () => {
    fc.assert(
      fc.property(randomTable, randomRule, (table, rule) => {
        const safe = protect(table, rule);
        const known = knownOf(table, safe);
        for (const { key, least, most } of safe.said) {
          const span = spanOf(table.cells.length, known, within(table, key));
          expect(span).to.deep.equal({ from: least, to: most });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is told the truth', () => {
    fc.assert(
      fc.property(randomTable, randomRule, (table, rule) => {
        for (const { key, least, most, how } of protect(table, rule).said) {
          expect(countOf(table, key)).to.be.within(least, most);
          if (how === 'few') expect(most).to.be.at.least(rule.smallest);
          if (how === 'about' && key.length === table.dims.length) {
            expect(least).to.be.above(rule.smallest);
          }
        }
      }),
    );
  });

  it('by one of the people counted, who subtracts himself, is told no more of the others', () => {
    fc.assert(
      fc.property(randomTable, randomRule, fc.nat(), (table, rule, where) => {
        const full = table.cells.flatMap(({ count }, at) => (count > 0 ? [at] : []));
        const own = full[where % full.length];
        fc.pre(own !== undefined);
        const safe = protect(table, rule);
        const known = [...knownOf(table, safe), { of: [own ?? 0], least: 1, most: 200 }];
        for (const { key, count } of table.cells) {
          const [at = -1] = within(table, key);
          if (count - (at === own ? 1 : 0) >= rule.smallest) continue;
          const { from, to } = spanOf(table.cells.length, known, [at]);
          const others = at === own ? 1 : 0;
          expect(from - others, 'nobody at all stays possible').to.equal(0);
          expect(to - others).to.be.at.least(rule.smallest - 1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('that tries the method on every table there can be finds each count that a figure leaves open', () => {
    for (const [sizes, most, rule] of [
      [[2, 2], 7, { smallest: 2, base: 3 }],
      [[2, 2], 7, { smallest: 3, base: 1 }],
      [[2, 2, 2], 2, { smallest: 1, base: 2 }],
      [[4], 7, { smallest: 2, base: 2 }],
    ] as const) {
      const worlds = everyTable(sizes, most);
      const alike = groupedBy(worlds, (world) => JSON.stringify(protect(world, rule).said));
      for (const [said, tables] of alike) {
        for (const { key, least, most: highest } of JSON.parse(said)) {
          if (key.length < sizes.length || highest > most) continue;
          const counts = new Set(tables.map((table) => countOf(table, key)));
          expect(counts.size, `${key} in ${said}`).to.equal(highest - least + 1);
        }
      }
    }
  });
});

function everyTable(sizes: readonly number[], most: number) {
  const places = sizes.reduce((all, size) => all * size, 1);
  return Array.from({ length: (most + 1) ** places }, (_, number) =>
    tableOf(
      sizes,
      Array.from({ length: places }, (_, at) => Math.floor(number / (most + 1) ** at) % (most + 1)),
    ),
  );
}

function groupedBy<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group === undefined) groups.set(nameOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
