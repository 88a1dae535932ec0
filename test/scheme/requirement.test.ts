import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

const kinds = [
  kind('talk'),
  kind('read'),
  kind('practice', { earns: [{ points: 0 }] }),
  kind('declared', { measure: 'unit', earns: [{ points: 0 }] }),
];
const zero = [{ grade: 'full', points: 0 }];
const did = (name: string, hours: number, on: string, more: Partial<Entry> = {}): Entry => ({
  kind: name,
  amount: hours * 60,
  on,
  ...more,
});

function asked(rule: object, entries: readonly Entry[], more: object = {}, joined = '2024-01-01') {
  const requirements = [{ name: 'rule', of: {}, per: 'cycle', ...rule }];
  const book = bookOf({ kinds, targets: zero, requirements, ...more });
  const member = historyOf(published(['2020-01-01', book]), joined);
  for (const one of entries) member.did(one);
  const { requirements: found, outcome } = member.statement('2026-01-01', '2025');
  return { met: found.map(({ met }) => met), had: found.map(({ had }) => had), outcome };
}

describe('a requirement', () => {
  it('of points, entries, works, an amount apart from the total, or a declaration', () => {
    const of = { kinds: ['talk'] };
    const talks = (...hours: number[]) => hours.map((count) => did('talk', count, '2025-03-03'));
    expect(asked({ of, least: { points: 3 } }, talks(1, 1.5)).outcome).to.equal('short');
    expect(asked({ of, least: { points: 3 } }, talks(1, 2)).outcome).to.equal('met');
    expect(asked({ of, entries: 2 }, talks(9)).outcome).to.equal('short');
    expect(asked({ of, entries: 2 }, talks(1, 1)).outcome).to.equal('met');
    const about = (workRef: string) => did('talk', 1, '2025-03-03', { attributes: { workRef } });
    expect(asked({ of, works: 2 }, [about('a'), about('a')]).outcome).to.equal('short');
    expect(asked({ of, works: 2 }, [about('a'), about('b')]).outcome).to.equal('met');
    const practice = { of: { kinds: ['practice'] }, amount: '400 hours' };
    expect(asked(practice, [did('practice', 399, '2025-03-03')]).outcome).to.equal('short');
    expect(asked(practice, [did('practice', 400, '2025-03-03')]).outcome).to.equal('met');
    const declared = { of: { kinds: ['declared'] }, entries: 1 };
    expect(asked(declared, []).outcome).to.equal('short');
    expect(asked(declared, [did('declared', 1, '2025-12-31')]).outcome).to.equal('met');
  });

  it('of a confirmation by another waits for who approves or upholds it', () => {
    const confirmed = [
      kind('confirmed', { measure: 'unit', accept: 'review', earns: [{ points: 0 }] }),
    ];
    const rule = { of: { kinds: ['confirmed'] }, entries: 1 };
    const one = { kind: 'confirmed', amount: 100, on: '2025-05-01' };
    expect(asked(rule, [one], { kinds: confirmed }).outcome).to.equal('short');
    expect(asked(rule, [{ ...one, review: 'upheld' }], { kinds: confirmed }).outcome).to.equal(
      'met',
    );
  });

  it('in each period, but for those that were over before the member joined', () => {
    const cycle = { months: 12, starts: 'fixed', periodMonths: 6 };
    const rule = { per: 'period', least: { points: 2 } };
    const late = [did('talk', 2, '2025-09-01')];
    expect(asked(rule, late, { cycle }, '2025-07-01')).to.deep.include({
      met: [true],
      outcome: 'met',
    });
    expect(asked(rule, late, { cycle }, '2025-06-30')).to.deep.include({
      met: [false, true],
      outcome: 'short',
    });
  });

  it('in each period or month of a cycle', () => {
    const cycle = { months: 12, starts: 'fixed', periodMonths: 6 };
    const both = [did('talk', 2, '2025-06-30'), did('talk', 2, '2025-07-01')];
    expect(asked({ per: 'period', least: { points: 2 } }, both, { cycle }).met).to.deep.equal([
      true,
      true,
    ]);
    expect(
      asked({ per: 'period', least: { points: 2 } }, both.slice(1), { cycle }).met,
    ).to.deep.equal([false, true]);
    const monthly = asked({ per: 'month', entries: 1 }, both);
    expect(monthly.met.filter((met) => met)).to.have.length(2);
  });

  it('as a share of the target, or of what another selection counts', () => {
    const half = { of: { kinds: ['talk'] }, least: { share: '50%', of: 'target' } };
    const targets = [{ grade: 'full', points: 4 }];
    const mixed = (talk: number) => [
      did('talk', talk, '2025-03-03'),
      did('read', 4 - talk, '2025-03-03'),
    ];
    expect(asked(half, mixed(2), { targets }).outcome).to.equal('met');
    expect(asked(half, mixed(1), { targets }).outcome).to.equal('short');
    const ofRead = { of: { kinds: ['talk'] }, least: { share: '1/3', of: { kinds: ['read'] } } };
    expect(asked(ofRead, mixed(1)).outcome).to.equal('met');
    expect(asked(ofRead, mixed(0.5)).outcome).to.equal('short');
  });

  it('of a topic by times or by hours, each so many years, and not before a member was there so long', () => {
    const of = { topics: ['ethics'] };
    const once = { of, per: { months: 36 }, entries: 1 };
    const ethics = (on: string, hours = 1) => did('talk', hours, on, { topics: ['ethics'] });
    expect(asked(once, [ethics('2023-01-01')], {}, '2022-01-01').outcome).to.equal('met');
    expect(asked(once, [ethics('2022-12-31')], {}, '2022-01-01').outcome).to.equal('short');
    expect(asked(once, [], {}, '2023-01-01').outcome).to.equal('short');
    expect(asked(once, [], {}, '2023-01-02').outcome).to.equal('met');
    const hours = { of, per: { months: 36 }, amount: '3 hours' };
    const two = [ethics('2023-05-05'), ethics('2025-05-05', 2)];
    expect(asked(hours, two, {}, '2022-01-01').outcome).to.equal('met');
    expect(asked(hours, two.slice(1), {}, '2022-01-01').outcome).to.equal('short');
  });

  it('of no gap longer than so many months, across the turn of cycles, to the day', () => {
    const gap = { noGapOver: 6 };
    const on = (...days: string[]) => days.map((day) => did('talk', 1, day));
    expect(asked(gap, on('2024-12-31', '2025-06-30', '2025-12-30')).met).to.deep.equal([true]);
    expect(asked(gap, on('2024-10-01', '2025-04-02', '2025-10-01')).met).to.deep.equal([false]);
    expect(asked(gap, on('2024-10-02', '2025-04-02', '2025-10-01')).met).to.deep.equal([true]);
  });

  it('that is advice makes nobody short, and one for another grade is not asked', () => {
    expect(asked({ entries: 1, advisory: true }, []).outcome).to.equal('met');
    expect(
      asked({ entries: 1, grades: ['fellow'] }, [], {
        targets: [...zero, { grade: 'fellow', points: 0 }],
      }).met,
    ).to.deep.equal([]);
  });
});

