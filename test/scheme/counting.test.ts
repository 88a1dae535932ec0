import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

/** What counts of each of these entries, and why the rest does not. */
function counted(rules: object, entries: readonly Entry[]) {
  const member = historyOf(published(['2020-01-01', bookOf(rules)]), '2025-01-01');
  for (const one of entries) member.did(one);
  const { lines, ...rest } = member.statement('2025-12-31');
  return {
    ...rest,
    each: lines.map((line) => line.counted),
    why: lines.map((line) => line.uncounted.map(({ rule, points }) => `${rule} ${points}`)),
  };
}

const did = (name: string, hours: number, on = '2025-03-03', more: Partial<Entry> = {}): Entry => ({
  kind: name,
  amount: hours * 60,
  on,
  ...more,
});

describe('a limit', () => {
  const cap = (more: object) => [{ name: 'cap', of: {}, per: 'cycle', ...more }];

  it('by points, in a cycle, a period, a month or a day', () => {
    const entries = ['01-01', '01-01', '01-02', '02-01', '04-01'].map((day) =>
      did('talk', 2, `2025-${day}`),
    );
    const cycle = { months: 12, starts: 'fixed', periodMonths: 3 };
    const by = (per: string) =>
      counted({ cycle, limits: cap({ per, most: { points: 3 } }) }, entries).each;
    expect(by('cycle')).to.deep.equal([200, 100, 0, 0, 0]);
    expect(by('period')).to.deep.equal([200, 100, 0, 0, 200]);
    expect(by('month')).to.deep.equal([200, 100, 0, 200, 200]);
    expect(by('day')).to.deep.equal([200, 100, 200, 200, 200]);
    expect(by('entry')).to.deep.equal([200, 200, 200, 200, 200]);
  });

  it('by the number of entries', () => {
    const limits = cap({ entries: 2 });
    expect(counted({ limits }, [did('talk', 1), did('talk', 1)]).each).to.deep.equal([100, 100]);
    expect(
      counted({ limits }, [did('talk', 1), did('talk', 1), did('read', 9)]).why[2],
    ).to.deep.equal(['cap 900']);
  });

  it('of repeats, or of what is the first about its work', () => {
    const of = (workRef?: string) =>
      did('talk', 1, '2025-03-03', workRef ? { attributes: { workRef } } : {});
    const entries = [of('a'), of('a'), of('a'), of('b'), of()];
    const each = (repeat: string) =>
      counted({ limits: cap({ of: { repeat }, entries: 1 }) }, entries).each;
    expect(each('again')).to.deep.equal([100, 100, 0, 100, 100]);
    expect(each('first')).to.deep.equal([100, 100, 100, 0, 0]);
  });

  it('by the amount that was done, whatever it earns', () => {
    const kinds = [kind('talk', { earns: [{ rate: { points: 3, per: '1 hour' } }] }), kind('read')];
    const limits = cap({ of: { kinds: ['talk'] }, amount: '2 hours' });
    const { each, limits: uses } = counted({ kinds, limits }, [did('talk', 1), did('talk', 1.5)]);
    expect(each).to.deep.equal([300, 300]);
    expect(uses[0]).to.include({ used: 120, most: 120, unit: 'amount' });
    expect(counted({ kinds, limits }, [did('talk', 1), did('talk', 1)]).each).to.deep.equal([
      300, 300,
    ]);
  });

  it('on the same work, and on no other', () => {
    const about = (workRef: string) => did('talk', 2, '2025-03-03', { attributes: { workRef } });
    const limits = cap({ per: 'work', most: { points: 3 } });
    expect(counted({ limits }, [about('a'), about('a'), about('b')]).each).to.deep.equal([
      200, 100, 200,
    ]);
    const once = cap({ per: 'work', entries: 1 });
    expect(counted({ limits: once }, [about('a'), about('a'), about('b')]).each).to.deep.equal([
      200, 0, 200,
    ]);
  });

  it('as a share of the target, exact', () => {
    const limits = cap({ of: { categories: ['read'] }, most: { share: '1/3', of: 'target' } });
    expect(counted({ limits }, [did('read', 7)]).each).to.deep.equal([666]);
    expect(counted({ limits }, [did('read', 6)]).each).to.deep.equal([600]);
  });

  it('as a share of what another group counts, and that as a share of a third', () => {
    const kinds = [kind('talk'), kind('read'), kind('write')];
    const limits = [
      {
        name: 'third',
        of: { categories: ['write'] },
        per: 'cycle',
        most: { share: '1/2', of: { categories: ['read'] } },
      },
      {
        name: 'half',
        of: { categories: ['read'] },
        per: 'cycle',
        most: { share: '1/2', of: { categories: ['talk'] } },
      },
    ];
    const entries = [did('write', 9), did('read', 9), did('talk', 8)];
    expect(counted({ kinds, limits }, entries).each).to.deep.equal([200, 400, 800]);
  });

  it('inside another: the narrower one is named', () => {
    const limits = [
      { name: 'reading', of: { categories: ['read'] }, per: 'cycle', most: { points: 3 } },
      { name: 'all', of: {}, per: 'cycle', most: { points: 5 } },
    ];
    const { each, why } = counted({ limits }, [did('read', 4), did('talk', 4)]);
    expect(each).to.deep.equal([300, 200]);
    expect(why).to.deep.equal([['reading 100'], ['all 200']]);
  });

  it('beyond which it counts as of another group, as far as that has room', () => {
    const limits = [
      {
        name: 'talks',
        of: { categories: ['talk'] },
        per: 'cycle',
        most: { points: 5 },
        instead: 'read',
      },
      { name: 'reading', of: { categories: ['read'] }, per: 'cycle', most: { points: 2 } },
    ];
    const { each, why, categories, counted: all } = counted({ limits }, [did('talk', 9)]);
    expect([each, why, all]).to.deep.equal([[700], [['reading 200']], 700]);
    expect(categories).to.deep.equal([
      { category: 'read', awarded: 400, counted: 200 },
      { category: 'talk', awarded: 500, counted: 500 },
    ]);
  });
});

