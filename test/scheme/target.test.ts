import { expect } from 'chai';
import { describe, it } from 'mocha';
import { historyOf, published } from '../support/member-history.ts';
import { bookOf } from '../support/small-book.ts';

interface Relief {
  from: string;
  until?: string;
  class?: string;
  minutesPerWeek?: number;
}

function memberOf(rules: object, joined = '2024-01-01', grade = 'full') {
  const twelve = {
    targets: [
      { grade: 'full', points: 12 },
      { grade: 'associate', points: 6 },
    ],
  };
  const member = historyOf(published(['2020-01-01', bookOf({ ...twelve, ...rules })]), joined, {
    grade,
  });
  let count = 0;
  return {
    ...member,
    relief({ class: of = 'class-a', ...days }: Relief) {
      member.say('ReliefGranted', { reliefId: `r${count++}`, class: of, ...days });
    },
  };
}

function targetWith(
  rules: object,
  reliefs: readonly Relief[],
  joined?: string,
): number | undefined {
  const member = memberOf(rules, joined);
  for (const one of reliefs) member.relief(one);
  return member.statement('2025-12-31').target;
}

describe('joining part-way', () => {
  const joining = (how: string, joined: string, more = {}) =>
    targetWith({ cycle: { months: 12, starts: 'fixed', joining: how, ...more } }, [], joined);

  it('asks for whole months, begun months, days, all or nothing', () => {
    expect([joining('by-month', '2025-03-01'), joining('by-month', '2025-03-02')]).to.deep.equal([
      1_000, 900,
    ]);
    expect([
      joining('by-begun-month', '2025-03-31'),
      joining('by-begun-month', '2025-04-01'),
    ]).to.deep.equal([1_000, 900]);
    expect(joining('by-day', '2025-12-31')).to.equal(4);
    expect([joining('whole', '2025-12-31'), joining('nothing', '2025-01-02')]).to.deep.equal([
      1_200, 0,
    ]);
    expect(joining('nothing', '2025-01-01')).to.equal(1_200);
  });

  it('asks for nothing where fewer whole months are left than the rulebook says', () => {
    const more = { joiningNothingUnder: 3 };
    expect(joining('by-month', '2025-10-01', more)).to.equal(300);
    expect(joining('by-month', '2025-10-02', more)).to.equal(0);
  });
});

