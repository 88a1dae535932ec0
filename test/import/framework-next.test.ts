import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type ImportingSociety, importingSociety } from '../support/importing.ts';
import { first, publish, type Report, type Skill, versions } from './framework-files.ts';

/** A file of what became of skills, and the option that names it. */
function mapping({ home }: ImportingSociety, text: string): string[] {
  const path = join(home, 'mapping.csv');
  writeFileSync(path, text);
  return ['--mapping', path];
}

/** Two skills with codes. */
const coded = `Skill name,Code,Description,Working level
Maps,C-1,Reads maps.,You can read one
Charts,C-2,Reads charts.,You can read one
`;

describe('the next version of a framework', function () {
  this.timeout(60_000);
  const second = first
    .replace('Maps (surveyor)', 'Measuring')
    .replace('Maps,', 'MAPS,')
    .replace('Chairing an inquiry', 'Holding an inquiry');

  it('keeps the ids of skills that kept their names; the others are listed, and nothing is published', async () => {
    const society = await importingSociety();
    await publish(society, first);
    const report = await publish(society, second);
    expect(report.outcome).to.equal('refused');
    expect(report.unresolved.map(({ name }) => name)).to.deep.equal([
      'Maps (surveyor)',
      'Chairing an inquiry',
    ]);
    expect(report.since).to.deep.equal({
      same: 1,
      added: ['Measuring', 'Holding an inquiry'],
      mapped: 0,
      recoded: [],
    });
    expect(report.failed).to.equal(
      'skills of which nothing says what became of them: 2 (Maps (surveyor); Chairing an inquiry); --mapping says it',
    );
    expect(await versions(society)).to.have.length(1);
  });

  it('is published where a file says what became of the rest: another, several, or retired', async () => {
    const society = await importingSociety();
    await publish(society, first);
    const says = 'old,new\nmaps (SURVEYOR),Measuring; Maps\nChairing an inquiry,retired\n';
    const report = await publish(society, second, ...mapping(society, says));
    expect(report).to.include({ outcome: 'published', version: 2, failed: undefined });
    const [before, now] = await versions(society);
    const idOf = (listed: Map<string, Skill> | undefined, name: string) => listed?.get(name)?.skill;
    expect(idOf(now, 'MAPS')).to.equal(idOf(before, 'Maps'));
    const mapped = (await society.facts()).find(({ type }) => type === 'FrameworkMapped');
    expect(mapped?.data).to.deep.equal({
      version: 2,
      part: 1,
      parts: 1,
      mappings: [
        {
          skill: idOf(before, 'Maps (surveyor)'),
          to: [idOf(now, 'Measuring'), idOf(now, 'MAPS')],
        },
        { skill: idOf(before, 'Chairing an inquiry'), to: [] },
      ],
    });
    const again = await publish(society, second);
    expect(again).to.include({ outcome: 'there before', version: 2 });
  });

  it('keeps the id of a skill that has another name, by its code, and says so', async () => {
    const society = await importingSociety();
    await publish(society, coded);
    const report = await publish(society, coded.replace('Charts', 'Sea charts'));
    expect(report).to.include({ outcome: 'published', version: 2 });
    expect(report.since).to.deep.equal({
      same: 1,
      added: [],
      mapped: 0,
      recoded: [{ line: 3, name: 'Sea charts', before: 'Charts', code: 'C-2' }],
    });
    const [before, now] = await versions(society);
    expect(now?.get('Sea charts')?.skill).to.equal(before?.get('Charts')?.skill);
  });

  it('takes a code for no identity: the name comes first, and what a file says became of a skill', async () => {
    const society = await importingSociety();
    await publish(society, coded);
    // Codes were given to one another, and one to something new.
    const swapped = coded.replace('C-1', 'C-0').replace('C-2', 'C-1').replace('C-0', 'C-2');
    const same = await publish(society, swapped);
    expect(same.since).to.deep.include({ same: 2, recoded: [] });
    const given = swapped.replace('Charts', 'Weather');
    const says = mapping(society, 'old,new\nCharts,retired\n');
    const report = await publish(society, given, ...says);
    expect(report).to.include({ outcome: 'published', version: 3 });
    expect(report.since).to.deep.include({ added: ['Weather'], recoded: [] });
    const [before, , now] = await versions(society);
    expect(now?.get('Weather')?.skill).not.to.equal(before?.get('Charts')?.skill);
  });

  it('says where a mapping names what is not there', async () => {
    const society = await importingSociety();
    await publish(society, first);
    const says =
      'old,new\nMeasuring,Maps\nMaps (surveyor),Elsewhere\nChairing an inquiry,retired\n';
    const report = await publish(society, second, ...mapping(society, says));
    expect(report.outcome).to.equal('refused');
    expect(report.bad).to.deep.equal([
      {
        line: 2,
        column: 'old',
        value: 'Measuring',
        expected: 'a skill of the version before is expected',
      },
      {
        line: 3,
        column: 'new',
        value: 'Elsewhere',
        expected: 'skills of the file are expected, or retired: not “Elsewhere”',
      },
    ]);
  });

  it('says what became of a level, or is refused', async () => {
    const society = await importingSociety();
    await publish(society, first);
    const renamed = first.replace('Expert', 'Master');
    const refused = await publish(society, renamed);
    expect(refused.failed).to.equal('where did these go: expert; --level old=new says it');
    const report = await publish(society, renamed, '--level', 'expert=master');
    expect(report.outcome).to.equal('published');
    const mapped = (await society.facts()).find(({ type }) => type === 'FrameworkMapped');
    expect(mapped?.data).to.deep.include({ levels: [{ level: 'expert', to: 'master' }] });
  });

  it('is found by its id where it was published otherwise', async () => {
    const society = await importingSociety();
    const { framework } = await publish(society, first);
    const said = ['--framework', framework, '--name', 'Renamed skills'];
    const report = (await society.import('framework', first, ...said)) as unknown as Report;
    expect(report).to.include({ outcome: 'published', version: 2, name: 'Renamed skills' });
  });
});
