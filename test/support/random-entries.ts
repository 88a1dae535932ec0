import fc from 'fast-check';
import { addDays } from '../../src/scheme/civil-date.ts';
import type { Entry } from './member-history.ts';

export const ON = '2025-12-31';
export const kinds = ['lecture', 'lab', 'reading', 'meeting'] as const;
const categoryOf = {
  lecture: 'taught',
  lab: 'taught',
  reading: 'alone',
  meeting: 'alone',
} as const;

export const points = fc.integer({ min: 0, max: 40 }).map((quarters) => quarters / 4);
export const kindsOf = kinds.map((kind) => ({
  kind,
  category: categoryOf[kind],
  measure: 'minute',
  accept: 'approval',
  falls: kind === 'lab' ? 'by-month' : 'end',
  earns: [{ rate: { points: 1, per: '50 minutes' } }],
}));

export const entry: fc.Arbitrary<Entry> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    amount: fc.integer({ min: 1, max: 900 }),
    day: fc.integer({ min: 0, max: 360 }),
    length: fc.integer({ min: 0, max: 60 }),
    topics: fc.constantFrom<string[]>([], ['ethics']),
    revoked: fc.boolean(),
  })
  .map(({ day, length, ...rest }) => {
    const on = addDays('2025-01-01', day);
    return { ...rest, on, from: addDays(on, -Math.min(length, day)) };
  });
