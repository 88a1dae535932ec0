import { expect } from 'chai';
import { describe, it } from 'mocha';
import { awardedBy, awardedSums } from '../../src/scheme/awarded.ts';
import { isAwardFact, isStatementFact } from '../../src/scheme/facts.ts';
import type { PublishedRulebook } from '../../src/scheme/rulebook.ts';
import { type Statement, statement } from '../../src/scheme/statement.ts';
import { gradeOn, timelineOf } from '../../src/scheme/timeline.ts';
import {
  APPROVAL,
  approved,
  CLAIM,
  claimed,
  decision,
  joined,
  line,
  lodged,
  ONE,
  REVIEW,
  RULES,
  registered,
  rejected,
  returned,
  revoked,
  rulebook,
  SCHEME,
  SECOND,
  TWO,
  underReview,
  upheld,
  withdrawn,
} from '../support/past.ts';
import { fact, idOf, type Told } from '../support/specification.ts';

const books: PublishedRulebook[] = [
  { version: 1, eventId: RULES, effectiveFrom: '2020-01-01', rulebook },
];
const zone = 'Europe/London';
const of = (past: readonly Told[], cycle = '2026', on = '2026-06-01'): Statement => {
  const facts = past.map((told) => told.fact).filter(isStatementFact);
  const made = statement(books, facts, { scheme: SCHEME, cycle, on, zone });
  if (made === undefined) throw new Error(`no statement of ${cycle} on ${on}`);
  return made;
};
const standing = (past: readonly Told[]): string[] => of(past).lines.map((one) => one.standing);
const begun = [registered(), joined(), claimed()];
const overturned = fact('ReviewOverturned', {
  claimId: CLAIM,
  approval: APPROVAL,
  review: REVIEW,
  decision: decision(SECOND),
});
const balance = (points: number, cycle = '2026', category = 'training') =>
  fact('PointsBroughtIn', { scheme: SCHEME, cycle, category, points });
const adjusted = (points: number) =>
  fact('PointsAdjusted', {
    scheme: SCHEME,
    cycle: '2026',
    category: 'training',
    points,
    correction: idOf('correction'),
    corrects: idOf('wrong'),
  });

describe('what a member was awarded', () => {
  it('is nothing for what is only claimed', () => {
    expect(of(begun).awarded).to.equal(0);
    expect(standing(begun)).to.deep.equal(['submitted', 'submitted']);
  });

  it('is what was approved, line by line: three hours at a point each', () => {
    const { awarded, categories, lines } = of([...begun, approved([ONE])]);
    expect(awarded).to.equal(300);
    expect(categories).to.deep.equal([{ category: 'training', awarded: 300, counted: 300 }]);
    expect(lines.map((one) => one.awarded)).to.deep.equal([300, 0]);
  });

  it('is nothing for a line revoked as void, and the same as once when it is approved again', () => {
    const once = [...begun, approved([ONE])];
    const void_ = [...once, revoked([ONE])];
    expect(of(void_).awarded).to.equal(0);
    const again = of([...void_, approved([ONE], idOf('again'))]);
    expect(again.awarded).to.equal(of(once).awarded);
  });

  it('stays for a line that ended from a day, until it is found void', () => {
    const ended = [
      ...begun,
      approved([ONE]),
      revoked([ONE], { kind: 'ended', from: '2026-03-01' }),
    ];
    expect([of(ended).awarded, standing(ended)[0]]).to.deep.equal([300, 'ended']);
    expect(of([...ended, revoked([ONE])]).awarded).to.equal(0);
    // What never was is not brought back by an end.
    const late = revoked([ONE], { kind: 'ended', from: '2026-04-01' });
    expect(of([...begun, approved([ONE]), revoked([ONE]), late]).awarded).to.equal(0);
  });

  it('stays under review, and is nothing when the review overturns', () => {
    const reviewed = [...begun, approved([ONE, TWO]), underReview()];
    expect([of(reviewed).awarded, of(reviewed).lines[0]?.underReview]).to.deep.equal([600, true]);
    expect(of([...reviewed, overturned]).awarded).to.equal(0);
    expect(of([...reviewed, overturned]).lines[0]?.underReview).to.equal(false);
  });

  it('takes in adjustments, up and down, and what was brought in', () => {
    const { awarded, entries } = of([...begun, balance(500), adjusted(-150), adjusted(50)]);
    expect(awarded).to.equal(400);
    expect(entries.map(({ kind, awarded: points }) => [kind, points])).to.deep.equal([
      ['brought-in', 500],
      ['adjusted', -150],
      ['adjusted', 50],
    ]);
  });

  it('is summed by scheme, cycle and category, without what sums to nothing', () => {
    const past = [...begun, balance(500, '2024'), balance(20, '2026', 'study'), adjusted(-70)];
    const facts = [...past, balance(70), approved([ONE])].map((told) => told.fact);
    expect(awardedSums(awardedBy(facts.filter(isAwardFact)))).to.deep.equal([
      { scheme: SCHEME, cycle: '2024', category: 'training', points: 500 },
      { scheme: SCHEME, cycle: '2026', category: 'study', points: 20 },
      { scheme: SCHEME, cycle: '2026', category: 'training', points: 300 },
    ]);
    const none = [balance(70), adjusted(-70)].map((told) => told.fact).filter(isAwardFact);
    expect(awardedSums(awardedBy(none))).to.deep.equal([]);
  });

  it('goes to the cycle of the last day on which it was done', () => {
    const lines = [
      line(ONE, { from: '2025-12-30', until: '2026-01-01' }),
      line(TWO, { from: '2025-12-30', until: '2026-01-02' }),
    ];
    const past = [registered(), joined(), claimed(lines), approved([ONE, TWO])];
    expect(of(past, '2025').lines.map((one) => one.line)).to.deep.equal([ONE]);
    expect(of(past, '2026').lines.map((one) => one.line)).to.deep.equal([TWO]);
    expect([of(past, '2025').awarded, of(past, '2026').awarded]).to.deep.equal([300, 300]);
  });
});

