import { expect } from 'chai';
import { describe, it } from 'mocha';
import { importingSociety } from '../support/importing.ts';
import { first, publish, type Skill, versions } from './framework-files.ts';

describe('a framework is imported', function () {
  this.timeout(60_000);

  it('with texts of levels line by line, roles apart, and skills without levels held or not', async () => {
    const society = await importingSociety();
    const report = await publish(society, first, '--stale-after', '36', '--from', '2026-04-01');
    expect(report).to.deep.include({
      failed: undefined,
      outcome: 'published',
      version: 1,
      rows: 3,
      kept: 3,
      unread: ['Colour'],
      renamed: [],
      skipped: [],
      bad: [],
    });
    expect(report.held.map(({ line, name }) => [line, name])).to.deep.equal([
      [7, 'Chairing an inquiry'],
    ]);
    expect(report.notices.map(({ says }) => says)).to.deep.equal([
      'names that end in brackets, as a variant for a role: 1; each is a skill of its own',
    ]);
    const facts = await society.facts();
    const published = facts.find(({ type }) => type === 'FrameworkPublished');
    expect(published?.data).to.deep.equal({
      version: 1,
      name: 'Invented skills',
      levels: [
        { code: 'working-level', name: 'Working level' },
        { code: 'expert', name: 'Expert' },
      ],
      staleAfterMonths: 36,
      effectiveFrom: '2026-04-01',
      skills: 3,
      parts: 1,
    });
    expect(published?.metadata.actor).to.deep.include({
      role: 'import',
      onBehalfOf: society.admin,
    });
    const [listed] = await versions(society);
    const { skill, ...maps } = (listed as Map<string, Skill>).get('Maps') as Skill;
    expect(skill).to.match(/^[0-9a-f-]{36}$/);
    expect(maps).to.deep.equal({
      name: 'Maps',
      description: 'Reads maps.\nDraws them.',
      levels: [
        { level: 'working-level', text: 'You can:\n- read one' },
        { level: 'expert', text: 'You can:\n- draw one' },
      ],
      roles: ['Surveyor', 'Planner'],
    });
    expect(listed?.get('Chairing an inquiry')).to.include({ held: true });
    expect(listed?.get('Maps (surveyor)')).not.to.have.property('held');
  });

  it('once: the same file again adds nothing, whatever the case of its name', async () => {
    const society = await importingSociety();
    const { framework } = await publish(society, first, '--stale-after', '36');
    const before = await society.facts();
    const again = await publish(society, first, '--name', 'INVENTED  skills');
    expect(again).to.include({ outcome: 'there before', version: 1, framework, failed: undefined });
    expect(await society.facts()).to.deep.equal(before);
  });

  it('and lost is nothing: names that stand twice are told apart, and said', async () => {
    const society = await importingSociety();
    const file = `name,code,Basic,roles
Testing,T1,Tests.,Analyst
testing,T1,Tests more.,Engineer
Testing,T2,Tests otherwise.,"Engineer, Analyst"
Testing,T1,Tests.,Analyst
"Data
 modelling",,Models.,
`;
    const report = await publish(society, file);
    expect(report).to.include({ outcome: 'published', rows: 5, kept: 4 });
    expect(report.renamed.map(({ line, says }) => [line, says])).to.deep.equal([
      [3, 'is called “testing (Engineer)”, since line 2 has its name'],
      [3, 'stands without the code T1, which line 2 has'],
      [4, 'is called “Testing (2)”, since line 2 has its name'],
      [6, 'has its name without the white space in it'],
    ]);
    expect(report.skipped.map(({ line, says }) => [line, says])).to.deep.equal([
      [5, 'is line 2 word for word'],
    ]);
    const [listed] = await versions(society);
    expect([...(listed?.keys() ?? [])]).to.deep.equal([
      'Testing',
      'testing (Engineer)',
      'Testing (2)',
      'Data modelling',
    ]);
  });

  it('with a text that stands for none named, and taken for none where that is said', async () => {
    const society = await importingSociety();
    const rows = [1, 2, 3, 4, 5].map((n) => `Skill ${n},Not defined.,Text ${n}`);
    const file = `name,Basic,Advanced\n${rows.join('\n')}\nSixth,Not defined.,\n`;
    const dry = await publish(society, file, '--dry-run');
    expect(dry.notices[0]?.says).to.match(/^“Not defined\.” stands in 6 cells of levels/);
    expect(dry.held).to.deep.equal([]);
    const report = await publish(society, file, '--blank', 'Not defined.');
    expect(report.notices).to.deep.equal([]);
    expect(report.held.map(({ name }) => name)).to.deep.equal(['Sixth']);
    const [listed] = await versions(society);
    expect(listed?.get('Skill 1')?.levels).to.deep.equal([{ level: 'advanced', text: 'Text 1' }]);
  });

  it('by the columns that are named, and without levels where there are none', async () => {
    const society = await importingSociety();
    const file = 'What;Stufe A;Stufe B\nMaps;a;b\n';
    const named = ['--map', 'name=What', '--levels', 'Stufe B,Stufe A'];
    const { mapping: columns } = await publish(society, file, '--dry-run', ...named);
    expect(columns.map(({ column, guessed }) => [column, guessed])).to.deep.equal([
      ['What', false],
      ['Stufe B', false],
      ['Stufe A', false],
    ]);
    await publish(society, file, '--map', 'name=What');
    const published = (await society.facts()).find(({ type }) => type === 'FrameworkPublished');
    expect(published?.data).to.deep.include({ levels: [] });
    const [listed] = await versions(society);
    expect(listed?.get('Maps')).to.have.all.keys('skill', 'name');
  });

  it('from JSON as from a table: rows are items, members of levels are columns', async () => {
    const society = await importingSociety();
    const skills = [
      {
        name: 'Maps',
        levels: { Basic: 'Reads.', Expert: 'Draws.' },
        roles: ['Planner', 'Surveyor'],
      },
      { name: 'Chairing', levels: [] },
      { name: 'Law', levels: [{ level: 'Expert', text: 'Argues.' }] },
    ];
    const report = await publish(society, JSON.stringify({ name: 'Any', skills }));
    expect(report).to.include({ outcome: 'published', kept: 3 });
    expect(report.held.map(({ line }) => line)).to.deep.equal([2]);
    const [listed] = await versions(society);
    expect(listed?.get('Maps')).to.deep.include({
      levels: [
        { level: 'basic', text: 'Reads.' },
        { level: 'expert', text: 'Draws.' },
      ],
      roles: ['Planner', 'Surveyor'],
    });
    expect(listed?.get('Law')?.levels).to.deep.equal([{ level: 'expert', text: 'Argues.' }]);
  });

  it('as a whole or not at all: a bad row is named with its line and column', async () => {
    const society = await importingSociety();
    const before = await society.facts();
    const file = `name,code,Basic\nMaps,has spaces,Reads.\nLaw,,${'x'.repeat(4_001)}\n,,Nameless\n`;
    const report = await publish(society, file);
    expect(report).to.include({ outcome: 'refused', failed: 'bad rows: 3' });
    expect(report.bad.map(({ line, column }) => [line, column])).to.deep.equal([
      [2, 'code'],
      [3, 'Basic'],
      [4, 'name'],
    ]);
    expect(await society.facts()).to.deep.equal(before);
  });
});