describe('routes', () => {
  const rule = (name: string, of: string) => ({
    name,
    of: { kinds: [of] },
    per: 'cycle',
    entries: 1,
  });
  const more = {
    requirements: [
      rule('spoke', 'talk'),
      rule('elsewhere', 'practice'),
      rule('declared', 'declared'),
    ],
    routes: [
      { name: 'by-points', target: true, requirements: ['spoke'] },
      { name: 'by-another-body', target: false, requirements: ['elsewhere'] },
    ],
    targets: [{ grade: 'full', points: 2 }],
  };
  const outcome = (entries: readonly Entry[]) => {
    const member = historyOf(published(['2020-01-01', bookOf({ kinds, ...more })]), '2024-01-01');
    for (const one of entries) member.did(one);
    return member.statement('2026-01-01', '2025').outcome;
  };
  const declared = did('declared', 1, '2025-03-03');

  it('are met all of one or all of another, with what no route names', () => {
    expect(outcome([declared, did('talk', 2, '2025-03-03')])).to.equal('met');
    expect(outcome([declared, did('talk', 1, '2025-03-03')])).to.equal('short');
    expect(outcome([declared, did('practice', 1, '2025-03-03')])).to.equal('met');
    expect(outcome([did('practice', 1, '2025-03-03')])).to.equal('short');
  });
});
