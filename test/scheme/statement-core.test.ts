import { expect } from 'chai';
import { describe, it } from 'mocha';
import { digestOfStatement } from '../../src/projections/standing-closing.ts';
import { coreOf } from '../../src/scheme/statement-core.ts';
import { historyOf, published } from '../support/member-history.ts';

const books = published([
  '2020-01-01',
  {
    cycle: { months: 12, starts: 'fixed' },
    kinds: [
      {
        kind: 'course',
        category: 'taught',
        measure: 'minute',
        accept: 'approval',
        earns: [{ rate: { points: 1, per: '1 hour' } }],
      },
    ],
    targets: [{ grade: 'full', points: 20 }],
  },
]);
const shown = () => {
  const member = historyOf(books, '2025-01-01');
  member.did({ kind: 'course', amount: 180, on: '2025-03-03' });
  return member.statement('2026-01-10', '2025');
};

describe('the core of a statement', () => {
  it('is these figures, in this shape, for ever: digests of it stand in facts', () => {
    expect(JSON.parse(JSON.stringify(coreOf(shown())))).to.deep.equal([
      'statement-core-1',
      {
        scheme: shown().scheme,
        cycle: { cycle: '2025', from: '2025-01-01', until: '2026-01-01' },
        on: '2026-01-10',
        rulebook: { version: 1, eventId: 'book-1' },
        grade: 'full',
        target: 2_000,
        awarded: 300,
        counted: 300,
        carriedIn: 0,
        needed: 1_700,
        outcome: 'short',
      },
      [[shown().lines[0]?.line, 'approved', 300, 300]],
      [],
    ]);
  });

  it('is the same whatever else a statement says, and another for another figure', () => {
    const statement = shown();
    const more = { ...statement, order: 'said otherwise', limits: [], unheard: 'of' };
    expect(digestOfStatement(more as never)).to.equal(digestOfStatement(statement));
    const less = { ...statement, counted: 299 };
    expect(digestOfStatement(less)).not.to.equal(digestOfStatement(statement));
  });
});
