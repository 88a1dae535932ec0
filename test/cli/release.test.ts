import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

const LAW = v4();

describe('skills-ledger release', function () {
  this.timeout(60_000);
  const home = tempDir();

  before(async () => {
    const society = await startSociety(home);
    const { admin } = society.clients;
    const { ids } = await made(
      admin.post('/v1/frameworks', {
        version: 1,
        name: 'Invented skills',
        levels: [{ code: 'aware', name: 'Aware' }],
        skills: [{ skill: LAW, name: 'Law' }],
      }),
    );
    const framework = { id: ids.framework, version: 1 };
    const way = { framework, skill: LAW, level: 'aware', people: 1, currentMonths: 12 };
    const needs = [{ need: 'law', name: 'Knows the law', anyOf: [way] }];
    await made(admin.post('/v1/profiles', { version: 1, name: 'Lawful', needs }));
    const figures = { minimumMembers: 1, minimumCell: 1, roundingBase: 1, smallBase: 0 };
    await made(admin.post('/v1/releases', { ...figures, version: 1, name: 'Public tables' }));
    for (const member of [society.people.member, society.people.other]) {
      const seen = { framework, skill: LAW, level: 'aware', source: 'peer' };
      const credit = { ...seen, observedOn: '2026-01-05' };
      await made(admin.post(`/v1/members/${member}/skills`, credit));
    }
    await society.close();
  });

  it('gives out a table by the only disclosure profile, and says what it did', async () => {
    const words = [
      'release',
      '--framework',
      'invented skills',
      '--by',
      'admin',
      '--on',
      '2026-02-01',
    ];
    const first = await run(home, words);
    expect(first).to.include({ code: 0, err: '' });
    const [what, table] = first.out.trimEnd().split('\n');
    expect(what).to.match(
      /^capability on 2026-02-01, as of index \d+, provisional: [1-9]\d* figures were given out, by skill, state, level, region, type$/,
    );
    expect(table).to.match(/^table [0-9a-f-]{36}$/);
    const again = await run(home, words);
    expect([again.code, again.err]).to.deep.equal([
      1,
      'skills-ledger: this table was given out just so\n',
    ]);
    const final = await run(home, [...words, '--final']);
    expect(final.out).to.match(/ final: .*\n0 of them changed since the last table\n/);
  });

  it('gives out how bodies stand to a profile', async () => {
    const { code, out } = await run(home, ['release', '--profile', 'Lawful', '--by', 'admin']);
    expect([code, out]).to.satisfy(
      ([status, text]: [number, string]) =>
        status === 0 && /^coverage on .*: 1 figures were given out, by region, type\n/.test(text),
      out,
    );
  });

  it('reports for publication are cut from what was given out, as text, CSV, JSON and files', async () => {
    const out = tempDir();
    const asked = ['capability', '--for-publication', '--by', 'level,region'];
    const shown = await ran(home, [...asked, '--skill', 'law']);
    expect(shown).to.match(/^skill +skill name +level +region +said +least +most/);
    expect(shown).to.match(/\nas it was given out: [0-9a-f-]{36}, final\n$/);
    const csv = await ran(home, [...asked, '--csv']);
    expect(csv).to.match(new RegExp(`^${LAW},Law,aware,none,sum,\\d+,\\d+,`, 'm'));
    await ran(home, [...asked, '--out', out]);
    const text = (name: string) => readFileSync(join(out, name), 'utf8');
    expect(text('capability-released.csv')).to.equal(`\uFEFF${csv}`);
    const about = JSON.parse(text('capability-released.about.json'));
    expect(about).to.include({ forPublication: true, standing: 'final', on: '2026-02-01' });
    expect(about.disclosure.profile).to.deep.equal({ version: 1, name: 'Public tables' });
    expect(about.question).to.include({ by: 'level,region' });
    const coverage = ['coverage', '--for-publication', '--profile', 'lawful', '--by', 'region'];
    await ran(home, [...coverage, '--out', out]);
    expect(JSON.parse(text('coverage-released.about.json')).forPublication).to.equal(true);
    expect(text('coverage-released.csv')).to.match(/^\uFEFFregion,councils,met,/);
    expect(JSON.parse(await ran(home, [...coverage, '--json'])).sums).to.have.length(1);
  });

  it('reports for publication refuse what a table that was given out does not say', async () => {
    for (const [words, says] of [
      [['capability', '--by', 'grade'], /--by is "grade": one of skill, state, level/],
      [['capability', '--by', 'council'], /this table is by .*, not by council/],
      [['capability', '--on', '2026-01-01'], /--on does not go with --for-publication/],
      [['capability', '--as-of', '3'], /--as-of does not go with/],
      [['coverage', '--profile', 'lawful', '--region', 'x'], /summed with --by, and not filtered/],
    ] as const) {
      const { code, err } = await run(home, [...words, '--for-publication']);
      expect([code, err]).to.deep.equal([1, err]);
      expect(err).to.match(says);
    }
  });

  it('says in one line what it expects', async () => {
    const asked: [string[], RegExp][] = [
      [['--by', 'admin'], /either --framework or --profile is expected/],
      [['--framework', 'Nothing', '--by', 'admin'], /nothing is called "Nothing"/],
      [['--framework', 'Invented skills', '--by', 'nobody'], /an admin is expected/],
    ];
    for (const [words, says] of asked) {
      const { code, err } = await run(home, ['release', ...words]);
      expect([code, err.trimEnd().split('\n').length]).to.deep.equal([1, 1]);
      expect(err).to.match(says);
    }
  });
});
