import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { kind } from '../support/small-book.ts';

// Schemes of invented bodies, with kinds of rules that real ones have.
const did = (name: string, hours: number, on: string, more: Partial<Entry> = {}): Entry => ({
  kind: name,
  amount: hours * 60,
  on,
  ...more,
});

describe('an institute of teachers: sessions of 20 minutes and more, whole hours a day, ethics twice', () => {
  const up = [{ rate: { points: 1, per: '1 hour' }, round: { to: 0.01, direction: 'up' } }];
  const books = published([
    '2020-01-01',
    {
      cycle: { months: 24, starts: 'anchor' },
      kinds: [kind('session', { earns: [{ when: { below: '20 minutes' }, points: 0 }, ...up] })],
      targets: [{ grade: 'full', points: 10 }],
      steps: [{ name: 'half-hours', of: {}, per: 'day', to: 0.5 }],
      requirements: [
        { name: 'ethics', of: { topics: ['ethics'] }, per: 'cycle', entries: 2 },
        { name: 'steady', of: {}, per: 'cycle', noGapOver: 9 },
      ],
    },
  ]);

  it('counts three sessions of 20 minutes as an hour, and none of 19', () => {
    const member = historyOf(books, '2024-04-01');
    for (const amount of [20, 20, 20]) member.did({ kind: 'session', amount, on: '2024-05-01' });
    for (const amount of [19, 19]) member.did({ kind: 'session', amount, on: '2024-05-02' });
    expect(member.statement('2024-06-01').counted).to.equal(100);
  });
});

describe('a register of engineers: half of it technical, talks that run over, a year of grace', () => {
  const books = published([
    '2020-01-01',
    {
      cycle: {
        months: 12,
        starts: 'fixed',
        from: '2000-07-01',
        joining: 'nothing',
        graceMonths: 6,
      },
      kinds: [
        kind('technical'),
        kind('soft'),
        kind('talk', {
          category: 'technical',
          earns: [
            { when: { repeat: 'first' }, rate: { points: 3, per: '1 hour' } },
            { when: { repeat: 'again' }, rate: { points: 1, per: '1 hour' }, most: 2 },
          ],
        }),
      ],
      targets: [{ grade: 'full', points: 30 }],
      limits: [
        {
          name: 'soft-half',
          of: { categories: ['soft'] },
          per: 'cycle',
          most: { share: '1/1', of: { categories: ['technical'] } },
        },
      ],
      requirements: [
        {
          name: 'technical-half',
          of: { categories: ['technical'] },
          per: 'cycle',
          least: { share: '1/2', of: 'target' },
        },
      ],
      carry: {
        name: 'third',
        of: { categories: ['technical'] },
        most: { share: '1/3', of: 'target' },
        lapsesAfterCycles: 2,
        beyond: ['technical-half'],
      },
    },
  ]);

  it('counts soft subjects as far as technical ones reach, and carries a third of the target', () => {
    const member = historyOf(books, '2024-07-01');
    member.did(did('soft', 20, '2024-08-01'));
    member.did(did('technical', 12, '2024-09-01'));
    expect(member.statement('2025-01-01').counted).to.equal(2_400);
    member.did(did('talk', 2, '2024-10-01'));
    member.did(did('talk', 5, '2024-11-01', { again: true }));
    const { counted, carriedOut } = member.statement('2025-01-01');
    expect(counted).to.equal(1_200 + 600 + 200 + 2_000);
    expect(
      carriedOut.map(({ points }) => points),
      'technical 20, minimum 15',
    ).to.deep.equal([500]);
  });

  it('asks for nothing in the year of joining, and gives half a year to make good', () => {
    const member = historyOf(books, '2023-09-01');
    expect(member.statement('2024-07-01', '2023-07-01').outcome).to.equal('met');
    member.did(did('technical', 25, '2024-08-01'));
    expect(member.statement('2025-07-01', '2024-07-01').outcome).to.equal('in-grace');
    member.did(did('technical', 5, '2025-12-31'));
    expect(member.statement('2026-02-01', '2024-07-01').outcome).to.equal('met');
  });
});

describe('a college of nurses: practice hours, reflections, a confirmer, or standing elsewhere', () => {
  const none = { earns: [{ points: 0 }] };
  const rule = (name: string, more: object) => ({
    name,
    of: { kinds: [name] },
    per: 'cycle',
    ...more,
  });
  const books = published([
    '2020-01-01',
    {
      cycle: { months: 36, starts: 'anchor' },
      kinds: [
        kind('practice', { ...none, falls: 'by-month' }),
        kind('study'),
        kind('reflection', { ...none, measure: 'unit' }),
        kind('confirmation', { ...none, measure: 'unit', accept: 'approval' }),
        kind('other-register', { ...none, measure: 'unit', accept: 'approval' }),
      ],
      targets: [{ grade: 'full', points: 35 }],
      requirements: [
        rule('practice', { amount: '450 hours', loweredBy: ['class-a'] }),
        rule('reflection', { entries: 5 }),
        rule('confirmation', { entries: 1 }),
        rule('other-register', { entries: 1 }),
      ],
      routes: [
        { name: 'here', target: true, requirements: ['practice', 'reflection', 'confirmation'] },
        { name: 'elsewhere', target: false, requirements: ['other-register'] },
      ],
      reliefs: [{ class: 'class-a', effect: 'by-month', sparesTarget: true }],
    },
  ]);
  const full = () => {
    const member = historyOf(books, '2022-01-01');
    member.did(did('practice', 449, '2024-06-30', { from: '2022-01-01', handedIn: '2024-07-01' }));
    member.did(did('study', 35, '2024-01-01'));
    for (let n = 0; n < 5; n++) member.did({ kind: 'reflection', amount: 100, on: '2024-02-01' });
    member.did({ kind: 'confirmation', amount: 100, on: '2024-11-01' });
    return member;
  };

  it('is met by all of the one way, to the hour; a relief lowers practice alone', () => {
    const member = full();
    expect(member.statement('2025-01-01', '2022-01-01').outcome).to.equal('short');
    member.did(did('practice', 1, '2024-12-31'));
    expect(member.statement('2025-01-01', '2022-01-01').outcome).to.equal('met');
    const relieved = full();
    relieved.say('ReliefGranted', {
      reliefId: 'r',
      class: 'class-a',
      from: '2023-01-01',
      until: '2023-02-01',
    });
    expect(relieved.statement('2025-01-01', '2022-01-01')).to.include({
      outcome: 'met',
      target: 3_500,
    });
  });

  it('is met by standing with another body', () => {
    const member = historyOf(books, '2022-01-01');
    member.did({ kind: 'other-register', amount: 100, on: '2024-11-01' });
    expect(member.statement('2025-01-01', '2022-01-01').outcome).to.equal('met');
  });
});