describe('the order in which entries fill limits', () => {
  const limits = [{ name: 'two', of: {}, per: 'cycle', entries: 2 }];
  const entries = [
    did('talk', 1, '2025-05-01'),
    did('talk', 4, '2025-04-01'),
    did('talk', 3, '2025-04-01'),
  ];

  it('is by date, then as claimed, and is stated', () => {
    const { each, order } = counted({ limits }, entries);
    expect([each, order]).to.deep.equal([[0, 400, 300], 'by-date']);
  });

  it('is the one of several that counts most, where the rulebook says so', () => {
    const early = [did('talk', 1, '2025-01-01'), ...entries];
    expect(counted({ limits }, early).each).to.deep.equal([100, 0, 400, 0]);
    const { each, order } = counted({ limits, fills: 'best' }, early);
    expect([each, order]).to.deep.equal([[0, 0, 400, 300], 'by-worth']);
    const crossing = [
      { name: 'talks', of: { categories: ['talk'] }, per: 'cycle', most: { points: 4 } },
      { name: 'ethics', of: { topics: ['ethics'] }, per: 'cycle', most: { points: 4 } },
    ];
    const both = [
      did('talk', 4, '2025-01-01', { topics: ['ethics'] }),
      did('talk', 3.5),
      did('read', 3.5, '2025-02-02', { topics: ['ethics'] }),
    ];
    expect(counted({ limits: crossing }, both).counted).to.equal(400);
    expect(counted({ limits: crossing, fills: 'best' }, both).counted).to.equal(750);
  });
});

describe('a floor', () => {
  it('counts small entries only where together they reach it', () => {
    const floors = [{ name: 'hour', of: { kinds: ['read'] }, per: 'month', amount: '1 hour' }];
    const two = [did('read', 0.5, '2025-03-01'), did('read', 0.5, '2025-03-31')];
    expect(counted({ floors }, two).each).to.deep.equal([50, 50]);
    expect(counted({ floors }, two.slice(1)).why).to.deep.equal([['hour 50']]);
    const apart = [did('read', 0.5, '2025-03-31'), did('read', 0.5, '2025-04-01')];
    expect(counted({ floors }, apart).each).to.deep.equal([0, 0]);
  });
});

describe('rounding', () => {
  const quarter = (direction: string) => ({ to: 0.25, direction });
  const up = [{ rate: { points: 1, per: '1 hour' }, round: quarter('up') }];
  const kinds = [kind('talk', { earns: up }), kind('read')];
  const minutes = (count: number, on: string): Entry => ({ kind: 'talk', amount: count, on });

  it('of a day, a programme or the whole is of the exact sum, not of lines that were rounded', () => {
    const list = [minutes(20, '2025-03-03'), minutes(20, '2025-03-03'), minutes(20, '2025-03-04')];
    const sum = (per: string, direction: string) =>
      counted({ kinds, steps: [{ name: 'step', of: {}, per, ...quarter(direction) }] }, list)
        .counted;
    expect(counted({ kinds }, list).counted).to.equal(150);
    expect([sum('day', 'up'), sum('day', 'down'), sum('day', 'nearest')]).to.deep.equal([
      125, 75, 100,
    ]);
    expect([sum('cycle', 'up'), sum('cycle', 'down'), sum('cycle', 'nearest')]).to.deep.equal([
      100, 100, 100,
    ]);
    const programme = 'p';
    const together = list.map((one) => ({ ...one, attributes: { programme } }));
    const steps = [{ name: 'step', of: {}, per: 'programme', ...quarter('down') }];
    expect(counted({ kinds, steps }, together).counted).to.equal(100);
    expect(counted({ kinds, steps }, list).counted).to.equal(75);
  });

  it('names the step for what it takes', () => {
    const steps = [{ name: 'whole', of: {}, per: 'cycle', to: 1 }];
    expect(counted({ steps }, [did('talk', 1.5)]).why).to.deep.equal([['whole 50']]);
    expect(counted({ steps }, [did('talk', 2)]).why).to.deep.equal([[]]);
  });
});
