import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import type { PublishedRulebook } from '../../src/scheme/rulebook.ts';
import { remarksOn } from '../../src/scheme/rulebook-check.ts';
import { type Entry, historyOf, published } from '../support/member-history.ts';

function book(name: string): object {
  return parse(readFileSync(join('rulebooks', `${name}.yaml`), 'utf8')) as object;
}

function from(name: string, day = '2000-01-01'): PublishedRulebook[] {
  return published([day, book(name)]);
}

const hours = (kind: string, count: number, on: string, more: Partial<Entry> = {}): Entry => ({
  kind,
  amount: Math.round(count * 60),
  on,
  ...more,
});

describe('rulebooks/', () => {
  for (const file of readdirSync('rulebooks')) {
    it(`${file} is a rulebook without a remark`, () => {
      const [one] = from(file.replace(/\.yaml$/, ''));
      expect(one && remarksOn(one.rulebook)).to.deep.equal([]);
    });
  }
});

describe('rulebooks/isc2-cissp.yaml', () => {
  const books = from('isc2-cissp');

  it('asks for 120 credits in three years from the member’s own day', () => {
    const member = historyOf(books, '2022-05-10');
    const { cycle, target } = member.statement('2024-01-01');
    expect([cycle.from, cycle.until, target]).to.deep.equal(['2022-05-10', '2025-05-10', 12_000]);
  });

  it('counts up to 30 credits of group B, and the 31st not', () => {
    const member = historyOf(books, '2022-01-01');
    member.did(hours('learning-b', 30, '2022-03-01'));
    expect(member.statement('2022-12-31').counted).to.equal(3_000);
    member.did(hours('learning-b', 1, '2022-04-01'));
    const { counted, lines } = member.statement('2022-12-31');
    expect([counted, lines[1]?.uncounted.map(({ rule, points }) => [rule, points])]).to.deep.equal([
      3_000,
      [['group-b-30', 100]],
    ]);
  });

  it('gives credits in steps of a quarter, at most 40 for one entry', () => {
    const member = historyOf(books, '2022-01-01');
    member.did({ kind: 'learning-a', amount: 50, on: '2022-03-01' });
    member.did(hours('learning-a', 55, '2022-04-01'));
    expect(member.statement('2022-12-31').lines.map(({ awarded }) => awarded)).to.deep.equal([
      75, 4_000,
    ]);
  });

  it('gives fixed credits for books by role, and at most 10 for one work experience', () => {
    const member = historyOf(books, '2022-01-01');
    for (const role of ['author', 'co-author', 'editor']) {
      member.did({ kind: 'book-written', amount: 100, on: '2022-03-01', attributes: { role } });
    }
    member.did({ kind: 'book-read', amount: 100, on: '2022-03-02' });
    member.did({ kind: 'white-paper-read', amount: 100, on: '2022-03-03' });
    const workRef = 'w';
    member.did(hours('work-experience', 8, '2022-03-04', { attributes: { workRef } }));
    member.did(hours('work-experience', 8, '2022-03-05', { attributes: { workRef } }));
    const { lines } = member.statement('2022-12-31');
    expect(lines.map(({ counted }) => counted)).to.deep.equal([
      4_000, 2_000, 1_000, 500, 100, 800, 200,
    ]);
  });

  it('rolls over at most 40 of group A beyond 120, earned in the last six months', () => {
    const member = historyOf(books, '2020-01-01');
    for (const on of ['2020-02-01', '2020-03-01', '2021-02-01'])
      member.did(hours('learning-a', 40, on));
    member.did(hours('learning-b', 10, '2022-11-01'));
    member.did(hours('learning-a', 15, '2022-06-30'));
    expect(
      member.statement('2023-01-01').carriedIn,
      'nothing of group A in the last half year',
    ).to.deep.equal([]);
    member.did(hours('learning-a', 40, '2022-07-01'));
    member.did(hours('learning-a', 20, '2022-12-31'));
    expect(member.statement('2023-01-01').carriedIn[0]?.points).to.equal(4_000);
  });

  it('does not count credits under audit until they pass', () => {
    const member = historyOf(books, '2022-01-01');
    member.did(hours('learning-a', 4, '2022-03-01', { review: 'opened' }));
    member.did(hours('learning-a', 4, '2022-03-02', { review: 'upheld' }));
    const { counted, lines } = member.statement('2022-12-31');
    expect([counted, lines[0]?.uncounted[0]?.rule]).to.deep.equal([400, 'under-review']);
  });

  it('only suggests 40 credits a year', () => {
    const member = historyOf(books, '2020-01-01');
    for (const on of ['2020-02-01', '2020-03-01', '2020-04-01'])
      member.did(hours('learning-a', 40, on));
    const { outcome, requirements } = member.statement('2022-12-31');
    expect([outcome, requirements.map(({ met }) => met)]).to.deep.equal([
      'met',
      [true, false, false],
    ]);
  });
});

