import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { stringify } from 'yaml';
import { authoredForm } from '../../src/scheme/rulebook-authored.ts';
import { rulebook } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { type Prepared, prepared } from './prepared.ts';
import { ran, run } from './run.ts';

/** A file with this text, in a folder of its own. */
function file(text: string, name = 'rules.yaml'): string {
  const path = join(tempDir(), name);
  writeFileSync(path, text);
  return path;
}

const plain = `format: 2
cycle: { months: 12, starts: fixed }
kinds:
  - kind: course
    category: training
    measure: minute
    accept: approval
    earns: [{ rate: { points: 1, per: 1 hour } }]
targets: [{ grade: full, points: 20 }]
`;

describe('rulebook check', () => {
  /** What it says of a file, each line without the file's name. */
  async function said(text: string, name?: string) {
    const path = file(text, name);
    const { code, out, err } = await run(tempDir(), ['rulebook', 'check', path]);
    return { code, err, lines: out.trimEnd().replaceAll(path, 'FILE').split('\n') };
  }

  it('says that a rulebook has no errors, in YAML or JSON, without any ledger', async () => {
    const right = { code: 0, err: '', lines: ['FILE: a rulebook without errors, warnings: 0'] };
    expect(await said(plain)).to.deep.equal(right);
    const json = { $schema: './rulebook.schema.json', ...authoredForm(rulebook) };
    expect(await said(JSON.stringify(json, null, 2), 'rules.json')).to.deep.equal(right);
  });

  const wrong: [what: string, text: string, line: string][] = [
    [
      'a field that is none',
      plain.replace('targets:', 'target:'),
      'FILE:9:1: error: the rulebook has no field target: is targets meant?',
    ],
    [
      'a value that is none of those that there are',
      plain.replace('starts: fixed', 'starts: fixd'),
      'FILE:2:30: error: cycle.starts: "fixd" stands here (is fixed meant?); one of fixed, anchor,',
    ],
    [
      'a name that is none',
      plain.replace('category: training', 'category: Training'),
      'FILE:5:15: error: kinds.course.category: "Training" stands here; a name is expected: lower case',
    ],
    [
      'an amount',
      plain.replace('1 hour', '1 hr'),
      'FILE:8:39: error: kinds.course.earns.1.rate.per: "1 hr" stands here; an amount is expected, as "50 minutes"',
    ],
    [
      'points that are too fine',
      plain.replace('points: 20', 'points: 20.005'),
      'FILE:9:34: error: targets.full.points: 20.005 stands here; points have at most two decimals',
    ],
    [
      'what is missing, at the rule that lacks it',
      plain.replace('    accept: approval\n', ''),
      'FILE:4:5: error: kinds.course.accept is missing: one of recording, approval, review is expected',
    ],
    [
      'a rule that can be of two shapes, and is of neither',
      `${plain}limits: [{ name: a, of: {}, per: cycle, most: 5 }]\n`,
      'FILE:10:47: error: limits.a.most: 5 stands here; { points }, or { share, of } is expected',
    ],
    [
      'a field inside the likeliest of two shapes',
      `${plain}limits: [{ name: a, of: {}, per: cycle, most: { share: 1/0, of: target } }]\n`,
      'FILE:10:56: error: limits.a.most.share: "1/0" stands here; a share of nothing is none',
    ],
    [
      'a name that no rule has',
      `${plain}limits: [{ name: a, of: { kinds: [talk] }, per: cycle, entries: 1 }]\n`,
      'FILE:10:34: error: there is no kind talk; there are: course',
    ],
    ['no YAML', `${plain}limits: [\n`, 'FILE:11:1: error: a { or [ before this is not closed'],
    ['nothing at all', '', 'FILE:1:1: error: the rulebook: nothing stands here; { format, cycle'],
  ];
  for (const [what, text, line] of wrong) {
    it(`points at ${what}, and says what would be right`, async () => {
      const { code, err, lines } = await said(text);
      expect(
        lines.some((one) => one.startsWith(line)),
        lines.join('\n'),
      ).to.equal(true);
      expect(code).to.equal(1);
      expect(err).to.match(/^skills-ledger: .*: errors: \d+, warnings: \d+\n$/);
    });
  }

  it('names every fault of a file in the order of lines, as JSON too', async () => {
    const text = plain.replace('fixed', 'fixd').replace('approval', 'aproval');
    const path = file(text);
    const { code, out } = await run(tempDir(), ['rulebook', 'check', path, '--json']);
    const { errors, remarks } = JSON.parse(out);
    expect([code, errors, remarks.map(({ line }: { line: number }) => line)]).to.deep.equal([
      1,
      2,
      [2, 7],
    ]);
  });

  it('warns of a rule that can never apply, and that is no error', async () => {
    const text = plain.replace('starts: fixed', 'starts: anchor, joining: by-day');
    const { code, lines } = await said(text);
    expect(lines).to.deep.equal([
      'FILE:2:47: warning: only fixed cycles are joined part-way: this applies to none but a first one that is short, where the version before cut cycles otherwise',
      'FILE: a rulebook without errors, warnings: 1',
    ]);
    expect(code).to.equal(0);
  });

  it('says so where there is no such file', async () => {
    const { code, err } = await run(tempDir(), ['rulebook', 'check', '/nowhere.yaml']);
    expect([code, err]).to.deep.equal([1, 'skills-ledger: there is no file /nowhere.yaml\n']);
  });
});