describe('a relief', () => {
  const monthly = { reliefs: [{ class: 'class-a', effect: 'by-month', fromMonths: 1 }] };
  const daily = { reliefs: [{ class: 'class-a', effect: 'by-day' }] };

  it('of a month or more lowers by whole months, and a shorter one by nothing', () => {
    expect(targetWith(monthly, [{ from: '2025-03-10', until: '2025-04-09' }])).to.equal(1_200);
    expect(targetWith(monthly, [{ from: '2025-03-10', until: '2025-04-10' }])).to.equal(1_100);
    expect(targetWith(monthly, [{ from: '2025-03-10', until: '2025-06-09' }])).to.equal(1_000);
  });

  it('over several ranges lowers for each; where they touch or overlap, no day twice', () => {
    const range = (from: string, until: string): Relief => ({
      from: `2025-${from}`,
      until: `2025-${until}`,
    });
    expect(targetWith(monthly, [range('01-01', '02-01'), range('06-01', '07-01')])).to.equal(1_000);
    expect(targetWith(monthly, [range('01-01', '03-01'), range('02-01', '04-01')])).to.equal(900);
    expect(targetWith(monthly, [range('01-01', '01-17'), range('01-17', '02-01')])).to.equal(1_100);
    expect(targetWith(daily, [range('01-01', '01-21'), range('01-11', '02-01')])).to.equal(
      Math.ceil((1_200 * (365 - 31)) / 365),
    );
  });

  it('of two classes on one day lowers once', () => {
    const both = {
      reliefs: [...daily.reliefs, { class: 'class-b', effect: 'by-week', fullTimeMinutes: 2_100 }],
    };
    const half = {
      from: '2025-01-01',
      until: '2026-01-01',
      class: 'class-b',
      minutesPerWeek: 1_050,
    };
    const all = { from: '2025-01-01', until: '2025-07-02' };
    expect(targetWith(both, [half])).to.equal(600);
    expect(targetWith(both, [all, half])).to.equal(Math.ceil((1_200 * 183) / 365 / 2));
  });

  it('ends where the cycle does, and begins where the member joined', () => {
    expect(targetWith(monthly, [{ from: '2024-06-01', until: '2025-02-01' }])).to.equal(1_100);
    expect(targetWith(monthly, [{ from: '2025-11-01' }])).to.equal(1_000);
  });

  it('takes a flat number off, once for its class', () => {
    const flat = { reliefs: [{ class: 'class-a', effect: 'flat', points: 5 }] };
    const range = (month: string): Relief => ({
      from: `2025-${month}-01`,
      until: `2025-${month}-02`,
    });
    expect(targetWith(flat, [range('03')])).to.equal(700);
    expect(targetWith(flat, [range('03'), range('05')])).to.equal(700);
  });

  it('exempts from its day on, and suspends while it lasts', () => {
    const outcome = (effect: string, until?: string) => {
      const member = memberOf({ reliefs: [{ class: 'class-a', effect }] });
      member.relief({ from: '2025-06-01', ...(until && { until }) });
      return member.statement('2026-03-01', '2025').outcome;
    };
    expect([outcome('exempt'), outcome('suspend')]).to.deep.equal(['exempt', 'paused']);
    expect(outcome('suspend', '2025-09-01')).to.equal('short');
  });

  it('lowers the minimums that name it, in their own windows, and no other', () => {
    const requirement = (name: string, loweredBy?: string[]) => ({
      name,
      of: {},
      per: 'period',
      least: { points: 4 },
      ...(loweredBy && { loweredBy }),
    });
    const member = memberOf({
      cycle: { months: 12, starts: 'fixed', periodMonths: 6 },
      reliefs: [{ class: 'class-a', effect: 'by-month', sparesTarget: true }],
      requirements: [requirement('lowered', ['class-a']), requirement('never')],
    });
    member.relief({ from: '2025-07-01', until: '2025-10-01' });
    const { target, requirements } = member.statement('2025-12-31');
    expect(target, 'it spares the target').to.equal(1_200);
    expect(requirements.map(({ name, asked }) => [name, asked])).to.deep.equal([
      ['lowered', 400],
      ['lowered', 200],
      ['never', 400],
      ['never', 400],
    ]);
  });
});

describe('a grade that changes inside a cycle', () => {
  const changed = (gradeChange?: string) => {
    const member = memberOf(
      gradeChange === undefined ? {} : { gradeChange },
      '2024-01-01',
      'associate',
    );
    member.say('GradeChanged', { grade: 'full', effectiveOn: '2025-10-01' });
    return (on: string) => member.statement(on).target;
  };

  it('decides from its day on, or as the rulebook says', () => {
    expect([changed()('2025-09-30'), changed()('2025-10-01')]).to.deep.equal([600, 1_200]);
    expect([changed('first')('2025-12-31'), changed('highest')('2025-12-31')]).to.deep.equal([
      600, 1_200,
    ]);
    expect(changed('by-month')('2025-12-31')).to.equal((9 * 600 + 3 * 1_200) / 12);
    expect(changed('by-day')('2025-12-31')).to.equal(Math.ceil((273 * 600 + 92 * 1_200) / 365));
  });
});

describe('a target', () => {
  it('stays exact, or is rounded as the rulebook says', () => {
    const third = {
      targets: [{ grade: 'full', points: 20 }],
      cycle: { months: 12, starts: 'fixed', joining: 'by-month' },
    };
    expect(targetWith(third, [], '2025-05-01')).to.equal(1_334);
    const down = { ...third, roundTarget: { to: 0.5, direction: 'down' } };
    expect(targetWith(down, [], '2025-05-01')).to.equal(1_300);
  });
});
