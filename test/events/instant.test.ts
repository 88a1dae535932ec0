import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isInstant } from '../../src/events/shapes.ts';

/** The same by the engine's calendar, four times as slow. */
function byTheCalendar(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

describe('a time as it is stored', () => {
  it('is what the calendar and the clock have, in UTC with milliseconds', () => {
    const two = fc.integer({ min: 0, max: 63 }).map((n) => String(n).padStart(2, '0'));
    const year = fc.constantFrom('0000', '1900', '2000', '2023', '2024', '2100', '9999');
    const parts = fc.tuple(year, two, two, two, two, two);
    fc.assert(
      fc.property(parts, ([years, month, day, hour, minute, second]) => {
        const text = `${years}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
        expect(isInstant(text)).to.equal(byTheCalendar(text));
      }),
      { numRuns: 3_000 },
    );
    fc.assert(
      fc.property(fc.date({ min: new Date(0), noInvalidDate: true }), (date) => {
        const text = date.toISOString();
        fc.pre(text.length === 24);
        expect(isInstant(text)).to.equal(true);
      }),
    );
  });

  for (const text of [
    '2026-02-30T09:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T09:00:00Z',
  ]) {
    it(`is not ${text}`, () => expect(isInstant(text)).to.equal(false));
  }
});