describe('rulebooks/isaca.yaml', () => {
  const books = from('isaca');

  it('begins on the 1 January after certification, and counts what was done in that year', () => {
    const member = historyOf(books, '2021-06-01');
    member.did(hours('education', 5, '2021-08-01'));
    const { cycle, counted } = member.statement('2022-02-01');
    expect([cycle.from, cycle.until, counted]).to.deep.equal(['2022-01-01', '2025-01-01', 500]);
  });

  it('asks for 20 in each year as well as 120 in three', () => {
    const member = historyOf(books, '2021-06-01');
    member.did(hours('education', 60, '2022-05-01'));
    member.did(hours('education', 19.75, '2023-05-01'));
    member.did(hours('education', 60, '2024-05-01'));
    expect(member.statement('2025-01-01', '2022-01-01').outcome).to.equal('short');
    member.did(hours('education', 0.25, '2023-06-01'));
    expect(member.statement('2025-01-01', '2022-01-01').outcome).to.equal('met');
  });

  it('counts a chapter meeting as an hour at least, a semester credit as 15 and a quarter credit as 10', () => {
    const member = historyOf(books, '2021-06-01');
    member.did(hours('chapter-meeting', 0.5, '2022-05-01'));
    member.did({ kind: 'university-semester', amount: 100, on: '2022-06-01' });
    member.did({ kind: 'university-quarter', amount: 200, on: '2022-07-01' });
    expect(member.statement('2022-12-31').lines.map(({ counted }) => counted)).to.deep.equal([
      100, 1_500, 2_000,
    ]);
  });

  it('counts up to 20 hours of volunteering a year', () => {
    const member = historyOf(books, '2021-06-01');
    member.did(hours('volunteering', 25, '2022-05-01'));
    member.did(hours('volunteering', 25, '2023-05-01'));
    expect(member.statement('2023-12-31').counted).to.equal(4_000);
  });
});

describe('rulebooks/rics-2025.yaml and rics-2026.yaml', () => {
  const books = published(['2020-01-01', book('rics-2025')], ['2026-01-01', book('rics-2026')]);

  it('takes what is recorded by 31 January, and not on 1 February', () => {
    const member = historyOf(books, '2025-01-01');
    member.did(hours('formal', 10, '2025-05-01', { handedIn: '2026-01-31' }));
    member.did(hours('formal', 10, '2025-06-01', { handedIn: '2026-02-01' }));
    const { counted, recordBy, lines } = member.statement('2026-03-01', '2025');
    expect([counted, recordBy, lines[1]?.uncounted[0]?.rule]).to.deep.equal([
      1_000,
      '2026-01-31',
      'recorded-late',
    ]);
  });

  it('needs ten formal hours of the twenty, and ethics in three years', () => {
    const member = historyOf(books, '2025-01-01');
    member.did(hours('informal', 10.5, '2025-05-01'));
    member.did(hours('formal', 9.5, '2025-06-01', { topics: ['ethics'] }));
    expect(member.statement('2026-02-01', '2025').outcome).to.equal('short');
    member.did(hours('formal', 0.5, '2025-07-01'));
    expect(member.statement('2026-02-01', '2025').outcome).to.equal('met');
  });

  it('keeps the rules of 2025 for the year 2025 after those of 2026 are published', () => {
    const member = historyOf(books, '2025-01-01');
    const names = (cycle: string) =>
      member.statement('2026-06-01', cycle).requirements.map(({ name }) => name);
    expect(names('2025')).to.deep.equal(['formal-ten', 'ethics']);
    expect(names('2026')).to.deep.equal(['formal-ten', 'ethics', 'sustainability', 'technology']);
  });

  it('carries up to ten hours of a substantial programme from 2026', () => {
    const member = historyOf(books, '2025-01-01');
    member.did(hours('programme', 35, '2026-05-01'));
    expect(member.statement('2027-01-15').carriedIn[0]?.points).to.equal(1_000);
  });

  it('escalates breaches within ten years: caution, fine, panel', () => {
    const member = historyOf(books, '2022-01-01');
    const step = (on: string, cycle: string) => member.statement(on, cycle).breaches?.step;
    expect(step('2023-03-01', '2022')).to.equal('caution');
    expect(step('2024-03-01', '2023')).to.equal('fine');
    expect(step('2025-03-01', '2024')).to.equal('panel');
    expect(step('2026-03-01', '2025')).to.equal('panel');
    // Those that came after a cycle are no breaches of it.
    expect(step('2026-03-01', '2023')).to.equal('fine');
  });
});

describe('rulebooks/cipd.yaml and bcs-citp.yaml', () => {
  it('advises 30 hours and asks for none', () => {
    const { outcome, requirements } = historyOf(from('cipd'), '2025-01-01').statement(
      '2026-01-01',
      '2025',
    );
    expect([outcome, requirements[0]?.met]).to.deep.equal(['met', false]);
  });

  it('asks for a revalidation in five years from the member’s own day', () => {
    const member = historyOf(from('bcs-citp'), '2020-03-01');
    expect(member.statement('2025-02-28').outcome).to.equal('not-yet-due');
    expect(member.statement('2025-03-01', '2020-03-01').outcome).to.equal('short');
    member.did({ kind: 'revalidation', amount: 100, on: '2025-02-28' });
    expect(member.statement('2025-03-01', '2020-03-01').outcome).to.equal('met');
  });
});

describe('rulebooks/society.yaml', () => {
  const books = from('society');

  it('gives 10 to 40 points for a qualification by level, with evidence', () => {
    const member = historyOf(books, '2025-01-01');
    const of = (level: string, evidence: boolean): Entry => ({
      kind: 'qualification',
      amount: 100,
      on: '2025-05-01',
      attributes: { level },
      evidence,
    });
    member.did(of('introductory', true));
    member.did(of('expert', true));
    member.did(of('advanced', false));
    expect(member.statement('2025-12-31').lines.map(({ counted }) => counted)).to.deep.equal([
      1_000, 4_000, 0,
    ]);
  });

  it('counts a secondment by the month, up to 20 points a year', () => {
    const member = historyOf(books, '2025-01-01');
    member.did({ kind: 'secondment', amount: 400, on: '2025-05-01' });
    expect(member.statement('2025-12-31').counted).to.equal(2_000);
    member.did({ kind: 'secondment', amount: 100, on: '2025-06-01' });
    expect(member.statement('2025-12-31').counted).to.equal(2_000);
  });
});
