import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  kindRule,
  type PublishedRulebook,
  Rulebook,
  rulebookOn,
} from '../../src/scheme/rulebook.ts';
import { cycleAt } from '../../src/scheme/rules/cycle.ts';
import { earned } from '../../src/scheme/rules/kind.ts';
import { rulebook } from '../support/past.ts';
import { plainKind } from '../support/plain-rulebook.ts';

describe('points for a quantity', () => {
  const by = (measure: 'minute' | 'day') => (points: number, amount: number) => {
    const kind = plainKind('any', { category: 'any', points, measure });
    return earned(kind, {
      quantity: { amount, unit: measure },
      attributes: {},
      topics: [],
      again: false,
    });
  };
  const [hourly, daily] = [by('minute'), by('day')];

  it('of time are by the hour, though time is in minutes', () => {
    expect(hourly(100, 60)).to.equal(100);
    expect(hourly(100, 90)).to.equal(150);
    // 45 minutes at half a point an hour: 37.5 hundredths.
    expect(hourly(50, 45)).to.equal(38);
    // 50 minutes at a point: 83.33; 100 minutes: 166.67.
    expect(hourly(100, 50)).to.equal(83);
    expect(hourly(100, 100)).to.equal(167);
    expect(hourly(0, 600)).to.equal(0);
  });

  it('of other measures are by the whole one, in hundredths', () => {
    expect(daily(300, 150)).to.equal(450);
    // A hundredth of a day at half a point: half a hundredth, rounded up.
    expect(daily(50, 1)).to.equal(1);
    expect(daily(49, 1)).to.equal(0);
  });

  it('are rounded once: at most half a hundredth from what the fraction says', () => {
    const amounts = fc.integer({ min: 1, max: 10_000_000 });
    const rates = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(amounts, rates, fc.boolean(), (amount, points, time) => {
        const whole = time ? 60n : 100n;
        const exact = 2n * BigInt(amount) * BigInt(points);
        const given = BigInt((time ? hourly : daily)(points, amount) ?? -1);
        const off = exact - 2n * whole * given;
        expect(off >= -whole && off < whole).to.equal(true);
      }),
    );
  });
});

describe('the rulebook in force on a day', () => {
  const book = (version: number, effectiveFrom: string): PublishedRulebook => ({
    version,
    eventId: `rules ${version}`,
    effectiveFrom,
    rulebook,
  });
  const versionOn = (day: string, ...published: PublishedRulebook[]): number | undefined =>
    rulebookOn(published, day)?.version;
  const [first, second] = [book(1, '2024-01-01'), book(2, '2025-01-01')];

  it('is none before the first takes effect', () =>
    void expect(versionOn('2023-12-31', first, second)).to.equal(undefined));

  it('is the last that has taken effect, from its first day on', () => {
    expect(versionOn('2024-12-31', first, second)).to.equal(1);
    expect(versionOn('2025-01-01', first, second)).to.equal(2);
  });

  it('is the later version of two that take effect on one day', () =>
    void expect(versionOn('2025-06-01', first, second, book(3, '2025-01-01'))).to.equal(3));

  it('is by the day of effect and not by the order of publication', () =>
    void expect(versionOn('2025-06-01', first, second, book(3, '2024-07-01'))).to.equal(2));
});

describe('a rulebook', () => {
  it('has one rule for a kind', () => {
    expect(kindRule(rulebook, 'course')?.category).to.equal('training');
    expect(kindRule(rulebook, 'sleep')).to.equal(undefined);
    expect(Rulebook.safeParse(rulebook).success).to.equal(true);
  });

  it('of calendar years runs its cycles from January to January', () => {
    const on = (day: string) => cycleAt(rulebook.cycle, '2010-05-05', day);
    const cycle = { cycle: '2025', from: '2025-01-01', until: '2026-01-01' };
    expect(on('2025-01-01')).to.deep.equal(cycle);
    expect(on('2025-12-31')).to.deep.equal(cycle);
    expect(on('2026-01-01').cycle).to.equal('2026');
    expect(on('0999-05-05').until).to.equal('1000-01-01');
  });
});