describe('rulebook publish, list, diff and preview', () => {
  let ledger: Prepared;
  let home: string;
  const rules = stringify(authoredForm(rulebook));
  const harder = stringify(
    authoredForm({ ...rulebook, governs: 'running', targets: [{ grade: 'full', points: 3_000 }] }),
  );
  before(async () => {
    ledger = await prepared();
    home = tempDir();
    cpSync(ledger.home, home, { recursive: true });
  });
  const next = (): string[] => ['--scheme', ledger.scheme, '--from', '2026-01-01'];

  it('a preview says who would lose, in text, CSV and JSON, and writes nothing', async () => {
    const args = ['rulebook', 'preview', file(harder), ...next(), '--on', '2026-11-01'];
    const facts = await ran(home, ['export', 'events']);
    const text = await ran(home, args);
    expect(text).to.match(/^as version 2, on 2026-11-01, .*nothing was written$/m);
    expect(text)
      .to.match(/^members +3, with 3 cycles/m)
      .and.to.match(/^losing +3$/m);
    expect(text).to.match(
      new RegExp(`${ledger.member} 2026 +loses 10.00 +target 20.00 -> 30.00, counted 3.00 -> 3.00`),
    );
    expect(text).not.to.contain('warning');
    const gradeless = stringify(authoredForm({ ...rulebook, targets: [] }));
    const none = ['rulebook', 'preview', file(gradeless), ...next(), '--on', '2026-11-01'];
    expect(await ran(home, none)).to.match(/^warning: in all cycles no target is named for/m);
    const csv = (await ran(home, [...args, '--csv'])).trimEnd().split('\n');
    expect(csv).to.have.length(4);
    expect(csv[0]).to.match(/^member,cycle,change,falls-short,target-before,target-after,/);
    expect(csv.slice(1).map((line) => line.split(',')[2])).to.deep.equal([
      '-10.00',
      '-10.00',
      '-10.00',
    ]);
    const json = JSON.parse(await ran(home, [...args, '--json']));
    expect(json.sums).to.include({ members: 3, losing: 3, gaining: 0, fallingShort: 0 });
    expect(await ran(home, ['export', 'events'])).to.equal(facts);
  });

  it('publishes the next version as an admin; run again it adds nothing', async () => {
    const args = ['rulebook', 'publish', file(harder), ...next(), '--by', 'admin'];
    expect(await ran(home, args)).to.equal(
      `scheme ${ledger.scheme}: version 2 from 2026-01-01 published\n`,
    );
    const facts = await ran(home, ['export', 'events']);
    expect(await ran(home, args)).to.match(/version 2 .*was published before; nothing was written/);
    expect(await ran(home, ['export', 'events'])).to.equal(facts);
    const last = JSON.parse(facts.trimEnd().split('\n').at(-1) ?? '');
    expect([last.type, last.metadata.actor.role]).to.deep.equal(['RulebookPublished', 'admin']);
    const other = args.map((arg) => (arg === '2026-01-01' ? '2027-01-01' : arg));
    expect(await ran(home, other)).to.match(/version 3 from 2027-01-01 published/);
  });

  it('begins a new scheme where that is asked for', async () => {
    const args = ['--new-scheme', '--from', '2026-01-01', '--by', 'admin', '--json'];
    const done = JSON.parse(await ran(home, ['rulebook', 'publish', file(rules), ...args]));
    expect(done).to.include({ version: 1, repeated: false });
    const list = await ran(home, ['rulebook', 'list', '--scheme', done.scheme]);
    expect(list).to.match(/^scheme \S+\n {2}version 1 from 2026-01-01, cycles that begin then/);
  });

  it('lists every scheme with its versions, and what differs between two of them', async () => {
    const list = await ran(home, ['rulebook', 'list']);
    expect(list).to.contain(`scheme ${ledger.scheme}\n  version 1 from 2020-01-01`);
    const diff = ['rulebook', 'diff', '1', file(harder), '--scheme', ledger.scheme];
    expect(await ran(home, diff)).to.equal(
      'target of associate is no more\ntarget of full, points: 20 becomes 30\ngoverns: nothing becomes running\n',
    );
    const same = ['rulebook', 'diff', '1', file(rules), '--scheme', ledger.scheme];
    expect(await ran(home, same)).to.equal('they say the same\n');
  });

  it('refuse in one line what cannot be', async () => {
    const path = file(rules);
    const publish = ['rulebook', 'publish', path, '--from', '2026-01-01'];
    const asked: [string[], RegExp][] = [
      [[...publish, '--by', 'admin'], /either --scheme or --new-scheme is expected/],
      [[...publish, '--by', ledger.number, '--new-scheme'], /an admin is expected/],
      [[...publish, '--new-scheme'], /required option '--by <person>'/],
      [
        ['rulebook', 'publish', path, '--from', 'May', '--by', 'admin', '--new-scheme'],
        /--from is "May": a day is expected, as 2027-01-01/,
      ],
      [
        ['rulebook', 'publish', file('format: 2'), ...next(), '--by', 'admin'],
        /rules\.yaml:1:1: error: cycle is missing: .*\(the first of 3 errors: rulebook check\)/,
      ],
      [
        ['rulebook', 'preview', path, '--scheme', ledger.member, '--from', '2026-01-01'],
        /there is no scheme .*: rulebook list shows all/,
      ],
      [['rulebook', 'diff', '1', path], /--scheme is expected: whose version is meant/],
      [
        ['rulebook', 'diff', '9', path, '--scheme', ledger.scheme],
        /there is no version 9: the last is \d/,
      ],
    ];
    const facts = await ran(home, ['export', 'events']);
    for (const [args, says] of asked) {
      const { code, err } = await run(home, args);
      expect(code, args.join(' ')).to.equal(1);
      expect(err).to.match(says);
      expect(err.trimEnd()).not.to.contain('\n');
    }
    expect(await ran(home, ['export', 'events'])).to.equal(facts);
  });
});
