import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  addDays,
  civilDateIn,
  daysBetween,
  isCivilDate,
  lastDayOf,
  within,
} from '../../src/scheme/civil-date.ts';

const day = fc
  .date({
    min: new Date('0001-01-02T00:00:00Z'),
    max: new Date('9998-12-30T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10));

describe('a civil date', () => {
  it('is a day that the calendar has', () => {
    for (const real of ['2024-02-29', '2000-02-29', '2025-12-31', '2026-04-30', '0001-01-01']) {
      expect(isCivilDate(real), real).to.equal(true);
    }
    const unreal = ['2025-02-29', '1900-02-29', '2026-04-31', '2026-00-10', '2026-13-01'];
    for (const text of [...unreal, '2026-1-1', '26-01-01', '2026-01-01T00:00', '', '2026-01-00']) {
      expect(isCivilDate(text), text).to.equal(false);
    }
  });

  it('is a day exactly where the calendar of the platform has it', () => {
    const digits = fc.tuple(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
    );
    fc.assert(
      fc.property(digits, ([year, month, date]) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        const there = new Date(`${text}T00:00:00.000Z`).toISOString().startsWith(text);
        expect(isCivilDate(text)).to.equal(there);
      }),
    );
  });

  it('goes on over the ends of months, years and Februaries', () => {
    expect(addDays('2024-02-28', 1)).to.equal('2024-02-29');
    expect(addDays('2025-02-28', 1)).to.equal('2025-03-01');
    expect(addDays('2025-12-31', 1)).to.equal('2026-01-01');
    expect(addDays('2026-01-01', -1)).to.equal('2025-12-31');
    expect(addDays('2024-01-01', 366)).to.equal('2025-01-01');
  });

  it('has no hour that summer time could take: days are counted whole', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).to.equal(2);
    expect(daysBetween('2026-10-24', '2026-10-26')).to.equal(2);
    expect(daysBetween('2026-10-26', '2026-10-24')).to.equal(-2);
  });

  it('counts back what it counts on', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -300, max: 300 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).to.equal(days);
      }),
    );
  });
});

describe('the day of an instant in London', () => {
  const london = (instant: string): string => civilDateIn('Europe/London', instant);

  it('is that of UTC in winter', () => {
    expect(london('2026-01-15T23:59:59.999Z')).to.equal('2026-01-15');
    expect(london('2026-01-16T00:00:00.000Z')).to.equal('2026-01-16');
  });

  it('begins an hour before that of UTC in summer', () => {
    expect(london('2026-07-15T22:59:59.999Z')).to.equal('2026-07-15');
    expect(london('2026-07-15T23:00:00.000Z')).to.equal('2026-07-16');
  });

  it('is right on the days on which the clocks change', () => {
    // 29 March 2026, forward at 01:00 UTC: the day has 23 hours.
    expect(london('2026-03-28T23:59:59.999Z')).to.equal('2026-03-28');
    expect(london('2026-03-29T00:00:00.000Z')).to.equal('2026-03-29');
    expect(london('2026-03-29T22:59:59.999Z')).to.equal('2026-03-29');
    expect(london('2026-03-29T23:00:00.000Z')).to.equal('2026-03-30');
    // 25 October 2026, back at 01:00 UTC: the day has 25 hours.
    expect(london('2026-10-24T23:00:00.000Z')).to.equal('2026-10-25');
    expect(london('2026-10-25T23:59:59.999Z')).to.equal('2026-10-25');
    expect(london('2026-10-26T00:00:00.000Z')).to.equal('2026-10-26');
  });

  it('is in the new year an hour late for nobody: the year turns in winter time', () => {
    expect(london('2025-12-31T23:59:59.999Z')).to.equal('2025-12-31');
    expect(london('2026-01-01T00:00:00.000Z')).to.equal('2026-01-01');
  });
});

describe('a half-open interval', () => {
  const year = { from: '2025-01-01', until: '2026-01-01' };
  it('holds its first day and not its end', () => {
    expect(within('2024-12-31', year)).to.equal(false);
    expect(within('2025-01-01', year)).to.equal(true);
    expect(within('2025-12-31', year)).to.equal(true);
    expect(within('2026-01-01', year)).to.equal(false);
    expect(lastDayOf(year)).to.equal('2025-12-31');
  });

  it('goes on for ever without an end', () => {
    expect(within('9999-12-31', { from: '2025-01-01' })).to.equal(true);
    expect(within('2024-12-31', { from: '2025-01-01' })).to.equal(false);
  });
});