describe('how a line stands', () => {
  it('follows its claim: returned, amended, withdrawn', () => {
    expect(standing([...begun, returned()])).to.deep.equal(['returned', 'returned']);
    const lines = [line(idOf('line anew'))];
    const anew = fact('ClaimAmended', { claimId: CLAIM, lines });
    const { lines: shown } = of([...begun, returned(), anew]);
    expect(shown.map((one) => [one.line, one.standing])).to.deep.equal([
      [idOf('line anew'), 'submitted'],
    ]);
    expect(shown[0]?.events).to.have.length(3);
    expect(standing([...begun, withdrawn()])).to.deep.equal(['withdrawn', 'withdrawn']);
  });

  it('is open again when an appeal against its rejection is upheld', () => {
    const against = [...begun, rejected([ONE]), lodged()];
    expect(standing(against)).to.deep.equal(['rejected', 'submitted']);
    expect(standing([...against, upheld()])).to.deep.equal(['submitted', 'submitted']);
  });

  it('tells every fact that brought it there', () => {
    const past = [...begun, approved([ONE]), revoked([ONE])];
    const ids = past.slice(2).map((told) => told.fact.id);
    expect(of(past).lines.map(({ events }) => events)).to.deep.equal([ids, ids.slice(0, 1)]);
  });
});

describe('a statement', () => {
  const regraded = fact('GradeChanged', { grade: 'fellow', effectiveOn: '2026-07-01' });

  it('shows the target of the grade on its day, by the rulebook of its day', () => {
    const past = [...begun, regraded];
    expect(of(past, '2026', '2026-06-30')).to.include({ grade: 'full', target: 2_000 });
    const later = of(past, '2026', '2026-07-01');
    expect(later.grade).to.equal('fellow');
    expect(later).to.not.have.property('target');
  });

  it('is none of a scheme in which the member takes no part', () => {
    const facts = [...begun, approved([ONE])].map((told) => told.fact).filter(isStatementFact);
    const other = { scheme: idOf('other'), on: '2026-06-01', zone };
    expect(statement(books, facts, other)).to.equal(undefined);
  });
});

describe('the grade on a day', () => {
  const grades = [
    fact('GradeChanged', { grade: 'fellow', effectiveOn: '2025-01-01' }),
    fact('GradeChanged', { grade: 'retired', effectiveOn: '2025-01-01' }),
    fact('Rejoined', { grade: 'associate', effectiveOn: '2026-01-01', continuity: 'new' }),
    fact('GradeChanged', { grade: 'student', effectiveOn: '2024-06-01' }),
  ];
  const on = (day: string): string | undefined =>
    gradeOn(timelineOf([registered(), ...grades].map((told) => told.fact) as never), day);

  it('is the last that is effective by then; of two on one day the later said', () => {
    expect(on('2023-12-31')).to.equal(undefined);
    expect(on('2024-01-01')).to.equal('full');
    expect(on('2024-12-31')).to.equal('student');
    expect(on('2025-01-01')).to.equal('retired');
    expect(on('2026-01-01')).to.equal('associate');
  });
});
