import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tempDir } from '../support/temp.ts';

const run = promisify(execFile);
const cli = (...given: string[]) => run(process.execPath, ['dist/src/main.js', 'bench', ...given]);

describe('The bench', () => {
  it('measures one subject on a small ledger, writes what it found, and leaves nothing behind', async () => {
    const folder = tempDir();
    const report = join(tempDir(), 'report.json');
    const options = ['--events', '3000', '--folder', folder, '--json', report];
    const { stdout } = await cli('verify', ...options);

    const [result, ...others] = JSON.parse(readFileSync(report, 'utf8'));
    expect(others).to.deep.equal([]);
    expect(result).to.include({ name: 'verify', aim: 0.3 });
    expect(result.ratio).to.be.greaterThan(0);
    expect(result.rounds).to.have.length(3);
    expect(stdout).to.include('| verify ');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('says why a subject was not run, and claims nothing of it', async () => {
    const env = { ...process.env, KURRENTDB_URL: '' };
    const script = ['dist/src/main.js', 'bench', 'kurrentdb'];
    const { stdout } = await run(process.execPath, script, { env });
    expect(stdout).to.equal('kurrentdb was not run: KURRENTDB_URL names no server\n');
  });

  it('says what can be measured', async () => {
    const { stdout } = await cli('--help');
    expect(stdout).to.include('at-once').and.to.include('--json <file>');
    const refused = await cli('everything').catch((error: unknown) => error);
    expect(refused).to.have.property('stderr').that.includes('one of these is expected');
  });
});
