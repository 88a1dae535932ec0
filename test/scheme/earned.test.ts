import { expect } from 'chai';
import { describe, it } from 'mocha';
import { rateText } from '../../src/scheme/earned.ts';
import { AuthoredRulebook } from '../../src/scheme/rulebook.ts';
import { bookOf, kind } from '../support/small-book.ts';

/** What a rate says that is written like this. */
const said = (rate: object, measure = 'minute'): string | undefined => {
  const kinds = [kind('talk', { measure, earns: [rate] })];
  const book = AuthoredRulebook.parse({ format: 2, ...bookOf({ kinds }) });
  const [first] = book.kinds[0]?.earns ?? [];
  return first && rateText(first);
};

describe('what a rate says', () => {
  it('is points by the amount, or for the entry, with the first part apart', () => {
    expect(said({ rate: { points: 1, per: '1 hour' } })).to.equal('1 point per hour');
    expect(said({ rate: { points: 2.5, per: '50 minutes' } })).to.equal(
      '2.5 points per 50 minutes',
    );
    expect(said({ points: 10 })).to.equal('10 points for the entry');
    expect(said({ points: 0 })).to.equal('0 points for the entry');
    const first = { points: 2, amount: '1 hour' };
    expect(said({ first, rate: { points: 1, per: '1 hour' } })).to.equal(
      '2 points for the first hour, then 1 point per hour',
    );
  });

  it('has its least, most and rounding, and what an entry must be like', () => {
    const rate = { points: 1, per: '1 unit' };
    const round = { to: 0.25, direction: 'down' };
    expect(said({ rate, least: 1, most: 5, round }, 'unit')).to.equal(
      '1 point per unit, at least 1, at most 5, rounded down to 0.25',
    );
    const when = { roles: ['author', 'editor'], levels: ['advanced'], repeat: 'again' };
    expect(said({ when: { ...when, from: '2 units' }, rate }, 'unit')).to.equal(
      '1 point per unit, for role author or editor, level advanced, a repeat about its work, from 2 units',
    );
  });
});
