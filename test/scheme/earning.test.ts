import { expect } from 'chai';
import { describe, it } from 'mocha';
import { AuthoredRulebook } from '../../src/scheme/rulebook.ts';
import { type Earning, earned } from '../../src/scheme/rules/kind.ts';
import { bookOf, kind } from '../support/small-book.ts';

type Given = Partial<Omit<Earning, 'quantity'>>;

/** What so many minutes (or hundredths of another measure) of a kind earn. */
function earns(rates: object[], measure = 'minute') {
  const kinds = [kind('talk', { measure, earns: rates })];
  const book = AuthoredRulebook.parse({ format: 2, ...bookOf({ kinds }) });
  return (amount: number, given: Given = {}) =>
    earned(book.kinds[0] as (typeof book.kinds)[0], {
      quantity: { amount, unit: book.kinds[0]?.measure ?? 'minute' },
      attributes: {},
      topics: [],
      again: false,
      ...given,
    });
}

describe('an entry earns', () => {
  it('per hour, and per so many minutes that make a credit', () => {
    const hour = earns([{ rate: { points: 1, per: '1 hour' } }]);
    expect([hour(59), hour(60), hour(61)]).to.deep.equal([98, 100, 102]);
    const fifty = earns([{ rate: { points: 1, per: '50 minutes' } }]);
    expect([fifty(49), fifty(50), fifty(100)]).to.deep.equal([98, 100, 200]);
  });

  it('per unit and per academic credit', () => {
    const credit = earns([{ rate: { points: 15, per: '1 credit' } }], 'credit');
    expect([credit(100), credit(250)]).to.deep.equal([1_500, 3_750]);
    const unit = earns([{ rate: { points: 2, per: '1 unit' } }], 'unit');
    expect([unit(100), unit(300)]).to.deep.equal([200, 600]);
  });

  it('for the occurrence, whatever its amount', () => {
    const fixed = earns([{ points: 5 }]);
    expect([fixed(1), fixed(600)]).to.deep.equal([500, 500]);
  });

  it('by role, level, delivery and topic, the first rate that fits; and nothing where none does', () => {
    const rate = earns([
      { when: { roles: ['author'], levels: ['expert'] }, points: 40 },
      { when: { roles: ['author'] }, points: 20 },
      { when: { delivery: ['online'] }, points: 2 },
      { when: { topics: ['ethics'] }, points: 3 },
    ]);
    expect(rate(1, { attributes: { role: 'author', level: 'expert' } })).to.equal(4_000);
    expect(rate(1, { attributes: { role: 'author' } })).to.equal(2_000);
    expect(rate(1, { attributes: { delivery: 'online' } })).to.equal(200);
    expect(rate(1, { topics: ['law', 'ethics'] })).to.equal(300);
    expect(rate(1, { attributes: { role: 'editor' }, topics: ['law'] })).to.equal(undefined);
  });

  it('by amount: from so much, and below so much', () => {
    const rate = earns([
      { when: { below: '30 minutes' }, points: 0 },
      { when: { from: '30 minutes', below: '2 hours' }, points: 1 },
      { points: 3 },
    ]);
    expect([29, 30, 119, 120].map((amount) => rate(amount))).to.deep.equal([0, 100, 100, 300]);
  });

  it('at the first delivery and at repeats by different rates', () => {
    const rate = earns([
      { when: { repeat: 'first' }, rate: { points: 3, per: '1 hour' } },
      { when: { repeat: 'again' }, rate: { points: 1, per: '1 hour' } },
    ]);
    expect([rate(60), rate(60, { again: true })]).to.deep.equal([300, 100]);
  });

  it('at least and at most so much', () => {
    const rate = earns([{ rate: { points: 1, per: '1 hour' }, least: 1, most: 4 }]);
    expect([30, 60, 61, 240, 300].map((amount) => rate(amount))).to.deep.equal([
      100, 100, 102, 400, 400,
    ]);
  });

  it('in steps, rounded down, up or to the nearest', () => {
    const by = (direction: string) =>
      earns([{ rate: { points: 1, per: '1 hour' }, round: { to: 0.25, direction } }]);
    const amounts = [14, 15, 22, 23, 30];
    expect(amounts.map((amount) => by('down')(amount))).to.deep.equal([0, 25, 25, 25, 50]);
    expect(amounts.map((amount) => by('up')(amount))).to.deep.equal([25, 25, 50, 50, 50]);
    expect(amounts.map((amount) => by('nearest')(amount))).to.deep.equal([25, 25, 25, 50, 50]);
  });

  it('for its first part apart from the rest', () => {
    const rate = earns([
      { rate: { points: 1, per: '1 hour' }, first: { points: 2, amount: '1 hour' } },
    ]);
    expect([30, 60, 90, 120].map((amount) => rate(amount))).to.deep.equal([100, 200, 250, 300]);
  });
});

describe('an amount in a rulebook', () => {
  const parsed = (per: string) => () => earns([{ rate: { points: 1, per } }]);
  it('is refused where it is finer than its unit, and where the kind has another measure', () => {
    expect(parsed('1.5 hours')).not.to.throw();
    expect(parsed('0.5 minutes')).to.throw('whole minutes');
    expect(parsed('1 day')).to.throw('measured by minute');
  });
});
