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

describe('verbs about a scheme', () => {
  let ledger: Prepared;
  let home: string;
  before(async () => {
    ledger = await prepared();
    home = tempDir();
    cpSync(ledger.home, home, { recursive: true });
  });

  it('find it by its title as well as by its id, and say which there are', async () => {
    const titled = stringify(authoredForm({ ...rulebook, title: 'Points of the Society' }));
    const path = join(home, 'titled.yaml');
    writeFileSync(path, titled);
    const publish = ['rulebook', 'publish', path, '--from', '2028-01-01', '--by', 'admin'];
    await ran(home, [...publish, '--scheme', ledger.scheme]);
    const named = (title: string) => ['standing', '--scheme', title, '--cycle', '2026'];
    expect(await ran(home, named('points of the society'))).to.match(/^3 members/m);
    const { code, err } = await run(home, named('Points'));
    expect(code).to.equal(1);
    expect(err).to.match(/"Points" is no scheme here: --scheme is expected, one of /);
    expect(err).to.contain(`"Points of the Society" (${ledger.scheme})`);
    const list = await ran(home, ['rulebook', 'list', '--scheme', 'Points of the Society']);
    expect(list).to.contain(`scheme ${ledger.scheme}: Points of the Society\n`);
    const rows = join(home, 'members.csv');
    writeFileSync(rows, 'number,name,grade,joined\nT-77,Tia Example,full,01/02/2026\n');
    const set = ['--set', 'scheme=Points of the Society'];
    const imported = await ran(home, ['import', 'members', rows, '--by', 'admin', ...set]);
    expect(imported).to.contain('1 added');
    expect(await ran(home, named('points of the society'))).to.match(/^4 members/m);
  });
});
