import { cpSync } from 'node:fs';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { tempDir } from '../support/temp.ts';
import { type Prepared, prepared } from './prepared.ts';
import { ran, run } from './run.ts';

describe('verbs that look at everybody', () => {
  let ledger: Prepared;
  before(async () => {
    ledger = await prepared();
  });

  it('standing shows who is short, as a table, as CSV and as JSON, now and as of an index', async () => {
    const args = ['standing', '--cycle', '2026', '--on', '2026-06-30'];
    const table = await ran(ledger.home, args);
    expect(table).to.match(
      new RegExp(
        `^${ledger.member} +full +20\\.00 +3\\.00 +17\\.00 +not-yet-due +2026-12-31$`,
        'm',
      ),
    );
    expect(table).to.match(/^3 members on 2026-06-30, as of index \d+$/m);
    const csv = (await ran(ledger.home, [...args, '--csv'])).trimEnd().split('\n');
    expect(csv[0]).to.match(/^member,grade,/);
    expect(csv).to.have.length(4);
    const then = await ran(ledger.home, [...args, '--json', '--as-of', String(ledger.revokedAt)]);
    const items = then
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(items.find(({ member }) => member === ledger.member).counted).to.equal(600);
    const short = await ran(ledger.home, [...args, '--outcome', 'short']);
    expect(short).to.match(/^0 members/m);
  });

  it('close shows first what it would record, records it, and a second time nothing', async () => {
    const home = tempDir();
    cpSync(ledger.home, home, { recursive: true });
    const args = ['close', '--cycle', '2025'];
    const before = await ran(home, [...args, '--dry-run']);
    expect(before).to.match(/^ +3 {2}short, to be determined$/m);
    expect(before).to.match(/nothing was written$/m);
    expect(await ran(home, [...args, '--by', 'admin'])).to.equal(
      'cycle 2025: determined for 3 members\n',
    );
    const history = await ran(home, ['history', ledger.number]);
    expect(history).to.match(/CycleDetermined +admin/);
    expect(JSON.parse(await ran(home, [...args, '--by', 'admin', '--json']))).to.deep.equal({
      determined: 0,
      already: 0,
      refused: [],
    });
    expect(await ran(home, [...args, '--dry-run'])).to.match(
      /3 {2}short, determined, and stands$/m,
    );
    expect(await ran(home, ['verify'])).to.match(/every one holds/);
  });

  it('letters gives a merge file with names, numbers and what is still needed', async () => {
    const args = ['letters', '--cycle', '2026', '--on', '2026-06-30', '--by', 'admin'];
    const lines = (await ran(ledger.home, args)).trimEnd().split('\n');
    expect(lines).to.have.length(4);
    expect(lines).to.include(
      'Canary Name member,CANARY-member,full,,2026,20.00,3.00,not-yet-due,17.00,2026-12-31,,,',
    );
  });

  it('they say in one line what they cannot take', async () => {
    const asked: [string[], RegExp][] = [
      [['standing', '--outcome', 'late'], /--outcome is "late": one of met, short/],
      [['standing', '--on', 'monday'], /--on is "monday": a day is expected/],
      [['close', '--cycle', '2025'], /--by is expected/],
      [
        ['close', '--cycle', '2025', '--by', 'stranger'],
        /--by is "stranger": an admin is expected/,
      ],
    ];
    for (const [args, says] of asked) {
      const { code, out, err } = await run(ledger.home, args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.match(says);
    }
  });
});
