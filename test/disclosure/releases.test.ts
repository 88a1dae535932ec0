import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { protect } from '../../src/disclosure/protect.ts';
import { releaseAfter } from '../../src/disclosure/release.ts';
import type { PlainTable, SafeTable } from '../../src/disclosure/table.ts';
import { type Known, spanOf } from './attacker.ts';
import { knownOf, randomRule, randomTable } from './tables.ts';

/** People who come (from nowhere), go (to nowhere) or change place. */
type Move = { readonly from?: number; readonly to?: number };

function later(table: PlainTable, moves: readonly Move[]): PlainTable {
  const counts = table.cells.map(({ count }) => count);
  for (const { from, to } of moves) {
    if (from !== undefined) counts[from] = (counts[from] ?? 0) - 1;
    if (to !== undefined) counts[to] = (counts[to] ?? 0) + 1;
  }
  return { ...table, cells: table.cells.map((cell, at) => ({ ...cell, count: counts[at] ?? 0 })) };
}

/** Of some moves those that a table can bear: nobody leaves an empty place. */
function bearable(table: PlainTable, moves: readonly Move[]): Move[] {
  const made: Move[] = [];
  for (const move of moves) {
    const left = move.from === undefined ? 1 : later(table, made).cells[move.from]?.count;
    if (left !== 0) made.push(move);
  }
  return made;
}

function movesIn(table: PlainTable): fc.Arbitrary<Move[]> {
  const place = fc.nat(table.cells.length - 1);
  const move: fc.Arbitrary<Move> = fc.oneof(
    fc.record({ to: place }),
    fc.record({ from: place }),
    fc.record({ from: place, to: place }),
  );
  return fc.array(move, { maxLength: 30 }).map((moves) => bearable(table, moves));
}

const twoTables = fc
  .tuple(randomTable, randomRule)
  .chain(([table, rule]) =>
    fc.record({ table: fc.constant(table), rule: fc.constant(rule), moves: movesIn(table) }),
  );

function pair(table: PlainTable, first: SafeTable, second: SafeTable): Known[] {
  const places = table.cells.length;
  return [
    ...knownOf(table, first),
    ...knownOf(table, second).map((known) => ({ ...known, of: known.of.map((at) => at + places) })),
  ];
}

describe('Two releases of one table', () => {
  it('are the same where fewer people moved than may be spoken of', () => {
    fc.assert(
      fc.property(twoTables, ({ table, rule, moves }) => {
        const first = protect(table, rule);
        const few = moves.slice(0, rule.smallest - 1);
        const stood = { said: first.said, rule, moved: few.length };
        expect(releaseAfter(later(table, few), rule, () => stood)).to.deep.equal([
          { tree: [], said: first.said, rule, anew: false },
        ]);
      }),
    );
  });

  it('give nothing away by subtraction that each does not say itself', () => {
    fc.assert(
      fc.property(twoTables, ({ table, rule, moves }) => {
        fc.pre(table.cells.length < 9);
        const now = later(table, moves);
        const first = protect(table, rule);
        const stood = { said: first.said, rule, moved: moves.length };
        const [next] = releaseAfter(now, rule, () => stood);
        if (next === undefined) throw new Error('a table has a tree');
        // That the figures are new says that enough people moved, and each was in one of the tables at least.
        const everybody = Array.from({ length: 2 * table.cells.length }, (_, at) => at);
        const enough = next.anew ? rule.smallest : 0;
        const known = [
          ...pair(table, first, { ...first, said: next.said }),
          { of: everybody, least: enough, most: 400 },
        ];
        for (const [at] of table.cells.entries()) {
          for (const [said, place] of [
            [first, at],
            [next, at + table.cells.length],
          ] as const) {
            const key = table.cells[at]?.key;
            const figure = said.said.find((one) => one.key.join() === key?.join());
            const span = spanOf(everybody.length, known, [place]);
            expect(span).to.deep.equal({ from: figure?.least, to: figure?.most });
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('tell who joined a place, and knows that nobody else moved there, of the others no more than is allowed', () => {
    fc.assert(
      fc.property(twoTables, fc.nat(), fc.boolean(), ({ table, rule, moves }, where, joins) => {
        const own = where % table.cells.length;
        const others = bearable(
          table,
          moves.filter(({ from, to }) => from !== own && to !== own),
        );
        const [first, second] = joins
          ? [table, later(table, [...others, { to: own }])]
          : [later(table, [...others, { to: own }]), table];
        const [before, now] = [protect(first, rule), protect(second, rule)];
        const least = Math.min(first.cells[own]?.count ?? 0, second.cells[own]?.count ?? 0);
        if (least >= rule.smallest) return;
        // The one place is the same unknown in both tables, but for the one who moved.
        const known = moved(pair(table, before, now), own, table.cells.length, joins);
        const { from, to } = spanOf(2 * table.cells.length, known, [own]);
        expect(to - from).to.be.at.least(rule.smallest - 1);
      }),
      { numRuns: 150 },
    );
  });

  it('give single people away where the earlier figures did not go on to stand', () => {
    const attack = fc.property(twoTables, ({ table, rule, moves }) => {
      const few = moves.slice(0, rule.smallest - 1);
      const [first, next] = [protect(table, rule), protect(later(table, few), rule)];
      const changes = later(table, few).cells.map(
        ({ count }, at) => count - (table.cells[at]?.count ?? 0),
      );
      const known = pair(table, first, next).map(({ of, least, most }) => {
        const shift = of.reduce(
          (sum, at) => sum + (at < changes.length ? 0 : (changes[at - changes.length] ?? 0)),
          0,
        );
        return {
          of: of.map((at) => at % changes.length),
          least: least - shift,
          most: most - shift,
        };
      });
      return table.cells.every(({ count }, at) => {
        if (count >= rule.smallest) return true;
        const { from, to } = spanOf(changes.length, known, [at]);
        return to - from >= rule.smallest - 1;
      });
    });
    expect(fc.check(attack, { numRuns: 500, endOnFailure: true }).failed).to.equal(true);
  });
});

/** What is known of both tables, with the unknown of `own` made one: later it is one more, or before it was. */
function moved(known: readonly Known[], own: number, places: number, joins: boolean): Known[] {
  return known.map(({ of, least, most }) => {
    const [mine, shift] = joins ? [own + places, 1] : [own, 1];
    const moves = of.includes(mine) ? shift : 0;
    return {
      of: of.map((at) => (at === own + places ? own : at)),
      least: least - moves,
      most: most - moves,
    };
  });
}
