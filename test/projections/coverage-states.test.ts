import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  type CoverageState,
  needState,
  profileState,
  shareOf,
} from '../../src/projections/capability/coverage-states.ts';
import { staleOn } from '../../src/projections/capability/moments.ts';

const way = (wanted: number, enough: number, known = enough) => ({ wanted, enough, known });

describe('how a body stands', () => {
  it('to a need: met by any way, in part by some people, not met only where somebody was looked at', () => {
    expect(needState([way(2, 1), way(1, 1)])).to.equal('met');
    expect(needState([way(2, 1), way(1, 0)])).to.equal('partly');
    expect(needState([way(2, 0, 3), way(1, 0)])).to.equal('not-met');
    expect(needState([way(2, 0), way(1, 0)])).to.equal('not-known');
    expect(needState([])).to.equal('not-known');
  });

  const profiles: [needs: CoverageState[], whole: CoverageState][] = [
    [['met', 'met'], 'met'],
    [['met', 'not-known'], 'not-known'],
    [['not-known', 'not-known'], 'not-known'],
    [['not-met', 'not-known'], 'not-met'],
    [['not-met', 'not-met'], 'not-met'],
    [['met', 'not-met'], 'partly'],
    [['partly', 'not-known'], 'partly'],
    [['met', 'partly'], 'partly'],
  ];
  for (const [needs, whole] of profiles) {
    it(`to needs that are ${needs.join(' and ')}: ${whole}`, () => {
      expect(profileState(needs)).to.equal(whole);
    });
  }

  it('in shares: what is lacked over what is known, with the unknown beside it; none of nothing known', () => {
    expect(shareOf(['met', 'partly', 'not-met', 'not-met', 'not-known'])).to.deep.equal({
      councils: 5,
      met: 1,
      partly: 1,
      notMet: 2,
      notKnown: 1,
      known: 4,
      lacking: 3,
      share: 0.75,
    });
    expect(shareOf(['not-known'])).not.to.have.property('share');
  });
});

describe('the day by which something was observed to be stale', () => {
  it('is so many months ago; a shorter month takes the last days of a longer one with it', () => {
    expect(staleOn('2026-02-01', 24)).to.equal(20240201);
    expect(staleOn('2026-02-28', 6)).to.equal(20250831);
    expect(staleOn('2026-02-27', 6)).to.equal(20250827);
    expect(staleOn('2026-02-28', undefined)).to.equal(0);
  });
});
