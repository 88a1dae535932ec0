import { expect } from 'chai';
import { describe, it } from 'mocha';
import { reportLines } from '../../src/cli/import-report.ts';
import type { ImportReport } from '../../src/import/import.ts';

const [ESCAPE, CSI, OVERRIDE] = ['\u001b[2J', '\u009b2J', '\u202e'];

describe('a report of an import', () => {
  it('shows what a file would have a terminal do, and has nothing done', () => {
    const report: ImportReport = {
      kind: 'members',
      dryRun: true,
      encoding: 'UTF-8',
      delimiter: ',',
      mapping: [{ field: 'name', column: `Name${ESCAPE}`, cell: 0, guessed: true }],
      rows: 1,
      added: 0,
      unchanged: 0,
      changed: [],
      refused: 1,
      bad: [{ line: 2, column: `Name${CSI}`, value: `x${CSI}${OVERRIDE}`, expected: 'a name' }],
      notices: [{ line: 2, says: `${ESCAPE} is strange` }],
    };
    const lines = reportLines('members.csv', report);
    const forTerminals = [...lines.join('')].filter((one) => /[\p{Cc}\p{Cf}]/u.test(one));
    expect(forTerminals).to.deep.equal([]);
    expect(lines).to.include('  name  Name\\u001b[2J  (guessed)');
    expect(lines).to.include('line 2, Name\\u009b2J "x\\u009b2J\\u202e": a name');
  });
});
