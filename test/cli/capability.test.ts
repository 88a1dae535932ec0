import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readOds } from 'hucre/ods';
import { before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

describe('verbs of capability', () => {
  const home = tempDir();
  const skill = v4();
  let member: string;
  let council: string;
  let framework: string;
  before(async () => {
    const society = await startSociety(home);
    council = society.council;
    const { admin } = society.clients;
    member = society.people.member;
    const levels = ['aware', 'expert'].map((code) => ({ code, name: code }));
    const skills = [{ skill, name: 'Data' }];
    const published = { version: 1, name: 'Invented skills', levels, skills };
    const { ids } = await made(admin.post('/v1/frameworks', published));
    framework = ids.framework;
    const inVersion = { id: framework, version: 1 };
    const way = { framework: inVersion, skill, level: 'expert', people: 1 };
    const needs = [{ need: 'data', name: 'Doubts figures', anyOf: [way] }];
    await made(admin.post('/v1/profiles', { version: 1, name: 'Figures', needs }));
    const post = { organisation: society.council, from: '2024-01-01' };
    await made(admin.post(`/v1/members/${member}/employments`, post));
    const seen = {
      framework: inVersion,
      skill,
      level: 'aware',
      source: 'peer',
      observedOn: '2025-02-01',
    };
    await made(admin.post(`/v1/members/${member}/skills`, seen));
    await society.close();
  });
  const on = ['--on', '2026-01-31'];

  it('capability shows figures as a table, as CSV and as JSON', async () => {
    const table = await ran(home, ['capability', '--by', 'skill,level,council', ...on]);
    expect(table).to.match(/^Data +aware +Netherby Council +1 +1 +0 +1$/m);
    expect(table).to.match(/^all +1 +1 +0 +1$/m);
    expect(table).to.match(/^3 members on 2026-01-31, 1 of them with a skill, as of index \d+$/m);
    const csv = await ran(home, ['capability', '--by', 'skill', '--csv', ...on]);
    expect(csv).to.include(`${skill},Data,1.00,1.00,0.00,`);
    const json = JSON.parse(await ran(home, ['capability', '--by', 'skill', '--json', ...on]));
    expect(json.cells[0]).to.include({ people: 100, heads: 1 });
  });

  it('capability writes files: figures and their base as CSV, ODS and JSON, and what they are', async () => {
    const out = join(tempDir(), 'made', 'here');
    const args = ['capability', '--by', 'skill,council', ...on];
    const said = await ran(home, [...args, '--out', out]);
    const files = ['capability.csv', 'capability-base.csv', 'capability.ods', 'capability.json'];
    const all = [...files, 'capability.about.json'];
    expect(said)
      .to.match(/^as of index \d+, provisional, in /)
      .and.to.include(`: ${all.join(', ')}\n`);
    expect(readdirSync(out).sort()).to.deep.equal(all.sort());
    const text = (name: string) => readFileSync(join(out, name), 'utf8');
    expect(text('capability.csv')).to.equal(`\uFEFF${await ran(home, [...args, '--csv'])}`);
    expect(JSON.parse(text('capability.json'))).to.deep.equal(
      JSON.parse(await ran(home, [...args, '--json'])),
    );
    expect(text('capability-base.csv').split('\n').slice(0, 2)).to.deep.equal([
      '\uFEFFmonth,on,type,members,with a skill,persons',
      ',2026-01-31,all,3.00,1.00,3',
    ]);
    const { sheets } = await readOds(readFileSync(join(out, 'capability.ods')));
    expect(sheets.map(({ name }) => name)).to.deep.equal([
      'capability',
      'capability-base',
      'about',
    ]);
    expect(sheets[0]?.rows[1]?.slice(1, 5)).to.deep.equal(['Data', council, 'Netherby Council', 1]);
  });

  it('capability cut by month writes the trend of a constant group beside the plain one', async () => {
    const out = tempDir();
    const args = ['capability', '--by', 'month,skill', '--since', '2025-12-01', ...on];
    await ran(home, [...args, '--out', out]);
    const constant = readFileSync(join(out, 'capability-constant.csv'), 'utf8');
    expect(constant).to.equal(readFileSync(join(out, 'capability.csv'), 'utf8'));
    expect(constant.trimEnd().split('\n')).to.have.length(3);
  });

  it('files say how to get them again, and are final where they are as of an index', async () => {
    const out = tempDir();
    const about = async (...more: string[]) => {
      await ran(home, ['capability', '--by', 'skill', ...on, '--out', out, ...more]);
      return JSON.parse(readFileSync(join(out, 'capability.about.json'), 'utf8'));
    };
    const now = await about();
    expect(now).to.include({ report: 'capability', on: '2026-01-31', standing: 'provisional' });
    expect(now.disclosure).to.match(/^none: .*not to be given out$/);
    expect(now.by.frameworks).to.deep.equal([
      { id: framework, version: 1, name: 'Invented skills' },
    ]);
    expect(now.question).to.deep.equal({ by: 'skill', on: '2026-01-31' });
    const then = await about('--as-of', String(now.asOfIndex));
    expect(then).to.include({ standing: 'final', asOfIndex: now.asOfIndex });
    expect(then.recordedUntil).to.equal(now.recordedUntil);
    expect(await about('--as-of', '99999')).to.include({ standing: 'provisional' });
    expect(await about('--as-of', '2020-01-01T00:00:00Z')).to.include({
      standing: 'final',
      asOfIndex: 0,
      recordedUntil: null,
    });
  });

  it('coverage and standing write files, too, and a folder that cannot be is refused', async () => {
    const out = tempDir();
    await ran(home, ['coverage', '--profile', 'figures', '--by', 'type', ...on, '--out', out]);
    const csv = readFileSync(join(out, 'coverage-base.csv'), 'utf8').split('\n');
    expect(csv.slice(1, 4)).to.deep.equal([
      'all,1,0,0,1,0,1,1,1.00',
      'need data,1,0,0,1,0,1,1,1.00',
      'district,1,0,0,1,0,1,1,1.00',
    ]);
    const coverage = JSON.parse(readFileSync(join(out, 'coverage.about.json'), 'utf8'));
    expect(coverage.by).to.deep.include({ types: 'all' });
    expect(coverage.by.profile).to.include({ version: 1, name: 'Figures' });
    const standing = ['standing', '--cycle', '2026', ...on];
    await ran(home, [...standing, '--out', out]);
    expect(readFileSync(join(out, 'standing.csv'), 'utf8')).to.equal(
      `\uFEFF${await ran(home, [...standing, '--csv'])}`,
    );
    expect(readFileSync(join(out, 'standing-base.csv'), 'utf8')).to.match(/^all,3,0\.00,/m);
    const { code, err } = await run(home, [...standing, '--out', join(out, 'standing.csv', 'x')]);
    expect([code, err]).to.deep.equal([
      1,
      `skills-ledger: no folder can be made at ${join(out, 'standing.csv', 'x')} (ENOTDIR)\n`,
    ]);
  });

  it('support says what a body lacks, and that nobody is near where it is in no region', async () => {
    const asked = ['support', '--council', 'Netherby Council', '--profile', 'figures', ...on];
    const shown = await ran(home, asked);
    expect(shown).to.match(/^Doubts figures: not-met$/m);
    expect(shown).to.match(/^ {2}Data, expert: 1 wanted, 0 there, 1 looked at lately$/m);
    expect(shown).to.match(/^looked for in no region; on 2026-01-31, as of index \d+$/m);
    const json = JSON.parse(await ran(home, [...asked, '--json']));
    expect(json.needs[0]).to.include({ need: 'data', state: 'not-met' });
  });

  it('coverage shows the share over the known, and who lacks what', async () => {
    const shown = await ran(home, ['coverage', '--profile', 'figures', '--by', 'type', ...on]);
    expect(shown).to.match(/^all +1 +0 +0 +1 +0 +1 of 1 known \(100%\)$/m);
    expect(shown).to.match(/^Netherby Council +district +not-met +data not-met$/m);
    const csv = await ran(home, ['coverage', '--profile', 'Figures', '--csv', ...on]);
    expect(csv.trimEnd().split('\n')).to.have.length(2);
  });

  it('explain prints who makes up a figure, and the facts by which they count', async () => {
    const figure = ['--skill', 'data', '--council', 'netherby council', ...on];
    const shown = await ran(home, ['explain', 'capability', ...figure]);
    expect(shown).to.match(new RegExp(`^${member}: counted$`, 'm'));
    expect(shown).to.match(/^ {2}1 at Netherby Council \(district\), full$/m);
    expect(shown).to.match(
      /^ {4}counts: aware \(peer, version 1\), observed 2025-02-01; fact \d+/m,
    );
    expect(shown).to.match(/^1 people, parts of 1 members, on 2026-01-31, as of index \d+$/m);
    const expert = ['--level', 'expert', ...figure];
    expect(await ran(home, ['explain', 'capability', ...expert])).to.match(/^0 people/);
    const all = await ran(home, ['explain', 'capability', '--all', ...expert]);
    expect(all).to.match(new RegExp(`^${member}: not counted$`, 'm'));
    expect(all).to.match(/^ {2}Data: aware, current \(not in this figure\)$/m);
  });

  it('explain prints how a body stands to each need, who is enough for it, and by which facts', async () => {
    const asked = ['explain', 'coverage', '--profile', 'figures', '--council', 'netherby council'];
    const shown = await ran(home, [...asked, ...on]);
    expect(shown).to.match(/^Netherby Council, Figures, version 1: not-met$/m);
    expect(shown).to.match(/^Doubts figures \(data\): not-met$/m);
    expect(shown).to.match(/^ {2}Data, expert: 1 wanted, 0 enough, 1 looked at lately$/m);
    expect(shown).to.match(new RegExp(`^ {4}${member}: known not to be enough$`, 'm'));
    expect(shown).to.match(/^ {8}counts: aware \(peer, version 1\), .*; fact \d+ SkillCredited/m);
    const lines = (await ran(home, [...asked, ...on, '--need', 'data', '--json'])).trimEnd();
    expect(JSON.parse(lines)).to.include({ need: 'data', way: 0, member, stands: 'known' });
    const { code, err } = await run(home, [...asked, '--need', 'law']);
    expect([code, err]).to.deep.equal([
      1,
      'skills-ledger: --need is "law": one of data is expected\n',
    ]);
  });

  it('say what is wrong with what they are asked', async () => {
    for (const [args, says] of [
      [['capability', '--by', 'colour'], 'one of month, skill,'],
      [['capability', '--skill', 'Juggling'], 'nothing is called "Juggling"'],
      [['capability', '--on', 'today'], 'a day is expected'],
      [['coverage', '--profile', 'nothing'], 'there is no profile "nothing"'],
      [['support', '--council', 'X', '--profile', 'Figures'], 'nothing is called "X"'],
    ] as const) {
      const { code, err } = await run(home, [...args]);
      expect([code, err]).to.deep.equal([1, err]);
      expect(err).to.include(says);
    }
  });
});
