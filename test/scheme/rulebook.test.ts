import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  cycleOf,
  kindRule,
  measureOf,
  type PublishedRulebook,
  pointsFor,
  Rulebook,
  rulebookOn,
  targetFor,
} from '../../src/scheme/rulebook.ts';
import { rulebook } from '../support/past.ts';

describe('points for a quantity', () => {
  const hourly = (pointsPerUnit: number) => ({ unit: 'hour' as const, pointsPerUnit });
  const daily = (pointsPerUnit: number) => ({ unit: 'day' as const, pointsPerUnit });

  it('of time are by the hour, though time is in minutes', () => {
    expect(pointsFor(hourly(100), 60)).to.equal(100);
    expect(pointsFor(hourly(100), 90)).to.equal(150);
    // 45 minutes at half a point an hour: 37.5 hundredths.
    expect(pointsFor(hourly(50), 45)).to.equal(38);
    // 50 minutes at a point: 83.33; 100 minutes: 166.67.
    expect(pointsFor(hourly(100), 50)).to.equal(83);
    expect(pointsFor(hourly(100), 100)).to.equal(167);
    expect(pointsFor(hourly(0), 600)).to.equal(0);
  });

  it('of other units are by the whole one, in hundredths', () => {
    expect(pointsFor(daily(300), 150)).to.equal(450);
    // A hundredth of a day at half a point: half a hundredth, rounded up.
    expect(pointsFor(daily(50), 1)).to.equal(1);
    expect(pointsFor(daily(49), 1)).to.equal(0);
  });

  it('are rounded once: at most half a hundredth from what the fraction says', () => {
    const amounts = fc.integer({ min: 1, max: 10_000_000 });
    const rates = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(amounts, rates, fc.constantFrom('hour', 'day'), (amount, pointsPerUnit, unit) => {
        const whole = unit === 'hour' ? 60n : 100n;
        const exact = 2n * BigInt(amount) * BigInt(pointsPerUnit);
        const points = BigInt(pointsFor({ unit: unit as 'hour' | 'day', pointsPerUnit }, amount));
        const off = exact - 2n * whole * points;
        expect(off >= -whole && off < whole).to.equal(true);
      }),
    );
  });

  it('are measured in minutes where they are by the hour, else in the unit itself', () => {
    expect(measureOf({ unit: 'hour' })).to.equal('minute');
    expect(measureOf({ unit: 'credit' })).to.equal('credit');
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
    const doubled = { ...rulebook, kinds: [...rulebook.kinds, rulebook.kinds[0]] };
    expect(Rulebook.safeParse(rulebook).success).to.equal(true);
    expect(Rulebook.safeParse(doubled).success).to.equal(false);
  });

  it('has a target for some grades, and says nothing of others', () => {
    expect(targetFor(rulebook, 'full')).to.equal(2_000);
    expect(targetFor(rulebook, 'honorary')).to.equal(undefined);
  });

  it('runs its cycles from January to January', () => {
    const cycle = { cycle: '2025', from: '2025-01-01', until: '2026-01-01' };
    expect(cycleOf('2025-01-01')).to.deep.equal(cycle);
    expect(cycleOf('2025-12-31')).to.deep.equal(cycle);
    expect(cycleOf('2026-01-01').cycle).to.equal('2026');
    expect(cycleOf('0999-05-05').until).to.equal('1000-01-01');
  });
});
