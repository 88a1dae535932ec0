import { expect } from 'chai';
import { describe, it } from 'mocha';
import { historyOf, published } from '../support/member-history.ts';

const hour = (points: number) => ({ rate: { points, per: '1 hour' } });
const books = published([
  '2020-01-01',
  {
    cycle: { months: 12, starts: 'fixed', joining: 'by-month' },
    kinds: [
      {
        kind: 'course',
        category: 'structured',
        measure: 'minute',
        accept: 'approval',
        earns: [hour(1)],
      },
      {
        kind: 'study',
        category: 'private-study',
        measure: 'minute',
        accept: 'recording',
        earns: [hour(0.5)],
      },
    ],
    targets: [
      { grade: 'full', points: 30 },
      { grade: 'associate', points: 20 },
    ],
    limits: [
      {
        name: 'a-third',
        says: 'private study counts up to a third of the target',
        of: { categories: ['private-study'] },
        per: 'cycle',
        most: { share: '1/3', of: 'target' },
      },
    ],
    reliefs: [{ class: 'class-a', effect: 'by-month', fromMonths: 1 }],
    carry: { name: 'five', of: {}, most: { points: 5 } },
  },
]);

describe('a calendar year with a share, a carry and reliefs', () => {
  it('counts an hour of a course as a point, and private study up to a third of the target', () => {
    const member = historyOf(books, '2025-01-01');
    member.did({ kind: 'course', amount: 600, on: '2025-03-03' });
    member.did({ kind: 'study', amount: 60 * 30, on: '2025-04-01' });
    const { target, awarded, counted, needed, lines, outcome } = member.statement('2025-06-01');
    expect({ target, awarded, counted, needed, outcome }).to.deep.equal({
      target: 3_000,
      awarded: 2_500,
      counted: 2_000,
      needed: 1_000,
      outcome: 'not-yet-due',
    });
    expect(lines[1]?.uncounted).to.deep.equal([
      {
        rule: 'a-third',
        number: 1,
        version: 1,
        says: 'private study counts up to a third of the target',
        points: 500,
      },
    ]);
  });

  it('lowers the target by whole months of joining part-way and of relief', () => {
    const member = historyOf(books, '2025-03-15');
    member.say('ReliefGranted', {
      reliefId: 'r',
      class: 'class-a',
      from: '2025-05-10',
      until: '2025-07-20',
    });
    const { target, targetMade } = member.statement('2025-12-31');
    expect(target).to.equal((3_000 * (9 - 2)) / 12);
    expect(targetMade.map(({ by, points }) => [by, points])).to.deep.equal([
      ['grade', 3_000],
      ['joining', -750],
      ['relief', -500],
    ]);
  });

  it('carries at most five points into the next year', () => {
    const member = historyOf(books, '2024-01-01');
    member.did({ kind: 'course', amount: 60 * 38, on: '2024-06-03' });
    const next = member.statement('2025-02-01');
    expect(next.carriedIn).to.deep.equal([{ from: '2024', points: 500, left: 1 }]);
    expect(next.needed).to.equal(2_500);
    expect(member.statement('2025-02-01', '2024').outcome).to.equal('met');
  });
});
