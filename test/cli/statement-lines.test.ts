import { expect } from 'chai';
import { describe, it } from 'mocha';
import { statementLines } from '../../src/cli/statement-lines.ts';
import type { Statement } from '../../src/scheme/statement.ts';
import type { StatementLine } from '../../src/scheme/statement-line.ts';
import { idOf } from '../support/specification.ts';

const events = ['claimed', 'evidence', 'approved'].map(idOf);
const rulebook = { version: 3, eventId: idOf('rulebook') };

const line = (more: Partial<StatementLine> = {}): StatementLine => ({
  claim: idOf('claim'),
  line: idOf('line'),
  kind: 'reading',
  from: '2026-03-10',
  until: '2026-03-11',
  topics: [],
  standing: 'approved',
  underReview: false,
  claimed: { amount: 390, unit: 'minute' },
  awarded: 0,
  counted: 0,
  uncounted: [],
  categories: ['self-study'],
  events,
  ...more,
});

const statement = (more: Partial<Statement> = {}): Statement => ({
  scheme: idOf('scheme'),
  cycle: { cycle: '2026', from: '2026-01-01', until: '2027-01-01' },
  on: '2026-06-30',
  rulebook,
  grade: 'full',
  target: 2_250,
  targetMade: [
    { by: 'grade', name: 'full', points: 3_000 },
    { by: 'relief', name: 'class-a', points: -745, from: '2026-02-01', until: '2026-05-01' },
    { by: 'rounding', name: 'rounding', points: -5 },
  ],
  awarded: 325,
  counted: 200,
  uncounted: 125,
  carriedIn: [],
  carriedOut: [],
  shortfallIn: 0,
  madeGood: 0,
  order: 'by-date',
  needed: 2_050,
  doBy: '2026-12-31',
  outcome: 'not-yet-due',
  categories: [],
  requirements: [],
  limits: [],
  lines: [],
  entries: [],
  ...more,
});

describe('a statement in the terminal', () => {
  it('has the figures, and how the target was made', () => {
    expect(statementLines(statement())).to.deep.equal([
      `scheme      ${idOf('scheme')}`,
      'cycle       2026: 2026-01-01 to 2026-12-31, on 2026-06-30',
      `rulebook    version 3, published by fact ${rulebook.eventId}`,
      'grade       full',
      'target      22.50',
      '              30.00 by grade full',
      '              -7.45 by relief class-a, 2026-02-01 to 2026-04-30',
      '              -0.05 by rounding',
      'awarded     3.25',
      'counted     2.00',
      'not counted 1.25',
      'needed      20.50, to be done by 2026-12-31',
      'outcome     not yet due',
    ]);
  });

  it('names what was carried, was short, and is to be recorded, where there is such a thing', () => {
    const lot = { from: '2025', points: 500, left: 1 };
    const lines = statementLines(
      statement({
        carriedIn: [lot, { ...lot, from: '2024', points: 50, left: 2 }],
        carriedOut: [{ ...lot, from: '2026' }],
        shortfallIn: 100,
        madeGood: 40,
        recordBy: '2027-01-31',
        breaches: { cycles: ['2024', '2025'], step: 'warning' },
      }),
    );
    expect(lines.slice(11)).to.deep.equal([
      'carried in  5.50',
      '              5.00 from 2025, usable in 1 cycle',
      '              0.50 from 2024, usable in 2 cycles',
      'shortfall   1.00 of the cycle before',
      'made good   0.40 in the time of grace',
      'needed      20.50, to be done by 2026-12-31, recorded by 2027-01-31',
      'outcome     not yet due',
      'breaches    2024, 2025: warning',
      'carried out 5.00',
      '              5.00 from 2026, usable in 1 cycle',
    ]);
  });

  it('has a line of figures for each claim, and under it what made each difference and the facts', () => {
    const earned = { ...rulebook, approval: events[2] ?? '', kind: 'reading', number: 2 };
    const one = line({
      accepted: { amount: 45, unit: 'minute' },
      earned: { ...earned, says: '1 point per hour' },
      awarded: 75,
      counted: 50,
      uncounted: [
        { rule: 'reading-third', number: 1, version: 3, says: 'reading up to a third', points: 25 },
      ],
    });
    expect(statementLines(statement({ lines: [one] })).slice(-7)).to.deep.equal([
      'claim                                        claimed    accepted  awarded  counted  standing',
      '2026-03-10 reading                        6 h 30 min      45 min     0.75     0.50  approved',
      '    accepted 45 min of 6 h 30 min',
      '    awarded 0.75: kind reading, rule 2, version 3: 1 point per hour',
      '    0.25 not counted: reading-third, rule 1, version 3: reading up to a third',
      `    claim ${idOf('claim')}; facts ${events[0]},`,
      `      ${events[1]}, ${events[2]}`,
    ]);
  });

  it('says of what nobody decided on yet that nothing is accepted, and of another rulebook which it was', () => {
    const waiting = statementLines(statement({ lines: [line({ standing: 'submitted' })] }));
    expect(waiting.at(-3)).to.match(/6 h 30 min +- +0\.00 +0\.00 {2}submitted$/);
    const old = { version: 2, eventId: idOf('older'), approval: idOf('approved'), kind: 'reading' };
    const earlier = statementLines(statement({ lines: [line({ earned: old })] }))
      .join(' ')
      .replace(/ +/g, ' ');
    expect(earlier).to.contain(`version 2 by fact ${idOf('older')}`);
    expect(earlier).to.contain('version 2: by the decision; no rule of its kind comes to it');
  });

  it('keeps within 100 columns, however long names and words are', () => {
    const kind = 'k'.repeat(64);
    const says = 'counts up to a third of the target '.repeat(8).trim();
    const rule = 'r'.repeat(64);
    const lines = statementLines(
      statement({
        title: 't'.repeat(48),
        lines: [
          line({ kind, uncounted: [{ rule, number: 100, version: 99, says, points: 99_999 }] }),
        ],
        categories: [{ category: 'c'.repeat(64), awarded: 100_000, counted: 100_000 }],
        entries: [
          {
            kind: 'brought-in',
            event: idOf('b'),
            category: kind,
            awarded: 1,
            counted: 1,
            uncounted: [],
          },
        ],
      }),
    );
    for (const text of lines) expect(text.length, text).to.be.at.most(100);
  });
});
