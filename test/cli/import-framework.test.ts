import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { importingSociety } from '../support/importing.ts';
import { run } from './run.ts';

const file = `Skill,Basic,Expert,Notes
Maps,Reads.,Draws.,old
Chairing,,,
Maps,Reads.,Draws.,old
`;

describe('skills-ledger import framework', function () {
  this.timeout(60_000);

  it('shows how it read the file, what was kept, renamed and skipped, and what became of it', async () => {
    const { home } = await importingSociety();
    const path = join(home, 'skills.csv');
    writeFileSync(path, file);
    const words = ['import', 'framework', path, '--name', 'Invented skills'];
    const dry = await run(home, [...words, '--dry-run']);
    const [sum] = dry.out.trimEnd().split('\n').slice(-1);
    expect(dry).to.include({ code: 0, err: '' });
    expect(sum).to.match(/^“Invented skills” \([0-9a-f-]{36}\): version 1 would be published$/);
    const id = /\(([0-9a-f-]{36})\)/.exec(sum as string)?.[1];
    const wet = await run(home, [...words, '--by', 'jane']);
    expect(wet.out.trimEnd().split('\n')).to.deep.equal([
      `${path}: UTF-8, apart by commas`,
      '  name          Skill  (guessed)',
      '  level basic   Basic  (guessed)',
      '  level expert  Expert  (guessed)',
      'not read: Notes',
      'line 4: “Maps” is line 2 word for word',
      'line 3: “Chairing” has no text at any level: it is held or not',
      '3 rows: 2 kept (1 held or not), 0 renamed, 1 skipped, 0 bad',
      `“Invented skills” (${id}): version 1 is published`,
    ]);
  });

  it('lists what is gone and new beside the version before, and ends with what is expected', async () => {
    const { home } = await importingSociety();
    const path = join(home, 'skills.csv');
    const words = ['import', 'framework', path, '--name', 'Invented skills', '--by', 'jane'];
    writeFileSync(path, file);
    expect(await run(home, words)).to.include({ code: 0 });
    writeFileSync(path, file.replace('Chairing', 'Holding'));
    const { code, out, err } = await run(home, words);
    expect(
      out
        .replace(/[0-9a-f-]{36}/g, 'ID')
        .trimEnd()
        .split('\n')
        .slice(-5),
    ).to.deep.equal([
      'gone: “Chairing” (ID)',
      'new: “Holding”',
      '3 rows: 2 kept (1 held or not), 0 renamed, 1 skipped, 0 bad',
      'beside version 1: 1 kept by name, 0 by code, 1 new, 0 mapped',
      '“Invented skills” (ID): nothing was published',
    ]);
    expect([code, err]).to.deep.equal([
      1,
      'skills-ledger: skills of which nothing says what became of them: 1 (Chairing); --mapping says it\n',
    ]);
  });

  it('numbers the rows of JSON by item, and says in one line what it cannot go on with', async () => {
    const { home } = await importingSociety();
    const path = join(home, 'skills.json');
    writeFileSync(path, '[{ "name": "Maps", "code": "a b" }]');
    const mapping = join(home, 'mapping.csv');
    writeFileSync(mapping, 'old,new\nCharts,Maps\n');
    const words = ['import', 'framework', path, '--dry-run'];
    const named = await run(home, [...words, '--name', 'Invented skills']);
    expect(named.out).to.contain(`${path}: JSON\n`);
    expect(named.out).to.contain('item 1, code "a b": a code of the framework is expected');
    for (const [more, says] of [
      [[], '--name is expected: what the framework is called'],
      [['--name', 'x', '--levels', 'Basic'], '--levels: no column is headed "Basic"'],
      [['--name', 'x', '--stale-after', 'soon'], '--stale-after is "soon": a number of months'],
      [['--name', 'x', '--from', 'soon'], 'effectiveFrom: a day of the calendar is expected'],
      [['--framework', '00000000-1111-4111-8111-000000000001'], 'there is no framework 00000000'],
      [['--name', 'x', '--mapping', mapping], '--mapping: this is the first version'],
    ] as const) {
      const { code, err } = await run(home, [...words, ...more]);
      expect([code, err.startsWith(`skills-ledger: ${says}`)], err).to.deep.equal([1, true]);
      expect(err).to.match(/^[^\n]+\n$/);
    }
  });
});
