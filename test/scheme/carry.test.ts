import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { bookOf } from '../support/small-book.ts';

const did = (name: string, hours: number, on: string, more: Partial<Entry> = {}): Entry => ({
  kind: name,
  amount: hours * 60,
  on,
  ...more,
});
const memberOf = (rules: object, joined = '2024-01-01') =>
  historyOf(published(['2020-01-01', bookOf(rules)]), joined);
describe('carrying over', () => {
  const carried = (
    carry: object,
    entries: readonly Entry[],
    more: object = {},
    cycle = '2025',
    joined?: string,
  ) => {
    const member = memberOf({ carry: { name: 'on', of: {}, ...carry }, ...more }, joined);
    for (const one of entries) member.did(one);
    return member.statement(`${cycle}-12-31`).carriedOut.map(({ points }) => points);
  };
  const surplus = [did('talk', 15, '2025-03-01'), did('read', 12, '2025-11-01')];

  it('takes so much of a surplus, a share of the target, of a group, of the last months', () => {
    expect(carried({}, surplus)).to.deep.equal([700]);
    expect(carried({ most: { points: 5 } }, surplus)).to.deep.equal([500]);
    expect(carried({ most: { share: '10%', of: 'target' } }, surplus)).to.deep.equal([200]);
    expect(carried({ lastMonths: 2 }, surplus)).to.deep.equal([700]);
    expect(carried({ lastMonths: 1 }, surplus)).to.deep.equal([]);
    expect(
      carried({ of: { kinds: ['read'] } }, [
        did('talk', 25, '2025-03-01'),
        did('read', 1, '2025-03-01'),
      ]),
    ).to.deep.equal([100]);
    expect(carried({}, [did('talk', 20, '2025-03-01')])).to.deep.equal([]);
  });

  it('leaves out a member’s first cycle where the rulebook says so', () => {
    expect(carried({ notFromFirst: true }, surplus, {}, '2025', '2025-01-01')).to.deep.equal([]);
    expect(carried({ notFromFirst: true }, surplus, {}, '2025', '2024-01-01')).to.deep.equal([700]);
  });

  it('takes only what goes beyond several targets', () => {
    const requirements = [
      { name: 'talks', of: { kinds: ['talk'] }, per: 'cycle', least: { points: 12 } },
    ];
    const beyond = { beyond: ['talks'] };
    expect(carried(beyond, surplus, { requirements })).to.deep.equal([300]);
    expect(
      carried(beyond, [did('talk', 11, '2025-03-01'), did('read', 20, '2025-03-01')], {
        requirements,
      }),
    ).to.deep.equal([]);
  });

  it('lapses after one cycle, or after so many', () => {
    const member = (lapses?: number) => {
      const carry = { name: 'on', of: {}, ...(lapses && { lapsesAfterCycles: lapses }) };
      const one = memberOf({ carry });
      one.did(did('talk', 45, '2024-03-01'));
      return one.statement('2026-02-01').carriedIn.map(({ points, left }) => [points, left]);
    };
    expect(member()).to.deep.equal([]);
    expect(member(2)).to.deep.equal([[500, 1]]);
  });
});

describe('a shortfall', () => {
  const entries = [did('talk', 15, '2024-03-01'), did('talk', 24, '2025-03-01')];
  const year = (rules: object, cycle: string, list: readonly Entry[] = entries) => {
    const member = memberOf(rules);
    for (const one of list) member.did(one);
    const { counted, needed, outcome, lines, shortfallIn } = member.statement('2026-06-01', cycle);
    return {
      counted,
      needed,
      outcome,
      shortfallIn,
      why: lines.flatMap((line) => line.uncounted.map(({ rule, points }) => [rule, points])),
    };
  };

  it('is filled by new hours first, which are spent; what stays open goes on', () => {
    const shortfall = { name: 'owed' };
    expect(year({ shortfall }, '2024').outcome).to.equal('short');
    expect(year({ shortfall }, '2025')).to.deep.equal({
      counted: 1_900,
      needed: 100,
      outcome: 'short',
      shortfallIn: 500,
      why: [['owed', 500]],
    });
    const little = [entries[0] as Entry, did('talk', 2, '2025-03-01')];
    expect(year({ shortfall }, '2026', little).shortfallIn).to.equal(2_000 + 300);
    expect(year({ shortfall: { ...shortfall, most: 4 } }, '2025').shortfallIn).to.equal(400);
    expect(year({}, '2025').shortfallIn).to.equal(0);
  });

  it('is made good within the time of grace, and not after it', () => {
    const cycle = { months: 12, starts: 'fixed', graceMonths: 3 };
    const late = (on: string) => [entries[0] as Entry, did('talk', 6, on)];
    expect(year({ cycle }, '2024', late('2025-03-31'))).to.deep.include({
      outcome: 'met',
      needed: 0,
    });
    expect(year({ cycle }, '2025', late('2025-03-31'))).to.deep.include({
      counted: 100,
      why: [['grace', 500]],
    });
    expect(year({ cycle }, '2024', late('2025-04-01')).outcome).to.equal('short');
    expect(year({ cycle }, '2025', late('2025-04-01')).counted).to.equal(600);
    const member = memberOf({ cycle });
    expect(member.statement('2025-03-31', '2024').outcome).to.equal('in-grace');
    expect(member.statement('2025-04-01', '2024').outcome).to.equal('short');
  });
});
