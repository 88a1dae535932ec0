import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Entry, historyOf, published } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

const did = (name: string, hours: number, on: string, more: Partial<Entry> = {}): Entry => ({
  kind: name,
  amount: hours * 60,
  on,
  ...more,
});
const memberOf = (rules: object, joined = '2024-01-01', how = {}) =>
  historyOf(published(['2020-01-01', bookOf(rules)]), joined, how);
/** What counts in a cycle of one entry. */
const counts = (rules: object, entry: Entry, joined?: string): number => {
  const member = memberOf(rules, joined);
  member.did(entry);
  return member.statement('2026-06-01', '2025').counted;
};

describe('a cycle', () => {
  const spanOf = (cycle: object, on: string, anchor = '2021-05-10') => {
    const { from, until } = memberOf({ cycle }, anchor).statement(on).cycle;
    return [from, until];
  };

  it('is a calendar year, or several, or begins on a fixed day', () => {
    expect(spanOf({ months: 12, starts: 'fixed' }, '2025-12-31')).to.deep.equal([
      '2025-01-01',
      '2026-01-01',
    ]);
    expect(spanOf({ months: 36, starts: 'fixed', from: '2020-04-01' }, '2026-03-31')).to.deep.equal(
      ['2023-04-01', '2026-04-01'],
    );
  });

  it('runs from the member’s own day, or from the next 1 January after it', () => {
    expect(spanOf({ months: 36, starts: 'anchor' }, '2024-05-09')).to.deep.equal([
      '2021-05-10',
      '2024-05-10',
    ]);
    expect(spanOf({ months: 36, starts: 'anchor' }, '2024-05-10')).to.deep.equal([
      '2024-05-10',
      '2027-05-10',
    ]);
    expect(spanOf({ months: 36, starts: 'january-after-anchor' }, '2021-06-01')).to.deep.equal([
      '2022-01-01',
      '2025-01-01',
    ]);
  });

  it('rolls: the months up to the day asked, and short where a member has been there so long', () => {
    const cycle = { months: 12, starts: 'rolling' };
    const member = memberOf({ cycle }, '2024-03-01');
    member.did(did('talk', 20, '2024-06-01'));
    expect(member.statement('2025-05-31').outcome).to.equal('met');
    expect(member.statement('2025-06-01').counted).to.equal(0);
    expect(member.statement('2025-06-01').outcome).to.equal('short');
    expect(memberOf({ cycle }, '2024-03-01').statement('2025-02-27').outcome).to.equal(
      'not-yet-due',
    );
  });

  it('takes what is handed in by its deadline, in the ledger’s zone, or by one given to the member', () => {
    const cycle = { months: 12, starts: 'fixed', recordWithin: { months: 0, days: 31 } };
    const handed = (handedIn: string) =>
      counts({ cycle }, did('talk', 1, '2025-07-01', { handedIn }));
    expect([handed('2026-01-31'), handed('2026-02-01')]).to.deep.equal([100, 0]);
    const member = memberOf({ cycle });
    member.say('DeadlineExtended', {
      scheme: '00000000-0000-4000-8000-00000000000a',
      cycle: '2025',
      until: '2026-03-01',
    });
    member.did(did('talk', 1, '2025-07-01', { handedIn: '2026-02-28' }));
    expect(member.statement('2026-06-01', '2025').counted).to.equal(100);
  });
});

describe('an entry over several days', () => {
  const split = (falls: string, cycle: string) => {
    const member = memberOf({ kinds: [kind('talk', { falls })] });
    member.did(did('talk', 20, '2025-01-10', { from: '2024-12-22', handedIn: '2025-02-01' }));
    return member.statement('2025-12-31', cycle).counted;
  };

  it('falls where it ends, starts or is awarded, or is split by day or month', () => {
    const both = (falls: string) => [split(falls, '2024'), split(falls, '2025')];
    expect([both('end'), both('start'), both('award')]).to.deep.equal([
      [0, 2_000],
      [2_000, 0],
      [0, 2_000],
    ]);
    expect([both('by-day'), both('by-month')]).to.deep.equal([
      [1_000, 1_000],
      [1_000, 1_000],
    ]);
  });
});

describe('what was done', () => {
  it('before joining counts where the rulebook says so', () => {
    const early = did('talk', 1, '2025-02-28');
    expect(counts({}, early, '2025-03-01')).to.equal(0);
    expect(counts({ countsBeforeJoining: true }, early, '2025-03-01')).to.equal(100);
  });

  it('while the membership had ended, or on a relief, likewise', () => {
    const lapsed = (more: object) => {
      const member = memberOf(more);
      member.say('Lapsed', { effectiveOn: '2025-03-01' });
      member.say('Reinstated', { effectiveOn: '2025-05-01' });
      member.did(did('talk', 1, '2025-04-30'));
      member.did(did('talk', 1, '2025-05-01'));
      return member.statement('2025-12-31').counted;
    };
    expect([lapsed({}), lapsed({ countsWhileLapsed: true })]).to.deep.equal([100, 200]);
    const onRelief = (more: object) => {
      const member = memberOf({ reliefs: [{ class: 'class-a', effect: 'by-day', ...more }] });
      member.say('ReliefGranted', {
        reliefId: 'r',
        class: 'class-a',
        from: '2025-03-01',
        until: '2025-05-01',
      });
      member.did(did('talk', 1, '2025-04-30'));
      return member.statement('2025-12-31').counted;
    };
    expect([onRelief({}), onRelief({ counts: false })]).to.deep.equal([100, 0]);
  });

  it('counts under review, or not, and without evidence, or not', () => {
    const open = did('talk', 1, '2025-03-01', { review: 'opened' });
    expect([counts({}, open), counts({ countsUnderReview: false }, open)]).to.deep.equal([100, 0]);
    const evidence = (needed: boolean) => ({
      kinds: [kind('talk', { evidence: { needed, keepMonths: 12 } })],
    });
    const bare = did('talk', 1, '2025-03-01');
    expect([counts(evidence(false), bare), counts(evidence(true), bare)]).to.deep.equal([100, 0]);
    expect(counts(evidence(true), { ...bare, evidence: true })).to.equal(100);
  });
});
