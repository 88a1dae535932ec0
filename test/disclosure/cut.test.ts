import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cut, share } from '../../src/disclosure/cut.ts';
import { protect, retold } from '../../src/disclosure/protect.ts';
import type { PlainTable } from '../../src/disclosure/table.ts';
import { randomRule, randomTable, within } from './tables.ts';

const rule = { smallest: 4, base: 5 };

/** Two skills of the same people by level and region. */
const table: PlainTable = {
  dims: ['skill', 'level', 'region'],
  apart: 1,
  cells: [
    ['law', 'low', 'north', 12],
    ['law', 'low', 'south', 8],
    ['law', 'high', 'north', 3],
    ['law', 'high', 'south', 26],
    ['data', 'low', 'north', 0],
    ['data', 'low', 'south', 1],
    ['data', 'high', 'north', 0],
    ['data', 'high', 'south', 0],
  ].map(([skill, level, region, count]) => ({
    key: [`${skill}`, `${level}`, `${region}`],
    count: Number(count),
  })),
};

describe('Another cut of a table that was given out', () => {
  it('adds up what was said, and takes a figure of its own where there is one', () => {
    const safe = protect(table, rule);
    expect(cut(safe, ['skill', 'level'])).to.deep.equal([
      { key: ['law', 'low'], least: 15, most: 23, how: 'sum' },
      { key: ['law', 'high'], least: 25, most: 33, how: 'sum' },
      { key: ['data', 'low'], least: 0, most: 8, how: 'sum' },
      { key: ['data', 'high'], least: 0, most: 8, how: 'sum' },
    ]);
    expect(cut(safe, ['region', 'skill'], { skill: ['law'] })).to.deep.equal([
      { key: ['north', 'law'], least: 10, most: 18, how: 'sum' },
      { key: ['south', 'law'], least: 30, most: 38, how: 'sum' },
    ]);
  });

  it('never counts one person twice', () => {
    const safe = protect(table, rule);
    expect(() => cut(safe, ['region'])).to.throw('a sum over skill would count people twice');
    expect(cut(safe, [], { skill: ['law'] })).to.have.length(1);
  });

  it('is true of the people counted, for every choice of dimensions', () => {
    fc.assert(
      fc.property(
        randomTable.chain((random) =>
          fc.tuple(fc.constant(random), fc.shuffledSubarray([...random.dims])),
        ),
        randomRule,
        ([random, by], some) => {
          for (const { key, least, most } of cut(protect(random, some), by)) {
            const counts = within(random, key, by).map((at) => random.cells[at]?.count ?? 0);
            expect(counts.reduce((sum, count) => sum + count, 0)).to.be.within(least, most);
          }
        },
      ),
    );
  });
});

describe('A table that is told again', () => {
  it('from the figures that it showed says what it said', () => {
    fc.assert(
      fc.property(randomTable, randomRule, (random, some) => {
        const safe = protect(random, some);
        const shown = new Map(
          safe.said
            .filter(({ how }) => how === 'about')
            .map((said) => [said.key.join(), said] as const),
        );
        const places = random.cells.map(({ key }) => key);
        const again = retold({ ...random, places }, some, (key) => shown.get(key.join()));
        expect(again).to.deep.equal(safe);
      }),
    );
  });
});

describe('A share', () => {
  it('is between what its two figures allow, in whole percent', () => {
    expect(share({ least: 10, most: 14 }, { least: 40, most: 44 }, 20)).to.deep.equal({
      least: 22,
      most: 35,
    });
    expect(share({ least: 40, most: 44 }, { least: 40, most: 44 }, 20)).to.deep.equal({
      least: 90,
      most: 100,
    });
  });

  it('is withheld where the base may be too small', () => {
    expect(share({ least: 0, most: 4 }, { least: 15, most: 19 }, 16)).to.equal(undefined);
    expect(share({ least: 0, most: 4 }, { least: 0, most: 4 }, 0)).to.equal(undefined);
  });
});
